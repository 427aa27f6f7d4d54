import type { AccountId } from '#shared/ids.ts';
import type { SyncView } from '#shared/ipc/messages.ts';
import type { Log } from '../../../logging/log.ts';
import type { AccountAccess } from '../../account-access.ts';
import type { Changes } from '../../changes.ts';
import type { Clock, Timer } from '../../clock.ts';
import type { RawBody, Reading } from '../../gateways/gateway.ts';
import type { Store } from '../../store/store.ts';
import type { Timings } from '../../timings.ts';
import type { Outbox } from '../outbox/service.ts';
import { AccountCollector } from './collector.ts';
import { coverageGaps } from './coverage.ts';
import { createIngest } from './ingest.ts';
import { reportQueries } from './queries.ts';

/** How often it is seen to that connections are open which have to be, in ms. */
const LISTEN_EVERY_MS = 30_000;
/** How far back the log answers (API document: 48 hours). */
const LOG_REACH_MS = 48 * 3_600_000;
/** Gaps older than this are history and no longer shown. */
const GAPS_SHOWN_MS = 90 * 24 * 3_600_000;

/** What comes back from the gateways. */
export type Reports = ReturnType<typeof createReports>;

/** One per space. */
export function createReports(deps: {
  readonly store: Store;
  readonly clock: Clock;
  readonly timings: Timings;
  readonly accounts: AccountAccess;
  readonly outbox: Outbox;
  readonly changes: Changes;
  readonly log: Log;
  readonly reading: Reading;
  /** Takes a received SMS that came over an account's open connection; throws when it cannot be stored. */
  readonly onInbound: (account: AccountId, raw: RawBody) => void;
}) {
  const { store, clock, accounts, outbox, changes } = deps;
  const queries = reportQueries(store.db);
  const ingest = createIngest({ ...deps, queries });
  const collectors = new Map<AccountId, AccountCollector>();
  const states = new Map<AccountId, { running: boolean; failed: string | null }>();
  const listeners = new Set<() => void>();
  let listening: Timer | null = null;

  function collector(account: AccountId): AccountCollector {
    const existing = collectors.get(account);
    if (existing) return existing;
    const created = new AccountCollector({
      ...deps,
      account,
      queries,
      ingest,
      onState(id, state) {
        states.set(id, state);
        for (const listener of listeners) listener();
      },
      touched: (campaignId) => changes.touched(campaignId),
    });
    collectors.set(account, created);
    return created;
  }

  const newest = (times: readonly (number | null)[]) =>
    times.reduce<number | null>(
      (latest, time) => (time !== null && (latest === null || time > latest) ? time : latest),
      null,
    );

  function state(): SyncView {
    const ids = accounts.active().map(({ id }) => id);
    const now = clock.now();
    return {
      running: [...states.values()].some(({ running }) => running),
      lastReportPull: newest(ids.map((id) => queries.lastPull(id))),
      lastLogSweep: newest(ids.map((id) => queries.lastSweep(id).at)),
      // Idle days are no gap: only a time from which a report is missing is shown.
      gaps: ids.flatMap((id) =>
        coverageGaps(queries.sweeps(id, now - GAPS_SHOWN_MS), now - LOG_REACH_MS).filter(({ from, until }) =>
          queries.missing(id, from - LOG_REACH_MS, until),
        ),
      ),
      unreadable: queries.unreadable(),
      failed: [...states.values()].find(({ failed }) => failed !== null)?.failed ?? null,
    };
  }

  /**
   * Keeps the connections open over which received SMS come unasked. Only of accounts whose password was had in this run: no
   * keychain dialog opens out of the blue.
   */
  function keepListening(): void {
    listening = clock.after(LISTEN_EVERY_MS, () => {
      for (const { id } of accounts.active()) {
        if (accounts.capabilitiesOf(id)?.inbox === 'stream' && accounts.secretKnown(id)) {
          void collector(id).listen();
        }
      }
      keepListening();
    });
  }

  return {
    /** Goes on collecting for accounts that wait for something; touches no other account and no password. */
    start(): void {
      for (const { id } of accounts.active()) {
        if (queries.awaits(id) || outbox.nextLookAt(id) !== null) collector(id).wake();
      }
      keepListening();
    },

    /** Messages of an account were taken, or became uncertain. */
    wake: (account: AccountId): void => collector(account).wake(),

    /**
     * Takes a body of reports that was pushed here: stored before it is applied. Throws when it cannot be stored; gives how many
     * entries it had, `null` when it cannot be read (it is kept).
     */
    take: (account: AccountId, source: 'push' | 'stream', raw: RawBody): { entries: number | null } =>
      ingest.report(account, 0, source, raw),

    async stop(): Promise<void> {
      listening?.cancel();
      listening = null;
      await Promise.all([...collectors.values()].map((each) => each.stop()));
    },

    /** Pulls reports and sweeps the log of every account now. */
    async sync(): Promise<SyncView> {
      await Promise.all(accounts.active().map(({ id }) => collector(id).syncNow()));
      return state();
    },

    state,

    /** Calls `listener` when {@link state} may have changed, until the returned function is called. */
    onState(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
