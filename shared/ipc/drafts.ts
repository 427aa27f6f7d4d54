import * as v from 'valibot';
import { AccountId, DraftId, Space } from '../ids.ts';
import { ZoneName } from '../rules/rules.ts';
import {
  call,
  Count,
  Cursor,
  Instant,
  live,
  MessageText,
  PageLimit,
  RecipientsText,
  SenderText,
} from './base.ts';
import { EmptyFields, SendOptions, Source } from './plan.ts';
import { Day, Weekday } from './series.ts';
import { TemplateId } from './templates.ts';

/** What stands in a short field, whether or not it makes sense. */
const Typed = v.pipe(v.string(), v.maxLength(20));

/** How a sending is to be repeated, as it stands in the fields: it may be unfinished. The zone is the draft's. */
export const DraftRepeat = v.object({
  /** "Repeat" is chosen instead of "Now" and "Later". */
  on: v.boolean(),
  kind: v.picklist(['daily', 'weekly', 'monthly']),
  every: Typed,
  days: v.pipe(v.array(Weekday), v.maxLength(7)),
  day: Typed,
  time: Typed,
  from: v.nullable(Day),
  endKind: v.picklist(['never', 'until', 'times']),
  until: v.nullable(Day),
  times: Typed,
});
export type DraftRepeat = v.InferOutput<typeof DraftRepeat>;

/** Everything that stands in Compose. What was added later is optional: drafts of before open without it. */
export const DraftContent = v.object({
  accountId: v.nullable(AccountId),
  sender: SenderText,
  text: MessageText,
  /** Typed or pasted numbers. */
  recipients: RecipientsText,
  sources: v.pipe(v.array(Source), v.maxLength(500)),
  when: v.picklist(['now', 'later']),
  sendAt: v.nullable(Instant),
  options: v.optional(SendOptions),
  templateId: v.optional(TemplateId),
  includeDead: v.boolean(),
  emptyFields: EmptyFields,
  leaveOutRepeats: v.optional(v.boolean()),
  ignoreQuiet: v.optional(v.boolean()),
  /** The zone in which its times are chosen; absent: the computer's. */
  zone: v.optional(ZoneName),
  repeat: v.optional(DraftRepeat),
});
export type DraftContent = v.InferOutput<typeof DraftContent>;

/** A draft in the list. */
export const DraftView = v.object({
  id: DraftId,
  /** The beginning of the text, at most 120 UTF-16 units; empty when nothing is written yet. */
  beginning: v.string(),
  /** Chips and typed lines, as a rough size. */
  sources: Count,
  typed: Count,
  sendAt: v.nullable(Instant),
  createdAt: Instant,
  changedAt: Instant,
});
export type DraftView = v.InferOutput<typeof DraftView>;

const one = v.object({ space: Space, id: DraftId });

/** What is being written. Saved as it is typed; an empty draft is not kept. */
export const draftsContract = {
  /** Last changed first. */
  list: call()
    .input(v.object({ space: Space, cursor: v.optional(Cursor), limit: PageLimit }))
    .output(v.object({ rows: v.array(DraftView), next: v.optional(Cursor), total: Count })),
  get: call('NOT_FOUND')
    .input(one)
    .output(
      v.object({
        id: DraftId,
        content: DraftContent,
        changedAt: Instant,
        /** Of the last save, for the page to go on from. */
        revision: v.optional(Count),
      }),
    ),
  /**
   * Writes a draft whole. `revision` counts up with each save of the page, so that a save which was overtaken changes nothing. Empty
   * content removes the draft. Committed when the answer comes. `sent`: the message went out under this id, which takes nothing any
   * more; what is written since needs an id of its own.
   */
  save: call('STORE_FULL', 'STORE_READONLY')
    .input(v.object({ ...one.entries, content: DraftContent, revision: Count }))
    .output(v.object({ changedAt: v.nullable(Instant), sent: v.optional(v.literal(true)) })),
  remove: call('NOT_FOUND').input(one).output(v.null()),
  /** Undoes a removal within the same run of the program. */
  restore: call('NOT_FOUND').input(one).output(DraftView),
  /** How many there are, again after each change. */
  watch: call()
    .input(v.object({ space: Space }))
    .output(live(v.object({ total: Count }))),
};
