import * as v from 'valibot';
import { CampaignId, DraftId, MessageId, RequestToken, Space } from '../ids.ts';
import { MessageState } from '../sms/message-state.ts';
import { call, Count, Cursor, Instant, live, MoneySchema, PageLimit } from './base.ts';
import { CampaignView, FailureGroup, MessagePage, SourceChange } from './campaign-view.ts';
import { Plan, SendRequest, WarningKind } from './plan.ts';

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
   * log could not decide; those it is still being asked about are left to it. `NOT_POSSIBLE_NOW`: the campaign was cancelled after
   * it was asked for to send them again.
   */
  settleUncertain: call('NOT_FOUND', 'NOT_POSSIBLE_NOW')
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
