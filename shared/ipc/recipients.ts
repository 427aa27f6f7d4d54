import * as v from 'valibot';
import { Space } from '../ids.ts';
import { call, Count, Cursor, FileHandle, PageLimit } from './base.ts';
import { LeftOut, SendRequest, Source } from './plan.ts';
import { ContactId, GroupId } from './contacts.ts';

/** Somebody or some group that a search for recipients found. `count` is people with a number. */
export const Found = v.variant('kind', [
  v.object({
    kind: v.literal('contact'),
    id: ContactId,
    name: v.string(),
    msisdn: v.string(),
    doNotMessage: v.boolean(),
    dead: v.boolean(),
  }),
  v.object({ kind: v.literal('group'), id: GroupId, name: v.string(), smart: v.boolean(), count: Count }),
]);
export type Found = v.InferOutput<typeof Found>;

/** A chip: what it is called and how many people it stands for now. `gone`: what it named was removed. */
export const DescribedSource = v.object({
  source: Source,
  label: v.string(),
  detail: v.string(),
  count: Count,
  gone: v.boolean(),
  /** Merge fields that it brings, `name` and `number` not named. */
  fields: v.array(v.string()),
});
export type DescribedSource = v.InferOutput<typeof DescribedSource>;

/** One recipient as it would be sent. */
export const MergedMessage = v.object({
  /** Place among those who get it, from 0. */
  index: Count,
  name: v.string(),
  msisdn: v.string(),
  text: v.string(),
  encoding: v.picklist(['GSM-7', 'UCS-2']),
  /** Septets or UTF-16 units. */
  units: Count,
  parts: Count,
  /** Fields without value for this recipient whose fallback stands in the text. */
  fallbacks: v.array(v.string()),
});
export type MergedMessage = v.InferOutput<typeof MergedMessage>;

/** Somebody who is left out; `index` is the place among all of them, from 0. */
export const LeftOutRow = v.object({ index: Count, ...LeftOut.entries });
export type LeftOutRow = v.InferOutput<typeof LeftOutRow>;

/** A reason of `leftOutReasons` in the plan; absent: all of them. */
const Reason = v.optional(v.pipe(v.string(), v.maxLength(40)));

/** Whom a sending is for, before it is sent. */
export const recipientsContract = {
  /** Groups first, then people, by a part of the name in Bangla or English or by digits of the number; the empty search gives groups. */
  find: call()
    .input(
      v.object({
        space: Space,
        search: v.pipe(v.string(), v.maxLength(100)),
        limit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(50)),
      }),
    )
    .output(v.array(Found)),
  describe: call()
    .input(v.object({ space: Space, sources: v.pipe(v.array(Source), v.maxLength(500)) }))
    .output(v.array(DescribedSource)),
  /** The message of the recipient at a place; `total` is how many get one. `NOT_FOUND` beyond the end. */
  preview: call('NOT_FOUND', 'MERGE_BROKEN', 'UNKNOWN_FIELD', 'RULE_BROKEN')
    .input(v.object({ request: SendRequest, index: Count }))
    .output(v.object({ message: MergedMessage, total: Count })),
  /** Recipients whose message takes `parts` parts or more, in the order of sending. */
  spilling: call('NOT_FOUND', 'MERGE_BROKEN', 'UNKNOWN_FIELD', 'RULE_BROKEN')
    .input(v.object({ request: SendRequest, parts: Count, cursor: v.optional(Cursor), limit: PageLimit }))
    .output(v.object({ rows: v.array(MergedMessage), next: v.optional(Cursor) })),
  /** Whom the plan of a request leaves out, of one reason or all, with these characters in what stood there or in the number. */
  leftOut: call('NOT_FOUND', 'INVALID_SCHEDULE', 'MERGE_BROKEN', 'RULE_BROKEN')
    .input(
      v.object({
        request: SendRequest,
        reason: Reason,
        search: v.optional(v.pipe(v.string(), v.maxLength(100))),
        cursor: v.optional(Cursor),
        limit: PageLimit,
      }),
    )
    .output(v.object({ rows: v.array(LeftOutRow), next: v.optional(Cursor) })),
  /** Writes them with their reasons to a file that the user chose, as CSV (UTF-8 with BOM); says how many. */
  saveLeftOut: call('NOT_FOUND', 'INVALID_SCHEDULE', 'MERGE_BROKEN', 'RULE_BROKEN', 'FILE_NOT_WRITTEN')
    .input(v.object({ request: SendRequest, reason: Reason, save: FileHandle }))
    .output(v.object({ rows: Count })),
  /** The people of a list that was read from a file go with it. Nothing that was sent is touched. */
  removeList: call('NOT_FOUND')
    .input(v.object({ space: Space, id: v.pipe(v.number(), v.safeInteger(), v.minValue(1)) }))
    .output(v.null()),
};
