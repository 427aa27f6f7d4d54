import type { AccountId } from '#shared/ids.ts';
import type { Log } from '../../../logging/log.ts';
import type { Clock } from '../../clock.ts';
import type { RawBody, Reading } from '../../gateways/gateway.ts';
import type { Store } from '../../store/store.ts';
import { answeredNumber, factsJson, isPending } from './facts.ts';
import type { LookupQueries } from './queries.ts';

/**
 * Takes answers that the gateway pushes. A body is committed as it came before anything parses it. Answers are matched by
 * the gateway's id, else by number; those that belong to no question stay in the journal.
 */
export function createPushedAnswers(deps: {
  readonly store: Store;
  readonly queries: LookupQueries;
  readonly reading: Reading;
  readonly clock: Clock;
  readonly log: Log;
  /** Numbers of these lookups were answered. */
  readonly answered: (counts: ReadonlyMap<number, number>) => void;
}) {
  const { store, queries, reading, clock, log } = deps;

  function file(account: AccountId, journalId: number, raw: RawBody): number | null {
    const read = reading.lookups(raw.body);
    if (!read.ok) {
      log.warn('lookups.unreadable', { journal: journalId, code: read.error.code });
      store.transaction(() => queries.problem(journalId, read.error.facts?.detail ?? read.error.code));
      return null;
    }
    const { answers, skipped } = read.value;
    const counts = new Map<number, number>();
    store.transaction(() => {
      let strange = skipped;
      for (const answer of answers) {
        const key = queries.find(account, answer.lookupId, answeredNumber(answer));
        if (!key) strange++;
        else if (!isPending(answer)) {
          queries.answer(key, factsJson(answer), raw.receivedAt);
          counts.set(key.lookup_id, (counts.get(key.lookup_id) ?? 0) + 1);
        }
      }
      if (strange > 0) queries.problem(journalId, `${strange} answers to no question`);
      else queries.parsed(journalId, clock.now());
    });
    deps.answered(counts);
    return answers.length + skipped;
  }

  function fileOrLeave(account: AccountId, journalId: number, raw: RawBody): number | null {
    try {
      return file(account, journalId, raw);
    } catch (error) {
      log.error('lookups.not-filed', error, { journal: journalId });
      return null;
    }
  }

  return {
    /** Stores a body, then files its answers. Throws only when it could not be stored. */
    take(account: AccountId, raw: RawBody): { readonly entries: number | null } {
      const id = store.transaction(() => queries.journal(account, raw.body, raw.receivedAt));
      return { entries: fileOrLeave(account, id, raw) };
    },
    /** Files what was stored but not read when the program ended. */
    leftOver(): void {
      for (const row of queries.unparsed()) {
        fileOrLeave(row.account_id, row.id, { body: row.body, receivedAt: row.received_at });
      }
    },
  };
}
