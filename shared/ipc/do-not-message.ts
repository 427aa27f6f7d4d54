import * as v from 'valibot';
import { Space } from '../ids.ts';
import { call, Count, Cursor, Instant, PageLimit, RecipientsText } from './base.ts';

/** Why a number must not be written to. `network`: the gateway says it is on the do-not-disturb list. */
export const DoNotMessageReason = v.picklist(['asked', 'complained', 'wrong-person', 'network', 'other']);
export type DoNotMessageReason = v.InferOutput<typeof DoNotMessageReason>;

/** A number in the list. */
export const DoNotMessageEntry = v.object({
  msisdn: v.string(),
  /** Of the contact that has the number; `null`: none has. */
  name: v.nullable(v.string()),
  reason: DoNotMessageReason,
  note: v.string(),
  addedAt: Instant,
});
export type DoNotMessageEntry = v.InferOutput<typeof DoNotMessageEntry>;

/**
 * The do-not-message list: a table of its own, which no import and no removal of a contact shortens. Every message is checked
 * against it when it is planned and again right before it leaves.
 */
export const doNotMessageContract = {
  /** Newest first. */
  list: call()
    .input(
      v.object({
        space: Space,
        search: v.optional(v.pipe(v.string(), v.maxLength(100))),
        cursor: v.optional(Cursor),
        limit: PageLimit,
      }),
    )
    .output(v.object({ rows: v.array(DoNotMessageEntry), next: v.optional(Cursor), total: Count })),
  /** Reads numbers as Compose does and adds them; `rejected` has the first 200 that are none. */
  add: call()
    .input(
      v.object({
        space: Space,
        numbers: RecipientsText,
        reason: DoNotMessageReason,
        note: v.pipe(v.string(), v.maxLength(500)),
      }),
    )
    .output(
      v.object({
        added: Count,
        /** For {@link doNotMessageContract.undoAdd}; absent where nothing was added. */
        addition: v.optional(Count),
        known: Count,
        rejectedCount: Count,
        rejected: v.array(v.object({ input: v.string(), reason: v.string() })),
        /** Messages to these numbers that lie at the gateway for a later time already: they go out unless their sending is called back. */
        atGateway: Count,
      }),
    ),
  /**
   * Takes the last adding back: the numbers that it added, not those that were there before or are no longer as it left them. `NOT_FOUND`:
   * numbers came in since, or the program was restarted.
   */
  undoAdd: call('NOT_FOUND', 'STORE_FULL', 'STORE_READONLY')
    .input(v.object({ space: Space, addition: Count }))
    .output(v.object({ removed: Count })),
  /** Allows a number again. Gives the entry, so that it can be added again. */
  remove: call('NOT_FOUND')
    .input(v.object({ space: Space, msisdn: v.pipe(v.string(), v.maxLength(20)) }))
    .output(DoNotMessageEntry),
};
