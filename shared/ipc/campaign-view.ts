import * as v from 'valibot';
import { AccountId, CampaignId, MessageId, Space } from '../ids.ts';
import { MessageState } from '../sms/message-state.ts';
import { Count, Cursor, Instant, MoneySchema } from './base.ts';

/** Number of a campaign's messages by state; states that do not occur are absent. */
export const StateCounts = v.record(MessageState, v.optional(Count));
export type StateCounts = v.InferOutput<typeof StateCounts>;

/** Why sending stands still. `overdue`: the program was not running when it was to leave, so the user is asked. */
export const PauseReason = v.picklist([
  'user',
  'credentials',
  'credits',
  'refusals',
  'vault',
  'network',
  'overdue',
  'canary',
]);
export type PauseReason = v.InferOutput<typeof PauseReason>;

/** Derived from the rows, never stored: `finished` means nothing is open and nothing waits for a report. */
export const CampaignPhase = v.picklist([
  'held',
  'scheduled',
  'quiet',
  'sending',
  'paused',
  'review',
  'awaiting-reports',
  'finished',
]);
export type CampaignPhase = v.InferOutput<typeof CampaignPhase>;

/** One campaign with everything its head shows. */
export const CampaignView = v.object({
  id: CampaignId,
  space: Space,
  accountId: AccountId,
  accountName: v.string(),
  name: v.string(),
  text: v.string(),
  sender: v.string(),
  encoding: v.picklist(['GSM-7', 'UCS-2']),
  /** Parts that most messages have; {@link partsMin} and {@link partsMax} differ from it where the text has merge fields. */
  partsPerMessage: Count,
  partsMin: Count,
  partsMax: Count,
  /** The text has merge fields, so each message has its own. */
  merged: v.boolean(),
  createdAt: Instant,
  heldUntil: v.nullable(Instant),
  /** When it was planned to go out; `null`: at once. */
  sendAt: v.nullable(Instant),
  heldBy: v.nullable(v.picklist(['here', 'gateway'])),
  phase: CampaignPhase,
  pauseReason: v.nullable(PauseReason),
  planned: Count,
  counts: StateCounts,
  /** Of the uncertain ones, those that the gateway's log could not decide: they wait for the user. */
  undecided: Count,
  /** planned = left out + cancelled + held + queued + submitting + uncertain + refused + taken by the gateway. */
  equationHolds: v.boolean(),
  /** It was undone in its undo window: nothing of it ever left. What was cancelled later is not. */
  takenBack: v.optional(v.boolean()),
  /** Messages answered per second over the last ten seconds; `null` when not sending. */
  ratePerSecond: v.nullable(v.number()),
  /** Milliseconds until the last message is submitted at the present rate. */
  timeLeft: v.nullable(Count),
  estimated: v.nullable(MoneySchema),
  charged: v.nullable(MoneySchema),
  /** What those messages were estimated at that were charged: what {@link charged} is to be compared with. */
  estimatedOfCharged: v.nullable(MoneySchema),
  transactionClass: v.nullable(v.picklist(['transactional', 'promotional'])),
  zone: v.nullable(v.string()),
  /** When the quiet hours end that it waits for, or will have to when its time comes; `null`: none are in its way. */
  quietUntil: v.nullable(Instant),
  /** The zone in which those hours are. */
  quietZone: v.nullable(v.string()),
  /** Messages that go ahead; `null` for a small sending. */
  canary: v.nullable(v.object({ size: Count, state: v.picklist(['waiting', 'passed', 'stopped']) })),
  /** The campaign whose failed messages this one sends again. */
  retryOf: v.nullable(CampaignId),
  /** Campaigns that send failed messages of this one again, oldest first, with how many of them; none that were taken back. */
  retries: v.array(v.object({ id: CampaignId, createdAt: Instant, messages: Count })),
  /** It was queued by itself, by the rule that sends again to those whose delivery failed for a while. */
  automatic: v.optional(v.boolean()),
  /** The series that it is an occurrence of. */
  seriesId: v.nullable(Count),
  /** Failed messages that can be sent again and were not yet. */
  failed: Count,
});
export type CampaignView = v.InferOutput<typeof CampaignView>;

/** One row of a campaign's table or of the archive. */
export const MessageRow = v.object({
  id: MessageId,
  campaignId: v.nullable(CampaignId),
  /** The part that came after the fact: sent by this program, or learned from the gateway's log. */
  origin: v.picklist(['here', 'elsewhere']),
  msisdn: v.string(),
  input: v.nullable(v.string()),
  sender: v.string(),
  text: v.string(),
  state: MessageState,
  /** For left out, refused and failed ones: a reason word of ours, or null. */
  reason: v.nullable(v.string()),
  statusId: v.nullable(v.number()),
  statusName: v.nullable(v.string()),
  errorId: v.nullable(v.number()),
  errorName: v.nullable(v.string()),
  parts: v.nullable(Count),
  price: v.nullable(MoneySchema),
  gatewayMessageId: v.nullable(v.string()),
  mccmnc: v.nullable(v.string()),
  createdAt: Instant,
  sentAt: v.nullable(Instant),
  doneAt: v.nullable(Instant),
  changedAt: Instant,
});
export type MessageRow = v.InferOutput<typeof MessageRow>;

/** A page of rows; `next` is absent on the last one. */
export const MessagePage = v.object({ rows: v.array(MessageRow), next: v.optional(Cursor) });
export type MessagePage = v.InferOutput<typeof MessagePage>;

/**
 * Failed messages of a campaign with the same cause. `permanence` is the catalogue's word: sending again helps only where the cause may
 * pass. `key` names the cause in {@link campaignsContract}.retry.
 */
export const FailureGroup = v.object({
  key: v.string(),
  state: MessageState,
  reason: v.nullable(v.string()),
  statusId: v.nullable(v.number()),
  statusName: v.nullable(v.string()),
  errorId: v.nullable(v.number()),
  errorName: v.nullable(v.string()),
  permanence: v.picklist(['temporary', 'permanent', 'unknown']),
  messages: Count,
  parts: Count,
  /** What sending them again would cost today. */
  cost: v.nullable(MoneySchema),
  /** What was charged for all of them; `null` where some charge was never told, or several currencies make no sum. Refused ones need none. */
  charged: v.nullable(MoneySchema),
});
export type FailureGroup = v.InferOutput<typeof FailureGroup>;

/** How a group or list of a planned campaign differs from what it was at planning. */
export const SourceChange = v.object({ label: v.string(), added: Count, removed: Count });
export type SourceChange = v.InferOutput<typeof SourceChange>;
