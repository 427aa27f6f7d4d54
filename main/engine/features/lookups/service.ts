import { appError, type AppError } from '#shared/errors.ts';
import type { AccountId, Space } from '#shared/ids.ts';
import type { KnownNumber, Lookup, LookupRow } from '#shared/ipc/lookups.ts';
import { foldDigits } from '#shared/phone/digits.ts';
import { parseRecipients } from '#shared/phone/recipients.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { Log } from '../../../logging/log.ts';
import type { AccountAccess } from '../../account-access.ts';
import type { Clock } from '../../clock.ts';
import type { RawBody, Reading } from '../../gateways/gateway.ts';
import type { Store } from '../../store/store.ts';
import { factsOf } from './facts.ts';
import { createJobs, isComplete } from './jobs.ts';
import { createPushedAnswers } from './pushed.ts';
import { lookupQueries, type LookupTableRow } from './queries.ts';
import { createRates } from './rates.ts';

/** Number lookups of one space. */
export type Lookups = ReturnType<typeof createLookups>;

/** Numbers of one lookup at most: as many as one sending may have. */
const MOST_NUMBERS = 100_000;

/** One page of a list; `next` is the cursor of the page after it. */
type Page<T> = { rows: T[]; next?: string };

/**
 * One per space. `notifyAddress` gives the local receiver's address for pushed answers of an account, or `null` while it
 * does not listen.
 */
export function createLookups(deps: {
  readonly space: Space;
  readonly store: Store;
  readonly accounts: AccountAccess;
  readonly reading: Reading;
  readonly clock: Clock;
  readonly log: Log;
  readonly notifyAddress: (account: AccountId) => string | null;
}) {
  const { space, store, accounts, clock } = deps;
  const queries = lookupQueries(store.db);
  const rates = createRates(clock);
  const listeners = new Set<(id: number) => void>();

  const changed = (id: number) => {
    for (const listener of listeners) listener(id);
  };
  const setState = (id: number, state: Lookup['state'], problem: string | null) => {
    store.transaction(() => queries.setState(id, state, problem));
    if (state !== 'running') rates.forget(id);
    changed(id);
  };
  const progressed = (id: number, count: number) => {
    rates.add(id, count);
    changed(id);
  };
  const jobs = createJobs({ ...deps, queries, progressed, setState });
  const pushed = createPushedAnswers({
    ...deps,
    queries,
    answered(counts) {
      for (const [id, count] of counts) {
        progressed(id, count);
        const row = queries.get(id);
        if (row && row.state !== 'running' && isComplete(row)) setState(id, 'done', null);
      }
    },
  });

  function view(row: LookupTableRow): Lookup {
    const rate = row.state === 'running' || row.state === 'waiting' ? rates.perSecond(row.id) : null;
    const left = Math.max(0, row.total - row.answered - row.failed);
    return {
      id: row.id,
      space,
      accountId: row.account_id,
      accountName: accounts.get(row.account_id)?.name ?? '',
      mode: row.mode,
      createdAt: row.created_at,
      total: row.total,
      answered: row.answered,
      failed: row.failed,
      problem: row.problem,
      state: row.state,
      ratePerSecond: rate,
      timeLeft: rate === null ? null : Math.round((left / rate) * 1_000),
    };
  }

  return {
    /** What a lookup of these numbers would ask; stores nothing. */
    plan(numbers: string): { numbers: number; invalid: number; duplicates: number } {
      const { accepted, rejected, duplicates } = parseRecipients(numbers);
      return { numbers: accepted.length, invalid: rejected.length, duplicates: duplicates.length };
    },

    /** Files a lookup and begins to ask. */
    start(order: {
      readonly accountId: AccountId;
      readonly numbers: string;
      readonly mode: Lookup['mode'];
    }): Result<Lookup, AppError> {
      const { accountId, mode } = order;
      if (!accounts.active().some(({ id }) => id === accountId)) return err(appError('NOT_FOUND'));
      const can = accounts.capabilitiesOf(accountId)?.lookup;
      if (can === 'none' || (mode === 'async' && can === 'sync')) return err(appError('NOT_SUPPORTED'));
      const notifyUrl = mode === 'async' ? deps.notifyAddress(accountId) : null;
      if (mode === 'async' && notifyUrl === null)
        return err(appError('RECEIVER_FAILED', { detail: 'no address that the gateway can reach' }));
      const numbers = parseRecipients(order.numbers).accepted.map(({ msisdn }) => msisdn);
      if (numbers.length === 0) return err(appError('NOTHING_TO_SEND'));
      if (numbers.length > MOST_NUMBERS)
        return err(appError('TOO_MANY_RECIPIENTS', { limit: MOST_NUMBERS, actual: numbers.length }));
      const id = store.transaction(() => queries.insert(accountId, mode, clock.now(), numbers));
      const row = rowOf(id);
      jobs.run(row, notifyUrl);
      changed(id);
      return ok(view(row));
    },

    /** Asks no more; answers that came are kept, and those that are still pushed are filed. */
    async stop(id: number): Promise<Result<null, AppError>> {
      const row = queries.get(id);
      if (!row) return err(appError('NOT_FOUND'));
      const worked = await jobs.stop(id);
      if (!worked && (row.state === 'running' || row.state === 'waiting')) setState(id, 'stopped', null);
      return ok(null);
    },

    /**
     * Goes on with numbers that have no answer yet. `NOT_POSSIBLE_NOW` while it runs or waits, when every number has its
     * answer, and when answers are to be pushed but the receiver does not listen.
     */
    resume(id: number): Result<null, AppError> {
      const row = queries.get(id);
      if (!row) return err(appError('NOT_FOUND'));
      const stands = !jobs.isRunning(id) && row.state !== 'running' && row.state !== 'waiting';
      const notifyUrl = row.mode === 'async' ? deps.notifyAddress(row.account_id) : null;
      if (!stands || row.answered >= row.total || (row.mode === 'async' && notifyUrl === null))
        return err(appError('NOT_POSSIBLE_NOW'));
      store.transaction(() => {
        queries.openAgain(id, 'failed');
        // Only when nothing is left that was never asked: asking twice is paid for twice.
        if (queries.open(id, -1, 1).length === 0) queries.openAgain(id, 'awaited');
        queries.setState(id, 'running', null);
      });
      jobs.run(rowOf(id), notifyUrl);
      changed(id);
      return ok(null);
    },

    /** Takes answers that the gateway pushed. Throws when they could not be stored: the gateway must keep them then. */
    take: (account: AccountId, raw: RawBody): { readonly entries: number | null } =>
      pushed.take(account, raw),

    get(id: number): Lookup | null {
      const row = queries.get(id);
      return row && view(row);
    },

    /** Newest first; `cursor` is the `next` of the page before. */
    list(cursor: string | undefined, limit: number): Result<Page<Lookup>, AppError> {
      const before = cursor === undefined ? Number.MAX_SAFE_INTEGER : Number(cursor);
      if (!Number.isSafeInteger(before)) return err(appError('INVALID_INPUT', { field: 'cursor' }));
      return ok(pageOf(queries.page(before, limit + 1), limit, view, ({ id }) => String(id)));
    },

    /** Numbers of a lookup in the order they were given. */
    rows(id: number, cursor: string | undefined, limit: number): Result<Page<LookupRow>, AppError> {
      const after = cursor === undefined ? -1 : Number(cursor);
      if (!Number.isSafeInteger(after)) return err(appError('INVALID_INPUT', { field: 'cursor' }));
      if (!queries.get(id)) return err(appError('NOT_FOUND'));
      const shown = queries.rows(id, after, limit + 1);
      return ok(
        pageOf(
          shown,
          limit,
          ({ msisdn, facts, at, problem }) => ({
            msisdn,
            facts: facts === null ? null : factsOf(facts),
            at,
            problem,
          }),
          ({ position }) => String(position),
        ),
      );
    },

    /** Networks (`mccmnc`) that answers named for these numbers, and when (ms). */
    networks: queries.networks,

    /** Every number that was ever looked up, with its newest facts, by number. */
    known(search: string | undefined, cursor: string | undefined, limit: number): Page<KnownNumber> {
      const digits = foldDigits(search ?? '')
        .replace(/\D/gu, '')
        .replace(/^0+(?=\d)/u, '');
      return pageOf(
        queries.known(cursor ?? '', digits, limit + 1),
        limit,
        ({ msisdn, facts, at }) => ({ msisdn, facts: factsOf(facts), at }),
        ({ msisdn }) => msisdn,
      );
    },

    /** Marks what an earlier run left running as interrupted, and files answers that it had no time for. Asks nobody. */
    open(): void {
      store.transaction(() => queries.interrupted());
      pushed.leftOver();
    },

    /** Interrupts what runs and waits for it. */
    close: (): Promise<void> => jobs.close(),

    /** Calls `listener` with the id of each lookup that changed, until the returned function is called. */
    onChange(listener: (id: number) => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };

  /** A lookup that was just written. */
  function rowOf(id: number): LookupTableRow {
    const row = queries.get(id);
    if (!row) throw new Error('A lookup that was just written is gone');
    return row;
  }
}

function pageOf<Row, Shown>(
  rows: readonly Row[],
  limit: number,
  show: (row: Row) => Shown,
  cursorOf: (last: Row) => string,
): Page<Shown> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    rows: shown.map(show),
    ...(rows.length > limit && last !== undefined ? { next: cursorOf(last) } : {}),
  };
}
