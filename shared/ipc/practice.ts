import * as v from 'valibot';
import { call, Count, Instant, MoneySchema } from './base.ts';

/** One request that the practice gateway saw. */
export const PracticeRequest = v.object({
  at: Instant,
  protocol: v.string(),
  method: v.string(),
  path: v.string(),
  status: v.nullable(v.number()),
  fault: v.nullable(v.string()),
  accepted: Count,
  /** The body without credentials, cut. */
  body: v.nullable(v.string()),
});
export type PracticeRequest = v.InferOutput<typeof PracticeRequest>;

/** One message that it took. */
export const PracticeMessage = v.object({
  id: v.string(),
  from: v.string(),
  to: v.string(),
  text: v.string(),
  parts: Count,
  status: v.string(),
  receivedAt: Instant,
});
export type PracticeMessage = v.InferOutput<typeof PracticeMessage>;

/** What the practice gateway received since it started. */
export const PracticeStatus = v.object({
  url: v.string(),
  smppUrl: v.nullable(v.string()),
  startedAt: Instant,
  balance: MoneySchema,
  requests: Count,
  accepted: Count,
  rejected: Count,
  reportsHandedOut: Count,
  faults: Count,
  protocols: v.array(v.object({ name: v.string(), requests: Count, accepted: Count })),
  lastRequests: v.array(PracticeRequest),
  lastMessages: v.array(PracticeMessage),
});
export type PracticeStatus = v.InferOutput<typeof PracticeStatus>;

const FAILURES = ['PRACTICE_NOT_RUNNING', 'GATEWAY_UNREACHABLE', 'GATEWAY_UNREADABLE'] as const;

/** The practice gateway seen from the app. */
export const practiceContract = {
  /** Starts it when it is not running. */
  status: call(...FAILURES).output(PracticeStatus),
  /** Makes the practice gateway receive an SMS from a phone, which then reaches the practice inbox. */
  simulateInbound: call(...FAILURES)
    .input(
      v.object({
        from: v.pipe(v.string(), v.trim(), v.regex(/^\+?\d{3,15}$/)),
        text: v.pipe(v.string(), v.minLength(1), v.maxLength(1_000)),
      }),
    )
    .output(v.null()),
};
