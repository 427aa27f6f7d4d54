import * as v from 'valibot';
import { AccountId, Space } from '../ids.ts';
import { NetworkFacts } from '../phone/network-facts.ts';
import { call, Count, Cursor, Instant, live, PageLimit, RecipientsText } from './base.ts';

const LookupId = v.pipe(v.number(), v.safeInteger(), v.minValue(1));

/** One request for facts about many numbers. */
export const Lookup = v.object({
  id: LookupId,
  space: Space,
  accountId: AccountId,
  accountName: v.string(),
  /** `async`: the gateway pushes the facts to the local receiver. */
  mode: v.picklist(['sync', 'async']),
  createdAt: Instant,
  total: Count,
  answered: Count,
  failed: Count,
  /** Stands still because of this error; `null` while it runs or when it is done. */
  problem: v.nullable(v.string()),
  state: v.picklist(['running', 'waiting', 'done', 'stopped', 'failed']),
  /** Numbers a second over the last ten seconds, and ms until the end; `null` when not running. */
  ratePerSecond: v.nullable(v.number()),
  timeLeft: v.nullable(Count),
});
export type Lookup = v.InferOutput<typeof Lookup>;

/** One number of a lookup; `facts` is `null` until its answer came. */
export const LookupRow = v.object({
  msisdn: v.string(),
  facts: v.nullable(NetworkFacts),
  at: v.nullable(Instant),
  problem: v.nullable(v.string()),
});
export type LookupRow = v.InferOutput<typeof LookupRow>;

/** What is remembered of a number from its last lookup. */
export const KnownNumber = v.object({ msisdn: v.string(), facts: NetworkFacts, at: Instant });
export type KnownNumber = v.InferOutput<typeof KnownNumber>;

const one = v.object({ space: Space, id: LookupId });

/** Number lookup: network, ported, roaming, reachable. */
export const lookupsContract = {
  /** Reads the input as Compose reads recipients, and says what a lookup would ask. */
  plan: call()
    .input(v.object({ numbers: RecipientsText }))
    .output(v.object({ numbers: Count, invalid: Count, duplicates: Count })),
  start: call('NOT_FOUND', 'NOT_SUPPORTED', 'NOTHING_TO_SEND', 'TOO_MANY_RECIPIENTS', 'RECEIVER_FAILED')
    .input(v.object({ accountId: AccountId, numbers: RecipientsText, mode: v.picklist(['sync', 'async']) }))
    .output(Lookup),
  /** Stops asking; answers that came are kept. */
  stop: call('NOT_FOUND').input(one).output(v.null()),
  /** Goes on with numbers that have no answer yet. */
  resume: call('NOT_FOUND', 'NOT_POSSIBLE_NOW').input(one).output(v.null()),
  /** Newest first. */
  list: call()
    .input(v.object({ space: Space, cursor: v.optional(Cursor), limit: PageLimit }))
    .output(v.object({ rows: v.array(Lookup), next: v.optional(Cursor) })),
  watch: call('NOT_FOUND').input(one).output(live(Lookup)),
  rows: call('NOT_FOUND')
    .input(v.object({ ...one.entries, cursor: v.optional(Cursor), limit: PageLimit }))
    .output(v.object({ rows: v.array(LookupRow), next: v.optional(Cursor) })),
  /** Every number that was ever looked up, with its newest facts; contacts show these. */
  known: call()
    .input(
      v.object({
        space: Space,
        search: v.optional(v.pipe(v.string(), v.maxLength(40))),
        cursor: v.optional(Cursor),
        limit: PageLimit,
      }),
    )
    .output(v.object({ rows: v.array(KnownNumber), next: v.optional(Cursor) })),
};
