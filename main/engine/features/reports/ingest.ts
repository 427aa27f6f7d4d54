import type { AccountId } from '#shared/ids.ts';
import type { Log } from '../../../logging/log.ts';
import type { AccountAccess } from '../../account-access.ts';
import type { Changes } from '../../changes.ts';
import type { Clock } from '../../clock.ts';
import type { RawBody, Reading } from '../../gateways/gateway.ts';
import type { Store } from '../../store/store.ts';
import type { Outbox } from '../outbox/service.ts';
import { createApplier } from './apply.ts';
import type { ReportQueries, Source } from './queries.ts';

/** How many entries a body had (`null` when it could not be read; it is kept), and how many of them said something new. */
export type Ingested = { readonly entries: number | null; readonly news: number };

/**
 * Takes bodies in. A once-only report body is committed as it came before anything parses it, so that neither a crash
 * nor a parser's mistake can lose it; applying it and marking it parsed is one further transaction.
 */
export function createIngest(deps: {
  readonly store: Store;
  readonly queries: ReportQueries;
  readonly outbox: Outbox;
  readonly reading: Reading;
  readonly accounts: AccountAccess;
  readonly changes: Changes;
  readonly clock: Clock;
  readonly log: Log;
}) {
  const { store, queries, reading, accounts, changes, clock, log } = deps;
  const applier = createApplier(deps);

  function applyBody(
    account: AccountId,
    offsetMs: number,
    journalId: number,
    source: Source,
    raw: RawBody,
  ): Ingested {
    const parsed = reading.reports(raw.body);
    if (!parsed.ok) {
      log.warn('reports.unreadable', { journal: journalId, source, code: parsed.error.code });
      store.transaction(() => queries.problem(journalId, parsed.error.facts?.detail ?? parsed.error.code));
      return { entries: null, news: 0 };
    }
    const { reports, skipped } = parsed.value;
    const toLocal = (ms: number) => ms - offsetMs;
    const result = store.transaction(() => {
      const applied = applier.applyPage(account, journalId, source, raw.receivedAt, reports, toLocal);
      queries.parsed(journalId, clock.now());
      if (reports.length + skipped === 0) queries.dropJournal(journalId);
      // Entries without an id belong to no row; the body that holds them stays visible.
      if (skipped > 0) queries.unclaimed(journalId, `${skipped} entries without an id`);
      return applied;
    });
    for (const price of result.prices) accounts.notePrice(account, price);
    for (const campaignId of result.campaigns) changes.touched(campaignId);
    return { entries: reports.length + skipped, news: result.news };
  }

  return {
    /**
     * A body of once-only reports: stored first, then applied. `offsetMs` is the gateway's clock minus this one's. Throws when
     * it cannot be stored; a failure after that is logged and the body stays to be applied later.
     */
    report(account: AccountId, offsetMs: number, source: Source, raw: RawBody): Ingested {
      const id = store.transaction(() => queries.journal(account, source, raw.body, raw.receivedAt));
      return applyBody(account, offsetMs, id, source, raw);
    },

    /** A body that can be asked for again, such as a page of the log: it is kept only when it cannot be read. */
    logPage(account: AccountId, offsetMs: number, raw: RawBody): Ingested {
      const parsed = reading.reports(raw.body);
      const keep = !parsed.ok || parsed.value.skipped > 0;
      const id = store.transaction(() =>
        queries.journal(account, 'log', keep ? raw.body : '', raw.receivedAt),
      );
      return applyBody(account, offsetMs, id, 'log', raw);
    },

    /** Applies what was stored but not parsed when the program ended. */
    leftOver(account: AccountId, offsetMs: number): void {
      for (const row of queries.unparsed()) {
        if (row.account_id !== account || row.body === '') continue;
        try {
          applyBody(account, offsetMs, row.id, row.source, { body: row.body, receivedAt: row.received_at });
        } catch (error) {
          // One body that upsets the program must not keep the others from being read, now and at every start.
          const incident = log.error('reports.left-over', error, { journal: row.id });
          store.transaction(() => queries.problem(row.id, `not applied (${incident})`));
        }
      }
    },

    /** Applies reports that were waiting for their message to become known. */
    waiting(account: AccountId, offsetMs: number): void {
      const touched = store.transaction(() => applier.applyWaiting(account, (ms) => ms - offsetMs));
      for (const campaignId of touched) changes.touched(campaignId);
    },
  };
}

/** {@link createIngest}'s value. */
export type Ingest = ReturnType<typeof createIngest>;
