import type { AppError } from '#shared/errors.ts';
import { ok, type Result } from '#shared/result.ts';
import type { Gateway } from '../../gateways/gateway.ts';
import { OVERLAP_MS, type CollectorDeps, type Going } from './collector-deps.ts';
import { endOldWaits } from './ending.ts';
import { sweepLog } from './sweep.ts';

/** Reads one account's log at intervals, and ends the wait for what it has forgotten. */
export function createSweeping(deps: CollectorDeps, going: Going) {
  const { account, queries, ingest, clock, store, timings } = deps;
  let next = 0;
  let nextDeep = 0;

  return {
    /** Whether it is time again. */
    due: (): boolean => clock.now() >= next,

    /** Reads the log since the last time, and now and then as far back as a message is awaited. */
    async sweep(gateway: Gateway): Promise<Result<null, AppError>> {
      if (!gateway.capabilities.logs) return ok(null);
      const until = clock.now();
      const reach = until - gateway.capabilities.logWindowMs;
      // A telephone that stays off keeps its message awaited for two days. Going back to it each time would read the whole log
      // again and again, so that is done by the hour.
      const deep = until >= nextDeep;
      const oldest = deep ? queries.oldestAwaiting(account) : null;
      const last = queries.lastSweep(account).until;
      const from = Math.max(
        reach,
        Math.min(last === null ? reach : last - OVERLAP_MS, (oldest ?? until) - OVERLAP_MS),
      );
      const swept = await sweepLog(account, gateway, ingest, { from, until }, going);
      if (!swept.ok) return swept;
      if (deep) nextDeep = clock.now() + timings.deepSweepEvery;
      next = clock.now() + timings.sweepEvery;
      ingest.waiting(account, gateway.clockOffsetMs());
      if (swept.value.complete) {
        store.transaction(() => queries.sweep(account, { from, until }, clock.now()));
      }
      await endOldWaits(deps, going, until);
      return ok(null);
    },
  };
}
