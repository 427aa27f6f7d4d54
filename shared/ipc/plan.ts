import * as v from 'valibot';
import { AccountId, CampaignId } from '../ids.ts';
import { ZoneName } from '../rules/rules.ts';
import { Count, Instant, MessageText, MoneySchema, RecipientsText, SenderText } from './base.ts';

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
    /** Those of them for whom it still waits here: held, paused, or for its time or the end of the quiet hours. */
    waiting: Count,
    /** Those of them who got the very same message lately, and the last time; `null`: nobody. */
    closely: v.nullable(v.object({ people: Count, latestAt: Instant })),
  }),
  v.object({
    kind: v.literal('same-person'),
    stops: v.boolean(),
    people: Count,
    /** Those of them for whom it still waits here. */
    waiting: Count,
    latestAt: Instant,
  }),
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
