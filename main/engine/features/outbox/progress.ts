import type { AccountId } from '#shared/ids.ts';
import type { Rules } from '#shared/rules/rules.ts';
import type { SendingProgress } from '#shared/ipc/host.ts';
import { opensAt } from './lanes.ts';
import type { UnsentRow, WatchQueries } from './watch-queries.ts';

const NOTHING: SendingProgress = { fraction: null, waiting: 0, paused: 0, isPaused: false, nextAt: null };

/** What a campaign's messages are doing now. `later`: it waits for a time; `undo`: it can still be taken back whole. */
function standOf(
  row: UnsentRow,
  rules: Pick<Rules, 'quiet'>,
  now: number,
): 'paused' | 'running' | 'undo' | number {
  if (row.stopped === 1) return 'paused';
  const opens = opensAt(row, rules, now) ?? now;
  if (opens > now) return opens;
  return row.held_until > now && row.queued + row.submitting === 0 ? 'undo' : 'running';
}

/** How far everything of a space is that is being sent. One per space: it remembers how much the running campaigns had to send. */
export function createProgress(deps: {
  readonly queries: WatchQueries;
  readonly openAccounts: () => readonly AccountId[];
  readonly rules: () => Pick<Rules, 'quiet'>;
  /** The next time (ms) at which something is planned anew and sent; `null`: never. */
  readonly nextRepeat: () => number | null;
}) {
  const { queries } = deps;
  let totals = new Map<number, number>();

  /** The share of campaigns that is done. */
  function done(rows: readonly UnsentRow[]): number {
    const known = new Map(rows.map(({ id }) => [id, totals.get(id) ?? queries.total(id)]));
    totals = known;
    const all = [...known.values()].reduce((sum, total) => sum + total, 0);
    const left = rows.reduce((sum, row) => sum + leftOf(row), 0);
    return all === 0 ? 0 : Math.min(1, Math.max(0, 1 - left / all));
  }

  return {
    /** What is on its way at `now` (ms). */
    at(now: number): SendingProgress {
      const rules = deps.rules();
      const rows = deps
        .openAccounts()
        .flatMap((account) => queries.unsent(account))
        .filter(({ cancelled }) => cancelled === 0);
      const repeat = deps.nextRepeat();
      if (rows.length === 0) return { ...NOTHING, nextAt: repeat };
      const stands = rows.map((row) => ({ row, stand: standOf(row, rules, now) }));
      const those = (which: 'paused' | 'running') =>
        stands.filter(({ stand }) => stand === which).map(({ row }) => row);
      const moving = those('running');
      const shown = moving.length > 0 ? moving : those('paused');
      const times = [...stands.map(({ stand }) => stand), repeat].filter((time) => typeof time === 'number');
      return {
        fraction: shown.length === 0 ? null : done(shown),
        // What waits for its own time is not waiting to be handed over; what waits for the quiet hours to end is.
        waiting: stands
          .filter(({ row, stand }) => typeof stand !== 'number' || (row.send_at ?? 0) <= now)
          .reduce((sum, { row }) => sum + leftOf(row), 0),
        paused: those('paused').reduce((sum, row) => sum + leftOf(row), 0),
        isPaused: moving.length === 0 && shown.length > 0,
        nextAt: times.length === 0 ? null : Math.min(...times),
      };
    },
  };
}

const leftOf = (row: UnsentRow) => row.held + row.queued + row.submitting;
