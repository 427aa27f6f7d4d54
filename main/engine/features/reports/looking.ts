import type { AppError } from '#shared/errors.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { Gateway } from '../../gateways/gateway.ts';
import type { UncertainRow } from '../outbox/service.ts';
import { GIVE_UP_AFTER_MS, OVERLAP_MS, type CollectorDeps, type Going } from './collector-deps.ts';
import { sweepLog } from './sweep.ts';

/** Messages of ours whose ids fit into one look at the log. */
const LOOK_BY_ID = 100;
/** Up to so many numbers are looked up one by one; more are found by reading the period's log. */
const LOOK_BY_NUMBER = 5;

/** Looks for one account's uncertain messages. */
export function createLooking(deps: CollectorDeps, going: Going) {
  const { account, accounts, outbox, ingest, clock } = deps;

  /** Those of some uncertain messages that are still due, as they are now: one that was sent again meanwhile is another question. */
  function still(rows: readonly UncertainRow[]): readonly UncertainRow[] {
    if (rows.length === 0) return rows;
    const attempts = new Map(rows.map((row) => [row.id, row.attempt_at]));
    return outbox.due(account).filter((row) => attempts.get(row.id) === row.attempt_at);
  }

  /** Asks the log for messages by the ids of ours that they were sent with. */
  async function lookById(gateway: Gateway, rows: readonly UncertainRow[]): Promise<Result<null, AppError>> {
    for (let at = 0; at < rows.length && going(); at += LOOK_BY_ID) {
      const messageIds = rows.slice(at, at + LOOK_BY_ID).flatMap((row) => row.own_id ?? []);
      const raw = await gateway.fetchLogs({ messageIds, limit: gateway.capabilities.pageLimit });
      if (!raw.ok) return err(raw.error);
      ingest.logPage(account, gateway.clockOffsetMs(), raw.value);
    }
    return ok(null);
  }

  async function lookInLog(gateway: Gateway, due: readonly UncertainRow[]): Promise<Result<null, AppError>> {
    if (due.length === 0 || !going()) return ok(null);
    const now = clock.now();
    const reach = now - gateway.capabilities.logWindowMs + OVERLAP_MS;
    const forgotten = due.filter((row) => row.attempt_at < reach);
    if (forgotten.length > 0) outbox.undecidable(forgotten);
    const asked = due.filter((row) => row.attempt_at >= reach);
    if (asked.length === 0) return ok(null);
    const period = { from: Math.min(...asked.map((row) => row.attempt_at)), until: now };
    const numbers = [...new Set(asked.map((row) => row.msisdn))];
    // Where another computer sends too, a message is told from its by all that left in the same request.
    const oneByOne = numbers.length <= LOOK_BY_NUMBER && !accounts.get(account)?.options.isShared;
    let complete = true;
    for (const narrow of oneByOne ? numbers.map((to) => ({ to })) : [{}]) {
      const swept = await sweepLog(account, gateway, ingest, period, going, narrow);
      if (!swept.ok) return swept;
      complete &&= swept.value.complete;
    }
    ingest.waiting(account, gateway.clockOffsetMs());
    if (!going()) return ok(null);
    const missing = still(asked);
    if (missing.length === 0) return ok(null);
    if (complete) outbox.notFound(missing);
    else outbox.undecidable(missing);
    // What was found may have been reported already.
    ingest.waiting(account, gateway.clockOffsetMs());
    return ok(null);
  }

  return {
    /** What is uncertain for longer than any log reaches back is the user's to decide, also when nobody can be asked. */
    giveUpOld(): void {
      const before = clock.now() - GIVE_UP_AFTER_MS;
      outbox.undecidable(
        outbox.due(account).filter((row) => (row.uncertain_since ?? row.attempt_at) < before),
      );
    },

    /**
     * Looks for uncertain messages whose time has come. What the log proves is claimed while its pages are read. Messages with an
     * id of ours that it does not show are sent once more under the same id; without a log and without such an id nobody can
     * tell, and the user decides.
     */
    async look(gateway: Gateway): Promise<Result<null, AppError>> {
      const all = outbox.due(account);
      if (all.length === 0 || !going()) return ok(null);
      const { logs, ownMessageIds } = gateway.capabilities;
      const own = ownMessageIds ? all.filter((row) => row.own_id !== null) : [];
      const looked = logs ? await lookById(gateway, own) : ok(null);
      if (!looked.ok) return looked;
      outbox.repeatByOwnId(still(own));
      const due = still(all.filter((row) => !own.includes(row)));
      // The log shows nothing of a message that the gateway holds for later.
      const blind = logs ? due.filter((row) => row.scheduled === 1) : due;
      outbox.undecidable(blind);
      return logs ? lookInLog(gateway, still(due)) : ok(null);
    },
  };
}
