import { appError, type AppError } from '#shared/errors.ts';
import type { CampaignId } from '#shared/ids.ts';
import type { CampaignPhase, CampaignView } from '#shared/ipc/campaigns.ts';
import type { CalendarEntry, OutboxView } from '#shared/ipc/outbox.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { Changes } from '../../changes.ts';
import type { Clock } from '../../clock.ts';
import type { Store } from '../../store/store.ts';
import type { Campaigns } from '../campaigns/service.ts';
import type { Series } from '../series/service.ts';
import { overviewQueries } from './overview-queries.ts';

/** Campaigns that each list shows at most. */
const SHOWN = 100;
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
  readonly series: Pick<Series, 'timesBetween'>;
}) {
  const { clock, changes, campaigns, series } = deps;
  const queries = overviewQueries(deps.store.db);
  /** What open campaigns were last, where only a change can make them another. */
  const resting = new Map<CampaignId, CampaignView>();
  changes.listen((id) => {
    if (id !== null) resting.delete(id);
  });

  function viewOf(id: CampaignId, now: number): CampaignView | null {
    const known = resting.get(id);
    if (known && (known.phase === 'paused' || (known.sendAt ?? 0) > now)) return known;
    const view = campaigns.get(id);
    const rests = view?.phase === 'scheduled' || (view?.phase === 'paused' && view.pauseReason !== 'network');
    if (view && rests) resting.set(id, view);
    else resting.delete(id);
    return view;
  }

  function openViews(): CampaignView[] {
    const now = clock.now();
    return queries.open(now).flatMap((id) => viewOf(id, now) ?? []);
  }

  return {
    /** What is on its way out now. */
    view(): OutboxView {
      const views = openViews();
      const of = (...phases: CampaignPhase[]) => views.filter(({ phase }) => phases.includes(phase));
      const sum = (count: (view: CampaignView) => number) =>
        views.reduce((total, view) => total + count(view), 0);
      const oldest = (a: CampaignView, b: CampaignView) => a.id - b.id;
      const soonest = (a: CampaignView, b: CampaignView) => (a.sendAt ?? 0) - (b.sendAt ?? 0) || oldest(a, b);
      return {
        running: of('sending', 'quiet').sort(oldest).slice(0, SHOWN),
        held: of('held').sort(oldest).slice(0, SHOWN),
        scheduled: of('scheduled').sort(soonest).slice(0, SHOWN),
        paused: of('paused').sort(oldest).slice(0, SHOWN),
        undecided: sum(({ undecided }) => undecided),
        checking: sum(({ counts, undecided }) => (counts.uncertain ?? 0) - undecided),
        waiting: sum(({ counts }) => (counts.held ?? 0) + (counts.queued ?? 0)),
      };
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
    listen: (changed: () => void) => changes.listen(() => changed()),
  };
}

/** People that a campaign is or was to be sent to: neither left out nor cancelled. */
function recipientsOf({ counts }: CampaignView): number {
  const all = Object.values(counts).reduce<number>((sum, count) => sum + (count ?? 0), 0);
  return all - (counts['left-out'] ?? 0) - (counts.cancelled ?? 0);
}
