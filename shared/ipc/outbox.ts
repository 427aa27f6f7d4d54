import * as v from 'valibot';
import { CampaignId, Space } from '../ids.ts';
import { Rules } from '../rules/rules.ts';
import { call, Count, Cursor, Instant, live, PageLimit } from './base.ts';
import { CampaignView, MessagePage } from './campaign-view.ts';
import { SeriesId } from './series.ts';

/**
 * Everything that has not gone yet or needs somebody, and what was done with lately. Each list holds at most 100 (`ended` 10); the counts
 * are whole.
 */
export const OutboxView = v.object({
  /** Being handed over, or looked up. */
  running: v.array(CampaignView),
  held: v.array(CampaignView),
  /** Waiting for their time or for the end of the quiet hours, soonest first. */
  scheduled: v.array(CampaignView),
  paused: v.array(CampaignView),
  /** Sendings of the last hours of which nothing waits here any more, newest first. */
  ended: v.array(CampaignView),
  /** How many sendings there are of each kind, and how many are repeated. */
  sendings: v.object({ running: Count, held: Count, scheduled: Count, paused: Count, repeated: Count }),
  /** Uncertain messages that no log could decide. */
  undecided: Count,
  /** Uncertain messages that are still being looked up. */
  checking: Count,
  /** Messages over all that are still to go: to be handed over, or lying at the gateway until their time. */
  waiting: Count,
});
export type OutboxView = v.InferOutput<typeof OutboxView>;

/** Something planned for a time. */
export const CalendarEntry = v.variant('kind', [
  v.object({
    kind: v.literal('campaign'),
    at: Instant,
    id: CampaignId,
    name: v.string(),
    recipients: Count,
    phase: v.string(),
  }),
  v.object({
    kind: v.literal('series'),
    at: Instant,
    id: SeriesId,
    name: v.string(),
    recipients: Count,
    waiting: v.boolean(),
  }),
]);
export type CalendarEntry = v.InferOutput<typeof CalendarEntry>;

/** What is on its way out. */
export const outboxContract = {
  watch: call()
    .input(v.object({ space: Space }))
    .output(live(OutboxView)),
  /** What is planned between two moments, in order, at most 500. */
  calendar: call('INVALID_SCHEDULE')
    .input(v.object({ space: Space, from: Instant, until: Instant }))
    .output(v.array(CalendarEntry)),
  /** What waits now for the end of the quiet hours and would leave before it, now or later, if these were the quiet hours. */
  leavingSooner: call()
    .input(v.object({ space: Space, quiet: Rules.entries.quiet }))
    .output(v.object({ messages: Count, sendings: Count })),
  /** Uncertain messages of all campaigns, oldest first; `undecided` ones wait for the user. */
  uncertain: call()
    .input(v.object({ space: Space, undecided: v.boolean(), cursor: v.optional(Cursor), limit: PageLimit }))
    .output(MessagePage),
};
