import * as v from 'valibot';
import { AccountId, CampaignId, DraftId, MessageId, RequestToken, Space } from '../ids.ts';
import { ZoneName } from '../rules/rules.ts';
import { MessageState } from '../sms/message-state.ts';
import {
  call,
  Count,
  Cursor,
  Instant,
  live,
  MessageText,
  MoneySchema,
  PageLimit,
  RecipientsText,
  SenderText,
} from './base.ts';

/** How a message is to be sent beside its text; absent fields take the account's usual way. */
export const SendOptions = v.object({
  /** Shown at once on the phone and not stored there. */
  flash: v.optional(v.boolean()),
  /** Minutes for which the network keeps trying, at most two days. */
  validityMinutes: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(2_880))),
  transactionClass: v.optional(v.picklist(['transactional', 'promotional'])),
});
export type SendOptions = v.InferOutput<typeof SendOptions>;

const RowId = v.pipe(v.number(), v.safeInteger(), v.minValue(1));

/** Where recipients come from beside typed numbers: a person, a group (by list or by rule), a list read from a file. */
export const Source = v.variant('kind', [
  v.object({ kind: v.literal('contact'), id: RowId }),
  v.object({ kind: v.literal('group'), id: RowId }),
  v.object({ kind: v.literal('list'), id: RowId }),
]);
export type Source = v.InferOutput<typeof Source>;

/** What happens to recipients who have no value for a merge field without fallback: nothing is sent, or they are left out. */
export const EmptyFields = v.picklist(['block', 'leave-out']);
export type EmptyFields = v.InferOutput<typeof EmptyFields>;

/** What Compose asks to send. */
export const SendRequest = v.object({
  accountId: AccountId,
  sender: SenderText,
  /** With merge fields, filled in for each recipient. */
  text: MessageText,
  /** Typed or pasted numbers. */
  recipients: RecipientsText,
  /** People, groups and lists, in the order of their chips; numbers typed come after them. */
  sources: v.optional(v.pipe(v.array(Source), v.maxLength(500))),
  /** Sends to numbers that count as dead too. */
  includeDead: v.optional(v.boolean()),
  /** Absent: `block`. */
  emptyFields: v.optional(EmptyFields),
  /** Leaves out those who got the same text within the time of the guards. */
  leaveOutRepeats: v.optional(v.boolean()),
  /** Sends during the quiet hours too. */
  ignoreQuiet: v.optional(v.boolean()),
  /** It answers what its one recipient has written. While nothing was sent there since, who got the same text does not stop it. */
  isAnswer: v.optional(v.boolean()),
  /** The template that the text began with. */
  templateId: v.optional(RowId),
  /** When to send; absent: now. Up to 180 days ahead. */
  sendAt: v.optional(Instant),
  /** The zone in which that time was chosen, for showing it; absent: the computer's. */
  zone: v.optional(ZoneName),
  options: v.optional(SendOptions),
});
export type SendRequest = v.InferOutput<typeof SendRequest>;

/** Whose message is left out, and why. `msisdn` is absent where the input was no number at all. */
export const LeftOut = v.object({
  input: v.string(),
  msisdn: v.optional(v.string()),
  reason: v.string(),
});
export type LeftOut = v.InferOutput<typeof LeftOut>;

/**
 * Something a guard has found. Those with `stops` keep the sending from being queued until the user has seen and accepted them, by kind.
 * `same-campaign`: a campaign with this text reached some of the same people lately, `closely` says how many of them got the very same
 * message within the minutes of the other guard. `same-person`: people who got the very same message lately, and not from those campaigns.
 * `balance`: the last balance known is less than the cost with what waits already on the account. `over-cap`: people left out because
 * of a limit. `quiet-hours`: it waits until `at`, or (with `stops`) goes out in the quiet hours by the user's wish.
 */
export const Warning = v.variant('kind', [
  v.object({
    kind: v.literal('same-campaign'),
    stops: v.boolean(),
    campaignId: CampaignId,
    name: v.string(),
    at: Instant,
    /** People of this sending who are in that one too. */
    overlap: Count,
    /** Those of them who got the very same message lately, and the last time; `null`: nobody. */
    closely: v.nullable(v.object({ people: Count, latestAt: Instant })),
  }),
  v.object({ kind: v.literal('same-person'), stops: v.boolean(), people: Count, latestAt: Instant }),
  v.object({
    kind: v.literal('balance'),
    stops: v.boolean(),
    missing: MoneySchema,
    /** What sendings that still have to leave are expected to cost on this account; 0: none. */
    waiting: MoneySchema,
  }),
  v.object({
    kind: v.literal('over-cap'),
    stops: v.boolean(),
    which: v.picklist(['campaign', 'day']),
    limit: Count,
    people: Count,
  }),
  v.object({ kind: v.literal('quiet-hours'), stops: v.boolean(), at: v.nullable(Instant) }),
]);
export type Warning = v.InferOutput<typeof Warning>;
/** What kinds of {@link Warning} there are. */
export const WarningKind = v.picklist(['same-campaign', 'same-person', 'balance', 'over-cap', 'quiet-hours']);
export type WarningKind = v.InferOutput<typeof WarningKind>;

/** What one operator's numbers cost of a plan. `operator` is `null` where it is not known. */
export const CostShare = v.object({
  operator: v.nullable(v.string()),
  messages: Count,
  parts: Count,
  pricePerPart: v.nullable(MoneySchema),
  cost: v.nullable(MoneySchema),
});
export type CostShare = v.InferOutput<typeof CostShare>;

/** What sending would mean, before anything is sent. Money is `null` while no price has been learned. */
export const Plan = v.object({
  recipients: Count,
  leftOut: Count,
  /** The first 200 left out, for showing. */
  leftOutSample: v.array(LeftOut),
  /** Of the text as most recipients get it. */
  encoding: v.picklist(['GSM-7', 'UCS-2']),
  /** Parts that most messages have. */
  partsPerMessage: Count,
  partsMin: Count,
  partsMax: Count,
  /** Messages by their number of parts, fewest parts first. One entry where all are alike. */
  histogram: v.array(v.object({ parts: Count, messages: Count })),
  /** Parts of all messages. */
  parts: Count,
  /** Merge fields of the text; `empty`: recipients without a value, `known`: some source has it. */
  fields: v.array(
    v.object({ name: v.string(), known: v.boolean(), empty: Count, fallback: v.nullable(v.string()) }),
  ),
  /** Recipients left out or in the way because a field without fallback is empty. */
  emptyRecipients: Count,
  /** Among the recipients: numbers that count as dead (sent to only where the request includes them). */
  dead: Count,
  pricePerPart: v.nullable(MoneySchema),
  cost: v.nullable(MoneySchema),
  /** The cost by operator, dearest first. */
  shares: v.array(CostShare),
  /** How many are left out, by reason. */
  leftOutReasons: v.array(v.object({ reason: v.string(), count: Count })),
  warnings: v.array(Warning),
  /** People whom the warnings of a repetition are about, each counted once; those left out because of it are among them. */
  repeated: Count,
  /** Names the warnings that stop, with their figures: it changes when they do. Empty where none stops. */
  warningsKey: v.string(),
  balance: v.nullable(MoneySchema),
  balanceAt: v.nullable(Instant),
  /** The user must type the recipient count (more than 500 people or 1,000 BDT, by default). */
  needsTypedCount: v.boolean(),
  /** Who keeps a scheduled sending until its time: this computer, which must run then, or the gateway. `null`: sent now. */
  heldBy: v.nullable(v.picklist(['here', 'gateway'])),
});
export type Plan = v.InferOutput<typeof Plan>;

/** Number of a campaign's messages by state; states that do not occur are absent. */
export const StateCounts = v.record(MessageState, v.optional(Count));
export type StateCounts = v.InferOutput<typeof StateCounts>;

/** Why sending stands still. `overdue`: its time passed while the program was not running, so the user is asked. */
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
  /** What was charged for them; `null` where no charge was ever told, or several currencies make no sum. */
  charged: v.nullable(MoneySchema),
});
export type FailureGroup = v.InferOutput<typeof FailureGroup>;

/** How a group or list of a planned campaign differs from what it was at planning. */
export const SourceChange = v.object({ label: v.string(), added: Count, removed: Count });
export type SourceChange = v.InferOutput<typeof SourceChange>;

const one = v.object({ space: Space, id: CampaignId });

const GATEWAY_FAILURES = [
  'GATEWAY_UNREACHABLE',
  'GATEWAY_AUTH',
  'GATEWAY_BUSY',
  'GATEWAY_REFUSED',
  'GATEWAY_UNREADABLE',
  'NOT_SUPPORTED',
] as const;

/** Why what was ordered to be sent, once or repeatedly, is refused. */
export const ORDER_REFUSALS = [
  'NOT_FOUND',
  'NOTHING_TO_SEND',
  'TEXT_EMPTY',
  'TEXT_TOO_LONG',
  'TOO_MANY_RECIPIENTS',
  'INVALID_SENDER',
  'INVALID_SCHEDULE',
  'MERGE_BROKEN',
  'UNKNOWN_FIELD',
  'EMPTY_FIELDS',
  'LEFTOVER_PLACEHOLDER',
  'RULE_BROKEN',
  'CONFIRMATION_NEEDED',
  'PLAN_CHANGED',
  'STORE_FULL',
  'STORE_READONLY',
] as const;

/** Planning and sending. */
export const campaignsContract = {
  /** Works out what sending would mean. Stores nothing. */
  plan: call('NOT_FOUND', 'INVALID_SCHEDULE', 'MERGE_BROKEN', 'RULE_BROKEN').input(SendRequest).output(Plan),
  /**
   * Queues a campaign, held for the undo window. `expectedRecipients` and `expectedParts` are what the user saw and confirmed:
   * when the plan no longer gives the same, nothing is queued (`PLAN_CHANGED`). The draft that it was written in goes in the commit
   * that queues it; one that has gone so, or is going, is not sent again under another token (`NOT_FOUND`).
   */
  send: call(...ORDER_REFUSALS, 'WARNING_NOT_SEEN')
    .input(
      v.object({
        request: SendRequest,
        /** Kinds of warnings that the user saw and accepted, in the plan whose {@link Plan} had `seen` as its key. */
        accepted: v.optional(v.array(WarningKind)),
        seen: v.optional(v.pipe(v.string(), v.maxLength(64))),
        /** The cost that the user saw; where it is more by now nothing is queued (`PLAN_CHANGED`). `null`: none was known. */
        expectedCost: v.optional(v.nullable(MoneySchema)),
        name: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(120))),
        expectedRecipients: Count,
        expectedParts: Count,
        typedCount: v.optional(Count),
        token: RequestToken,
        draftId: v.optional(DraftId),
      }),
    )
    .output(v.object({ space: Space, id: CampaignId, heldUntil: Instant })),
  /**
   * Takes a held campaign back whole; its text and recipients are returned to Compose. With `draftId`, an id that no draft has yet,
   * they are kept as that draft too, in the commit that takes the campaign back.
   */
  undo: call('NOT_FOUND', 'UNDO_TOO_LATE', 'STORE_FULL', 'STORE_READONLY')
    .input(v.object({ ...one.entries, draftId: v.optional(DraftId) }))
    .output(SendRequest),
  /** Stops handing out further messages; those on their way are finished. */
  pause: call('NOT_FOUND', 'NOT_POSSIBLE_NOW').input(one).output(v.null()),
  resume: call('NOT_FOUND', 'NOT_POSSIBLE_NOW').input(one).output(v.null()),
  /**
   * Gives a scheduled sending another time, or sends it now (`null`), and says which it got: what the gateway holds leaves when the quiet
   * hours are over.
   */
  reschedule: call('NOT_FOUND', 'NOT_POSSIBLE_NOW', 'INVALID_SCHEDULE', ...GATEWAY_FAILURES)
    .input(v.object({ space: Space, id: CampaignId, sendAt: v.nullable(Instant) }))
    .output(v.nullable(Instant)),
  /**
   * Cancels every message that has not left yet, those that the gateway holds for later among them, and says how many. When
   * the gateway cannot be reached its messages stay scheduled and the failure is told.
   */
  cancelRest: call('NOT_FOUND', ...GATEWAY_FAILURES)
    .input(one)
    .output(v.object({ cancelled: Count })),
  /**
   * The user's decision on uncertain messages: they did arrive, or send them again. Without ids, on all of the campaign that the
   * log could not decide; those it is still being asked about are left to it.
   */
  settleUncertain: call('NOT_FOUND')
    .input(
      v.object({
        space: Space,
        id: CampaignId,
        messageIds: v.optional(v.pipe(v.array(MessageId), v.maxLength(1000))),
        decision: v.picklist(['arrived', 'send-again']),
      }),
    )
    .output(v.object({ settled: Count })),
  /** Lets a campaign leave although it is the time of quiet hours. */
  ignoreQuiet: call('NOT_FOUND', 'NOT_POSSIBLE_NOW').input(one).output(v.null()),
  /** Causes of a campaign's failed messages that were not sent again yet. */
  failures: call('NOT_FOUND').input(one).output(v.array(FailureGroup)),
  /**
   * Sends failed messages again, as a campaign of its own with the same texts, held for the undo window. Numbers that must not be
   * written to are left out. A failed message is sent again once at most; what is sent again and fails can be sent again in turn.
   * `expectedRecipients`, and the count that is typed, are the failed messages of these causes as `failures` gave them. A balance that is too low and limits are to be accepted first, by kind
   * (`WARNING_NOT_SEEN`, whose `actual` says how many people would get a message).
   */
  retry: call(
    'NOT_FOUND',
    'NOTHING_TO_SEND',
    'CONFIRMATION_NEEDED',
    'PLAN_CHANGED',
    'WARNING_NOT_SEEN',
    'STORE_FULL',
    'STORE_READONLY',
  )
    .input(
      v.object({
        ...one.entries,
        keys: v.pipe(v.array(v.string()), v.minLength(1), v.maxLength(200)),
        expectedRecipients: Count,
        typedCount: v.optional(Count),
        accepted: v.optional(v.array(WarningKind)),
        token: RequestToken,
      }),
    )
    .output(v.object({ id: CampaignId, heldUntil: Instant })),
  /** How the groups of a campaign that waits for its time have changed since it was planned. */
  sourceChanges: call('NOT_FOUND').input(one).output(v.array(SourceChange)),
  /** Newest first. */
  list: call()
    .input(v.object({ space: Space, cursor: v.optional(Cursor), limit: PageLimit }))
    .output(v.object({ rows: v.array(CampaignView), next: v.optional(Cursor) })),
  /** One campaign, live. */
  watch: call('NOT_FOUND').input(one).output(live(CampaignView)),
  /** A campaign's messages in the order of planning, optionally of some states only. */
  recipients: call('NOT_FOUND')
    .input(
      v.object({
        space: Space,
        id: CampaignId,
        states: v.optional(v.array(MessageState)),
        cursor: v.optional(Cursor),
        limit: PageLimit,
      }),
    )
    .output(MessagePage),
};
