import * as v from 'valibot';
import { AccountId } from '../ids.ts';
import { call, Count, Instant, live } from './base.ts';

/** A name of a query parameter, such as `sender`. */
const ParameterName = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_.-]{1,40}$/));

/** How the gateway names the parts of an inbound SMS in its HTTP GET; each may have several names, the first present counts. */
export const InboundNames = v.object({
  from: v.pipe(v.array(ParameterName), v.minLength(1), v.maxLength(5)),
  to: v.pipe(v.array(ParameterName), v.maxLength(5)),
  text: v.pipe(v.array(ParameterName), v.minLength(1), v.maxLength(5)),
  time: v.pipe(v.array(ParameterName), v.maxLength(5)),
  id: v.pipe(v.array(ParameterName), v.maxLength(5)),
});
export type InboundNames = v.InferOutput<typeof InboundNames>;

/** What the user decides about the local receiver. */
export const ReceiverSettings = v.object({
  enabled: v.boolean(),
  /** Listens to other computers too; otherwise only to this one (a tunnel or proxy on it). */
  everyInterface: v.boolean(),
  /** 0 takes any free port and keeps it from then on. */
  port: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(65_535)),
  /** The address by which the gateway reaches this computer, when it is another than the one listened on. */
  publicAddress: v.pipe(v.string(), v.trim(), v.maxLength(300)),
  names: InboundNames,
});
export type ReceiverSettings = v.InferOutput<typeof ReceiverSettings>;

/** One account's addresses, exactly as they are registered with the gateway. The path is the secret. */
export const ReceiverAddress = v.object({
  accountId: AccountId,
  accountName: v.string(),
  reports: v.string(),
  inbound: v.string(),
  lookups: v.string(),
});
export type ReceiverAddress = v.InferOutput<typeof ReceiverAddress>;

/** The receiver as it stands. */
export const ReceiverView = v.object({
  settings: ReceiverSettings,
  state: v.picklist(['off', 'listening', 'failed']),
  /** Why it does not listen: `port-in-use`, `not-allowed`, `address`. */
  problem: v.nullable(v.string()),
  addresses: v.array(ReceiverAddress),
  accepted: Count,
  refused: Count,
  lastAt: v.nullable(Instant),
  /** What came last, for the live test: `report`, `inbound`, `lookup`, or a refused request and why. */
  last: v.nullable(v.string()),
});
export type ReceiverView = v.InferOutput<typeof ReceiverView>;

/** The optional receiver for pushed delivery reports and inbound SMS. */
export const receiverContract = {
  watch: call().output(live(ReceiverView)),
  configure: call('RECEIVER_FAILED').input(ReceiverSettings).output(ReceiverView),
  /** Makes new unguessable paths; the old ones stop working at once. */
  renewPaths: call().output(ReceiverView),
  /** Asks the receiver by its own public address, as the gateway would, and says what happened. */
  test: call()
    .input(v.object({ accountId: AccountId }))
    .output(v.object({ ok: v.boolean(), detail: v.string(), ms: Count })),
};
