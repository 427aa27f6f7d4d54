import type { Lookup } from '#shared/ipc/lookups.ts';
import type { Log } from '../../../logging/log.ts';
import { classifySqliteError } from '../../store/sqlite-errors.ts';
import type { LookupTableRow } from './queries.ts';
import { runLookup, type RunnerDeps } from './runner.ts';

/** Whether every number of a lookup has an answer, or a reason for having none. */
export const isComplete = (row: LookupTableRow): boolean => row.answered + row.failed >= row.total;

/** The lookups that are being worked on, and how each of them ended. */
export function createJobs(
  deps: RunnerDeps & {
    readonly log: Log;
    /** Stores a lookup's state and why it stands still, and tells it to whoever listens. */
    readonly setState: (id: number, state: Lookup['state'], problem: string | null) => void;
  },
) {
  const { queries, log, setState } = deps;
  const running = new Map<number, { readonly stop: AbortController; readonly ended: Promise<void> }>();
  let closing = false;

  async function work(row: LookupTableRow, notifyUrl: string | null, signal: AbortSignal): Promise<void> {
    const { id } = row;
    try {
      const result = await runLookup(deps, row, notifyUrl, signal);
      const now = queries.get(id);
      // Whoever hears of the new state may go on at once.
      running.delete(id);
      if (now && isComplete(now)) setState(id, 'done', null);
      else if (signal.aborted) setState(id, 'stopped', closing ? 'interrupted' : null);
      else if (!result.ok) setState(id, 'failed', result.error.code);
      else setState(id, 'waiting', null);
    } catch (error) {
      running.delete(id);
      const known = classifySqliteError(error);
      if (!known) log.error('lookups.failed', error, { lookup: id });
      try {
        setState(id, 'failed', known?.code ?? 'UNEXPECTED');
      } catch (again) {
        // It stays marked as running on the disk, which the next start takes for interrupted.
        log.error('lookups.state-not-stored', again, { lookup: id });
      }
    }
  }

  return {
    isRunning: (id: number): boolean => running.has(id),

    /** Begins to ask about a lookup's open numbers; answers come by push where there is a `notifyUrl`. */
    run(row: LookupTableRow, notifyUrl: string | null): void {
      const stop = new AbortController();
      running.set(row.id, { stop, ended: work(row, notifyUrl, stop.signal) });
    },

    /** Ends a lookup's work and waits for it; `false` when it was not being worked on. */
    async stop(id: number): Promise<boolean> {
      const job = running.get(id);
      job?.stop.abort();
      await job?.ended;
      return job !== undefined;
    },

    /** Interrupts all and waits for them. */
    async close(): Promise<void> {
      closing = true;
      const all = [...running.values()];
      for (const { stop } of all) stop.abort();
      await Promise.all(all.map(({ ended }) => ended));
    },
  };
}
