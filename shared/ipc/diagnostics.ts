import * as v from 'valibot';
import { AccountId, MessageId, Space } from '../ids.ts';
import { call, Count, Cursor, Instant, PageLimit } from './base.ts';

/** One request to a gateway and its answer. Secrets were taken out before it was stored; bodies are cut at 16 KB. */
export const ExchangeView = v.object({
  id: v.pipe(v.number(), v.safeInteger()),
  accountId: AccountId,
  accountName: v.string(),
  at: Instant,
  /** How long it took, in ms. */
  ms: Count,
  /** `POST`, `GET`, `submit_sm`. */
  method: v.string(),
  target: v.string(),
  requestHeaders: v.array(v.tuple([v.string(), v.string()])),
  requestBody: v.string(),
  status: v.nullable(v.number()),
  answerBody: v.nullable(v.string()),
  outcome: v.string(),
  /** Messages that left with it. */
  messages: Count,
});
export type ExchangeView = v.InferOutput<typeof ExchangeView>;

/** What was said to gateways, word for word. */
export const diagnosticsContract = {
  /** Newest first; the last 5,000 are kept. With `messageId` only the exchanges that carried that message. */
  exchanges: call()
    .input(
      v.object({
        space: Space,
        messageId: v.optional(MessageId),
        cursor: v.optional(Cursor),
        limit: PageLimit,
      }),
    )
    .output(v.object({ rows: v.array(ExchangeView), next: v.optional(Cursor) })),
};
