import { appError, type AppError } from '#shared/errors.ts';
import { spaceOf, type AccountId } from '#shared/ids.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { Log } from '../../../logging/log.ts';
import type { AccountAccess } from '../../account-access.ts';
import type { Clock, Timer } from '../../clock.ts';
import type { Gateway } from '../../gateways/gateway.ts';
import { classifySqliteError } from '../../store/sqlite-errors.ts';
import type { Store } from '../../store/store.ts';
import type { InboxIngest, Taken } from './ingest.ts';
import type { InboxQueries } from './queries.ts';

/** Asks while the program runs, in ms; doubles up to {@link SLOWEST_MS} while an account fails. */
const EVERY_MS = 5 * 60_000;
const SLOWEST_MS = 60 * 60_000;
/** Messages asked for at once: few enough that a page lost on the way is one the log soon fills. */
const PAGE = 200;
/** Entries of a page when no limit is known to the server (facts of the platform: 50). */
const DEFAULT_PAGE = 50;
/** Pages of one fetch at most; the rest is taken by the next one. */
const PAGES_A_FETCH = 50;
/** How far back the repeatable log is read at the first fetch of a run: it fills what a lost answer took along. */
const LOG_REACH_MS = 48 * 3_600_000;

/** How an account stands in this run. Times in ms since the epoch. */
type Turn = { nextAt: number; failures: number; logsRead: boolean };

/**
 * Asks accounts that can be asked for received messages: when told to, and every five minutes while the program runs. What
 * happens unasked leaves alone accounts whose password was not needed yet in this run (it would open a keychain dialog) and
 * the practice account until it was used (it would start the practice gateway).
 */
export function createFetching(deps: {
  readonly store: Store;
  readonly queries: InboxQueries;
  readonly ingest: InboxIngest;
  readonly accounts: AccountAccess;
  readonly clock: Clock;
  readonly log: Log;
  readonly changed: () => void;
}) {
  const { store, queries, ingest, accounts, clock, log, changed } = deps;
  const turns = new Map<AccountId, Turn>();
  const running = new Map<AccountId, Promise<Result<number, AppError>>>();
  const closing = new AbortController();
  let timer: Timer | null = null;

  const turnOf = (id: AccountId): Turn => {
    const turn = turns.get(id) ?? { nextAt: 0, failures: 0, logsRead: false };
    turns.set(id, turn);
    return turn;
  };

  async function pull(id: AccountId, gateway: Gateway): Promise<Result<number, AppError>> {
    const limit = Math.min(PAGE, gateway.capabilities.pageLimit || PAGE);
    let received = 0;
    for (let page = 0; page < PAGES_A_FETCH && !closing.signal.aborted; page++) {
      // Written before asking: what cannot be stored must not be taken off the gateway.
      store.transaction(() => queries.asking(id, clock.now()));
      const raw = await gateway.fetchInbox({ limit }, closing.signal);
      const taken = raw.ok ? ingest.take(id, raw.value) : null;
      // What was handed out and did not arrive whole is only in the log now.
      if (taken === null || taken.entries === null) turnOf(id).logsRead = false;
      if (!raw.ok) return raw;
      if (taken === null) break;
      received += taken.received;
      // Some servers hand the same messages out again and again: a full page of known ones is the end, too.
      if (!isFull(taken, limit) || taken.received === 0) break;
    }
    if (turnOf(id).logsRead || closing.signal.aborted) return ok(received);
    const filled = await readLog(id, gateway);
    return filled.ok ? ok(received + filled.value) : filled;
  }

  /** Reads the log backwards from its newest page, as far as it has one. */
  async function readLog(id: AccountId, gateway: Gateway): Promise<Result<number, AppError>> {
    const limit = gateway.capabilities.pageLimit || PAGE;
    const since = clock.now() + gateway.clockOffsetMs() - LOG_REACH_MS;
    let received = 0;
    let until: number | null = null;
    for (let page = 0; page < PAGES_A_FETCH && !closing.signal.aborted; page++) {
      const query = { logs: true, since, limit, ...(until === null ? {} : { until }) };
      const raw = await gateway.fetchInbox(query, closing.signal);
      if (!raw.ok && raw.error.code !== 'NOT_SUPPORTED') return raw;
      if (!raw.ok) break;
      const taken = ingest.take(id, raw.value);
      received += taken.received;
      const { oldest } = taken;
      // Its own last millisecond is asked for again, since the page may end in the middle of it.
      if (!isFull(taken, limit) || oldest === null || (until !== null && oldest + 1 >= until)) break;
      until = oldest + 1;
    }
    turnOf(id).logsRead = !closing.signal.aborted;
    return ok(received);
  }

  async function ask(id: AccountId): Promise<Result<number, AppError>> {
    const gateway = await accounts.gatewayFor(id);
    if (!gateway.ok) return gateway;
    // An account that was never probed shows what it can do only now.
    if (gateway.value.capabilities.inbox !== 'pull') return ok(0);
    return pull(id, gateway.value);
  }

  async function fetchOnce(id: AccountId): Promise<Result<number, AppError>> {
    let result: Result<number, AppError>;
    try {
      result = await ask(id);
    } catch (error) {
      const incident = log.error('inbox.fetch-failed', error, { account: id });
      result = err(classifySqliteError(error) ?? appError('UNEXPECTED', { incident }));
    }
    if (closing.signal.aborted) return result;
    const turn = turnOf(id);
    turn.failures = result.ok ? 0 : turn.failures + 1;
    const retryAfter = result.ok ? 0 : (result.error.facts?.retryAfter ?? 0) * 1_000;
    const wait = Math.min(EVERY_MS * 2 ** turn.failures, SLOWEST_MS);
    turn.nextAt = clock.now() + Math.max(result.ok ? EVERY_MS : wait, retryAfter);
    const code = result.ok ? null : result.error.code;
    try {
      if (queries.fetchState(id).failed !== code) store.transaction(() => queries.asked(id, code));
    } catch (error) {
      // Only the line that says how the last fetch ended is lost.
      log.error('inbox.state-not-stored', error, { account: id });
    }
    changed();
    return result;
  }

  /** Calls at the same time ask once. */
  function fetchAccount(id: AccountId): Promise<Result<number, AppError>> {
    const under = running.get(id) ?? fetchOnce(id).finally(() => running.delete(id));
    running.set(id, under);
    return under;
  }

  const canPull = (id: AccountId) => (accounts.capabilitiesOf(id)?.inbox ?? 'pull') === 'pull';
  const mayAskUnasked = (id: AccountId) =>
    accounts.capabilitiesOf(id)?.inbox === 'pull' &&
    accounts.secretKnown(id) &&
    (spaceOf(id) === 'real' || turns.has(id)) &&
    turnOf(id).nextAt <= clock.now();

  function tick(): void {
    timer = null;
    try {
      for (const { id } of accounts.active()) if (mayAskUnasked(id)) void fetchAccount(id);
    } catch (error) {
      log.error('inbox.tick-failed', error);
    }
    if (!closing.signal.aborted) timer = clock.after(EVERY_MS, tick);
  }

  return {
    /** Begins to ask at intervals; the first time after the first interval. */
    start(): void {
      timer ??= clock.after(EVERY_MS, tick);
    },

    /** Asks every account that can be asked, now. */
    async fetchAll(): Promise<{ received: number; failed: string | null }> {
      const asked = accounts.active().filter(({ id }) => canPull(id));
      const results = await Promise.all(asked.map(({ id }) => fetchAccount(id)));
      const failed = results.find((result) => !result.ok);
      return {
        received: results.reduce((sum, result) => sum + (result.ok ? result.value : 0), 0),
        failed: failed && !failed.ok ? failed.error.code : null,
      };
    },

    /** Asks no more and waits for what is under way. */
    async stop(): Promise<void> {
      closing.abort();
      timer?.cancel();
      timer = null;
      await Promise.all(running.values());
    },
  };
}

/** Whether more may follow a page. A server that does not know the limit answers with its own number of entries. */
const isFull = ({ entries }: Taken, limit: number): boolean =>
  entries !== null && (entries >= limit || entries === DEFAULT_PAGE);
