import { appError, type AppError } from '#shared/errors.ts';
import type { CampaignId } from '#shared/ids.ts';
import type { CampaignPhase, CampaignView } from '#shared/ipc/campaign-view.ts';
import type { CalendarEntry, OutboxView } from '#shared/ipc/outbox.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { quietUntil } from '#shared/rules/quiet-hours.ts';
import type { Rules } from '#shared/rules/rules.ts';
import type { Changes } from '../../changes.ts';
import type { Clock } from '../../clock.ts';
import type { Store } from '../../store/store.ts';
import type { Campaigns } from '../campaigns/service.ts';
import type { RulesService } from '../rules/service.ts';
import type { Series } from '../series/service.ts';
import { overviewQueries } from './overview-queries.ts';

/** Campaigns that each list shows at most. */
const SHOWN = 100;
/** Campaigns that were done with lately: how many are shown, how many are looked through for them, and how long (ms) they stay. */
const ENDED = 10;
const BEGUN = 100;
const LATELY_MS = 12 * 3_600_000;
/** Phases in which nothing waits here any more. */
const OVER: readonly CampaignPhase[] = ['review', 'awaiting-reports', 'finished'];
/** Entries of the calendar at most, and the longest time (ms) that one call looks at. */
const ENTRIES = 500;
const LONGEST_MS = 400 * 24 * 3_600_000;

/** Everything of a space that has not gone yet or needs somebody. */
export type Overview = ReturnType<typeof createOverview>;

/** One per space. */
export function createOverview(deps: {
  readonly store: Store;
  readonly clock: Clock;
  readonly changes: Changes;
  readonly campaigns: Pick<Campaigns, 'get'>;
  readonly series: Pick<Series, 'timesBetween' | 'list'>;
  readonly rules: Pick<RulesService, 'listen'>;
}) {
  const { clock, changes, campaigns, series, rules } = deps;
  const queries = overviewQueries(deps.store.db);
  /** What open campaigns were last, where only a change can make them another. */
  const resting = new Map<CampaignId, CampaignView>();
  /** Campaigns that were open when they were looked at last, and when (ms) others were first seen to be no more. */
  let before = new Set<CampaignId>();
  const endedAt = new Map<CampaignId, number>();
  /** Series that have not ended; `null` until they are counted. */
  let repeated: number | null = null;
  changes.listen((id) => {
    if (id === null) repeated = null;
    else resting.delete(id);
  });
  // Other quiet hours are in the way of what waits.
  rules.listen(() => resting.clear());

  function viewOf(id: CampaignId, now: number): CampaignView | null {
    const known = resting.get(id);
    if (known && (known.phase !== 'scheduled' || (known.sendAt ?? 0) > now)) return known;
    const view = campaigns.get(id);
    if (view && rests(view)) resting.set(id, view);
    else resting.delete(id);
    return view;
  }

  /** What was done with lately, the latest first: seen to end, or begun lately and not open any more. */
  function endedViews(open: ReadonlyMap<CampaignId, CampaignView>, now: number): CampaignView[] {
    for (const id of before) if (!open.has(id)) endedAt.set(id, now);
    before = new Set(open.keys());
    for (const [id, at] of endedAt) if (at <= now - LATELY_MS || open.has(id)) endedAt.delete(id);
    const lately = new Set([
      ...[...endedAt.keys()].reverse(),
      ...queries.begun(now - LATELY_MS, now, BEGUN),
      ...[...open.keys()].reverse(),
    ]);
    for (const id of resting.keys()) if (!lately.has(id)) resting.delete(id);
    const views: CampaignView[] = [];
    for (const id of lately) {
      const view = open.get(id) ?? viewOf(id, now);
      if (view && OVER.includes(view.phase) && recipientsOf(view) > 0) views.push(view);
      if (views.length === ENDED) break;
    }
    return views;
  }

  return {
    /** What is on its way out now. */
    view(): OutboxView {
      const now = clock.now();
      const views = queries.open(now).flatMap((id) => viewOf(id, now) ?? []);
      const of = (...phases: CampaignPhase[]) => views.filter(({ phase }) => phases.includes(phase));
      const sum = (count: (view: CampaignView) => number) =>
        views.reduce((total, view) => total + count(view), 0);
      const oldest = (a: CampaignView, b: CampaignView) => a.id - b.id;
      const soonest = (a: CampaignView, b: CampaignView) => goesAt(a) - goesAt(b) || oldest(a, b);
      const [running, held, scheduled, paused] = [
        of('sending').sort(oldest),
        of('held').sort(oldest),
        of('scheduled', 'quiet').sort(soonest),
        of('paused').sort(oldest),
      ];
      repeated ??= series.list().filter(({ state }) => state !== 'ended').length;
      return {
        running: running.slice(0, SHOWN),
        held: held.slice(0, SHOWN),
        scheduled: scheduled.slice(0, SHOWN),
        paused: paused.slice(0, SHOWN),
        ended: endedViews(new Map(views.map((view) => [view.id, view])), now),
        sendings: {
          running: running.length,
          held: held.length,
          scheduled: scheduled.length,
          paused: paused.length,
          repeated,
        },
        undecided: sum(({ undecided }) => undecided),
        checking: sum(({ counts, undecided }) => (counts.uncertain ?? 0) - undecided),
        waiting: sum((view) => unsentOf(view, now)),
      };
    },

    /** What would leave before it was told to, now or later, if these were the quiet hours: messages, and sendings that they are of. */
    leavingSooner(quiet: Rules['quiet']): { readonly messages: number; readonly sendings: number } {
      const now = clock.now();
      const sooner = queries
        .open(now)
        .flatMap((id) => viewOf(id, now) ?? [])
        .filter(({ quietUntil: end, transactionClass, sendAt }) => {
          const reaches = Math.max(sendAt ?? 0, now);
          return end !== null && (quietUntil({ quiet }, transactionClass, reaches) ?? reaches) < end;
        })
        // What lies at the gateway leaves when that was told to.
        .map(({ counts }) => (counts.held ?? 0) + (counts.queued ?? 0))
        .filter((messages) => messages > 0);
      return { messages: sooner.reduce((sum, messages) => sum + messages, 0), sendings: sooner.length };
    },

    /**
     * Campaigns planned for a time and occurrences of series from `from` until before `until` (ms since the epoch), in order. What was
     * taken back or cancelled whole is left out. `INVALID_SCHEDULE` for moments the wrong way round or more than 400 days apart.
     */
    calendar(from: number, until: number): Result<CalendarEntry[], AppError> {
      if (until <= from) return err(appError('INVALID_SCHEDULE', { field: 'until' }));
      if (until - from > LONGEST_MS) return err(appError('INVALID_SCHEDULE', { field: 'until', limit: 400 }));
      const entries = queries
        .planned(from, until, ENTRIES)
        .flatMap(({ id, send_at: at }): CalendarEntry[] => {
          const view = campaigns.get(id);
          const recipients = view ? recipientsOf(view) : 0;
          return view && recipients > 0
            ? [{ kind: 'campaign', at, id, name: view.name, recipients, phase: view.phase }]
            : [];
        });
      const times = series
        .timesBetween(from, until, ENTRIES)
        .map((time): CalendarEntry => ({ kind: 'series', ...time }));
      return ok([...entries, ...times].sort((a, b) => a.at - b.at).slice(0, ENTRIES));
    },

    /** Calls `changed` whenever something may look otherwise, until the returned function is called. */
    listen(changed: () => void): () => void {
      const ends = [changes.listen(() => changed()), rules.listen(changed)];
      return () => {
        for (const end of ends) end();
      };
    },
  };
}

/** Whether only a change can make a campaign another before its time. */
const rests = ({ phase, pauseReason }: CampaignView): boolean =>
  phase === 'scheduled' || OVER.includes(phase) || (phase === 'paused' && pauseReason !== 'network');

/** When a campaign that waits goes on (ms). */
const goesAt = ({ quietUntil, sendAt }: CampaignView): number => quietUntil ?? sendAt ?? 0;

/** Messages of a campaign that have not gone: those here, and those that the gateway holds until their time. */
function unsentOf({ counts, heldBy, sendAt }: CampaignView, now: number): number {
  const there = heldBy === 'gateway' && (sendAt ?? 0) > now ? (counts.accepted ?? 0) : 0;
  return (counts.held ?? 0) + (counts.queued ?? 0) + there;
}

/** People that a campaign is or was to be sent to: neither left out nor cancelled. */
function recipientsOf({ counts }: CampaignView): number {
  const all = Object.values(counts).reduce<number>((sum, count) => sum + (count ?? 0), 0);
  return all - (counts['left-out'] ?? 0) - (counts.cancelled ?? 0);
}
