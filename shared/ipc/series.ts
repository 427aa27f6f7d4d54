import * as v from 'valibot';
import { CampaignId, RequestToken, Space } from '../ids.ts';
import { WallTime, ZoneName } from '../rules/rules.ts';
import { call, Count, Instant, live } from './base.ts';
import { ORDER_REFUSALS } from './campaigns.ts';
import { Plan, SendRequest, WarningKind } from './plan.ts';

/** Row id of a series inside its space. */
export const SeriesId = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
export type SeriesId = v.InferOutput<typeof SeriesId>;

/** A day as `YYYY-MM-DD`. */
export const Day = v.pipe(v.string(), v.isoDate());

const every = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(99));
/** 1 is Monday, 7 is Sunday (ISO 8601). */
export const Weekday = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(7));

/**
 * When a sending is repeated. The time is wall time in the zone: a change of the clocks leaves the hour as it is; a time that a day
 * does not have is the next one that it has, a time that it has twice is the first. A month without the day takes its last day.
 */
export const Recurrence = v.object({
  pattern: v.variant('kind', [
    v.object({ kind: v.literal('daily'), every }),
    v.object({
      kind: v.literal('weekly'),
      every,
      days: v.pipe(v.array(Weekday), v.minLength(1), v.maxLength(7)),
    }),
    v.object({
      kind: v.literal('monthly'),
      every,
      day: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(31)),
    }),
  ]),
  time: WallTime,
  zone: ZoneName,
  /** The first day that counts. */
  from: Day,
  end: v.variant('kind', [
    v.object({ kind: v.literal('never') }),
    v.object({ kind: v.literal('until'), day: Day }),
    /** Times after the series was begun; those that were skipped count too. */
    v.object({
      kind: v.literal('times'),
      times: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000)),
    }),
  ]),
});
export type Recurrence = v.InferOutput<typeof Recurrence>;

/** Why a series stands still: the user said so, its time passed unseen, it would reach many more people than confirmed, or a code. */
export const SeriesTrouble = v.object({
  kind: v.picklist(['user', 'overdue', 'more-people', 'refused']),
  /** For `refused`: the error code, or the kind of the warning that nobody had accepted. */
  code: v.nullable(v.string()),
  /** The occurrence it is about. */
  at: v.nullable(Instant),
  /** People now, for `more-people`. */
  recipients: v.nullable(Count),
});
export type SeriesTrouble = v.InferOutput<typeof SeriesTrouble>;

/** A sending that is repeated. Each time it is planned anew: groups as they are then, every guard asked again. */
export const SeriesView = v.object({
  id: SeriesId,
  space: Space,
  name: v.string(),
  request: SendRequest,
  recurrence: Recurrence,
  state: v.picklist(['active', 'waiting', 'ended']),
  trouble: v.nullable(SeriesTrouble),
  /** Next time, for a waiting one when it is resumed; `null` when there is none. */
  nextAt: v.nullable(Instant),
  /** People confirmed by the user. */
  expected: Count,
  sent: Count,
  lastCampaign: v.nullable(CampaignId),
  createdAt: Instant,
});
export type SeriesView = v.InferOutput<typeof SeriesView>;

const one = v.object({ space: Space, id: SeriesId });

/** Whether the occurrence leaves out who got the same text lately, also where the series itself does not. */
const leaveOutRepeats = v.optional(v.boolean());

/** Sendings that are repeated. */
export const seriesContract = {
  /** The next times of a recurrence, at most `count`, as seen from now. */
  preview: call('INVALID_SCHEDULE')
    .input(
      v.object({
        recurrence: Recurrence,
        count: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(60)),
      }),
    )
    .output(v.array(Instant)),
  /** Begins a series. Asked for the same as a sending, except a time; the same token begins one only. */
  create: call(...ORDER_REFUSALS)
    .input(
      v.object({
        request: SendRequest,
        recurrence: Recurrence,
        name: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(120))),
        expectedRecipients: Count,
        typedCount: v.optional(Count),
        token: RequestToken,
      }),
    )
    .output(SeriesView),
  list: call()
    .input(v.object({ space: Space }))
    .output(v.array(SeriesView)),
  watch: call()
    .input(v.object({ space: Space }))
    .output(live(v.array(SeriesView))),
  /** Sends nothing more of it until it is resumed. */
  pause: call('NOT_FOUND').input(one).output(SeriesView),
  /** Goes on with the next time that is still to come; `accept` takes the number of people as it is now. */
  resume: call('NOT_FOUND', 'NOT_POSSIBLE_NOW')
    .input(v.object({ ...one.entries, accept: v.optional(v.boolean()) }))
    .output(SeriesView),
  /**
   * What sending the occurrence that it stopped at would mean now, with the warnings that have to be seen before. `NOT_POSSIBLE_NOW`
   * where there is none, or where it cannot be planned, with the code.
   */
  planMissed: call('NOT_FOUND', 'NOT_POSSIBLE_NOW')
    .input(v.object({ ...one.entries, leaveOutRepeats }))
    .output(Plan),
  /**
   * Sends the occurrence that it stopped at, now, as it was planned by `planMissed`, and goes on with the series; people are confirmed
   * where their number had stopped it. `PLAN_CHANGED` where it goes to another number of people by now, `WARNING_NOT_SEEN` where a
   * warning stops it that was not accepted with these figures, `NOT_POSSIBLE_NOW` where there is none or where it is refused, with the code.
   */
  sendMissed: call('NOT_FOUND', 'NOT_POSSIBLE_NOW', 'PLAN_CHANGED', 'WARNING_NOT_SEEN')
    .input(
      v.object({
        ...one.entries,
        leaveOutRepeats,
        expectedRecipients: Count,
        /** Kinds of warnings that the user saw and accepted, and the key of the plan that had them. */
        accepted: v.optional(v.pipe(v.array(WarningKind), v.maxLength(WarningKind.options.length))),
        seen: v.optional(v.pipe(v.string(), v.maxLength(64))),
      }),
    )
    .output(v.object({ campaignId: CampaignId })),
  /** Ends it for good. What was sent stays. */
  end: call('NOT_FOUND').input(one).output(SeriesView),
};
