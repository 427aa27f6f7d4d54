import * as v from 'valibot';
import { Space } from '../ids.ts';
import { call, Count, Instant, MessageText } from './base.ts';

/** Row id of a template inside its space. */
export const TemplateId = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
export type TemplateId = v.InferOutput<typeof TemplateId>;

/** What is written about a template. */
export const WrittenTemplate = v.object({
  name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(100)),
  /** With merge fields such as `{{name|Customer}}`. */
  text: MessageText,
  /** The user's own word for where it belongs; empty: none. */
  category: v.pipe(v.string(), v.trim(), v.maxLength(60)),
  class: v.nullable(v.picklist(['transactional', 'promotional'])),
  /** The id under which the text was approved (BTRC, campaign id); empty: none. */
  approvalId: v.pipe(v.string(), v.trim(), v.maxLength(60)),
});
export type WrittenTemplate = v.InferOutput<typeof WrittenTemplate>;

/** A text to be used again. */
export const Template = v.object({
  id: TemplateId,
  ...WrittenTemplate.entries,
  createdAt: Instant,
  changedAt: Instant,
  /** Campaigns that began with it. */
  used: Count,
  usedAt: v.nullable(Instant),
});
export type Template = v.InferOutput<typeof Template>;

const one = v.object({ space: Space, id: TemplateId });

/** Templates of one space; there are few, so they come all at once. */
export const templatesContract = {
  /** By use: the most used first, then by name. Every word of `search` is in name, text or category. */
  list: call()
    .input(v.object({ space: Space, search: v.optional(v.pipe(v.string(), v.maxLength(100))) }))
    .output(v.array(Template)),
  /** A text whose merge fields cannot be read is `MERGE_BROKEN`. */
  add: call('TEMPLATE_EXISTS', 'TEXT_EMPTY', 'MERGE_BROKEN')
    .input(v.object({ space: Space, ...WrittenTemplate.entries }))
    .output(Template),
  update: call('NOT_FOUND', 'TEMPLATE_EXISTS', 'TEXT_EMPTY', 'MERGE_BROKEN')
    .input(v.object({ ...one.entries, ...WrittenTemplate.entries }))
    .output(Template),
  remove: call('NOT_FOUND').input(one).output(v.null()),
  /** Undoes a removal within the same run of the program. */
  restore: call('NOT_FOUND', 'TEMPLATE_EXISTS').input(one).output(Template),
};
