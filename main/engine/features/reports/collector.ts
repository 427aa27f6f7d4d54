import type { AppError } from '#shared/errors.ts';
import type { AccountId } from '#shared/ids.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { Log } from '../../../logging/log.ts';
import type { AccountAccess } from '../../account-access.ts';
import type { Clock, Timer } from '../../clock.ts';
import type { Gateway, RawBody } from '../../gateways/gateway.ts';
import type { Store } from '../../store/store.ts';
import type { Timings } from '../../timings.ts';
import type { Outbox, UncertainRow } from '../outbox/service.ts';
import type { Ingest } from './ingest.ts';
import type { ReportQueries } from './queries.ts';
import { sweepLog } from './sweep.ts';

/** Reports a pull asks for at once: few enough that a page lost on the way is one the log sweep soon fills. */
const REPORTS_A_PAGE = 200;
/** Pages of one pull at most; the rest is taken by the next one. */
const PAGES_A_PULL = 50;
/** Successive sweeps overlap by this, for entries that reached the log late. */
const OVERLAP_MS = 10 * 60_000;
/** A message without a final report this long after sending gets none any more: the log has forgotten it. */
const GIVE_UP_AFTER_MS = 49 * 3_600_000;
/** Messages that an account which is asked about each one is asked about at a time. */
const ASKED_AT_ONCE = 20;
/** Messages of ours whose ids fit into one look at the log. */
const LOOK_BY_ID = 100;
/** Up to so many numbers are looked up one by one; more are found by reading the period's log. */
const LOOK_BY_NUMBER = 5;

/** What a collector stands on. */
export type CollectorDeps = {
  readonly account: AccountId;
  readonly store: Store;
  readonly queries: ReportQueries;
  readonly ingest: Ingest;
  readonly outbox: Outbox;
  readonly accounts: AccountAccess;
  readonly clock: Clock;
  readonly timings: Timings;
  readonly log: Log;
  /** Takes a received SMS that came over the open connection; throws when it cannot be stored. */
  readonly onInbound: (account: AccountId, raw: RawBody) => void;
  /** Progress or failure of a pull, sweep or look, for the sync line. */
  readonly onState: (account: AccountId, state: { running: boolean; failed: string | null }) => void;
  readonly touched: (campaignId: number | null) => void;
};

/**
 * Collects one account's reports: pulls the once-only ones while messages are awaited, sweeps the repeatable log at
 * intervals, and looks for uncertain messages when their look is due. One thing at a time; sleeps when nothing is awaited.
 */
export class AccountCollector {
  readonly #deps: CollectorDeps;
  #timer: Timer | null = null;
  #plannedAt = Infinity;
  #chain: Promise<unknown> = Promise.resolve();
  #wait: number;
  #nextSweep = 0;
  #stopped = false;
  #ticking = false;
  #syncing: Promise<Result<null, AppError>> | null = null;
  #nextDeepSweep = 0;
  #leftOverDone = false;
  /** The open connection that reports come over, and the gateway it belongs to. */
  #stream: { readonly gateway: Gateway; readonly close: () => void } | null = null;
  /** Where asking message by message goes on. */
  #askedUpTo = 0;

  constructor(deps: CollectorDeps) {
    this.#deps = deps;
    this.#wait = deps.timings.reportsFastest;
  }

  /** Something was sent or became uncertain: look soon. */
  wake(): void {
    this.#wait = this.#deps.timings.reportsFastest;
    // A tick under way plans the next one when it ends.
    if (this.#ticking) return;
    // Called after each commit of a running campaign: cheap when a look is planned soon enough already.
    if (this.#timer && this.#plannedAt <= this.#deps.clock.now() + this.#wait) return;
    this.#plan();
  }

  /** Pulls and sweeps at once, whatever is awaited. */
  syncNow(): Promise<Result<null, AppError>> {
    this.#syncing ??= this.#serially(async (gateway) => {
      const pulled = await this.#pull(gateway);
      if (!pulled.ok) return pulled;
      const swept = await this.#sweep(gateway);
      if (!swept.ok) return swept;
      return this.#look(gateway);
    }).finally(() => (this.#syncing = null));
    return this.#syncing;
  }

  /** Ends after what is under way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#timer?.cancel();
    this.#stream?.close();
    this.#stream = null;
    await this.#chain;
  }

  /** Opens the connection that received SMS come over, when it is not open. Failures show when something is asked for. */
  async listen(): Promise<void> {
    const { account, accounts, log } = this.#deps;
    try {
      const gateway = await accounts.gatewayFor(account);
      if (gateway.ok) this.#listen(gateway.value);
    } catch (error) {
      log.error('listen-failed', error, { account });
    }
  }

  /** Opens the connection that reports come over, once for each gateway; another protocol or server closes it. */
  #listen(gateway: Gateway): void {
    if (this.#stream?.gateway === gateway || this.#stopped) return;
    this.#stream?.close();
    this.#stream = null;
    if (!gateway.stream) return;
    const { account, ingest, onInbound, touched } = this.#deps;
    const close = gateway.stream.open((kind, raw) => {
      if (kind === 'inbox') return onInbound(account, raw);
      ingest.report(account, gateway.clockOffsetMs(), 'stream', raw);
      touched(null);
    });
    this.#stream = { gateway, close };
  }

  #plan(): void {
    if (this.#stopped) return;
    const { account, queries, outbox, clock } = this.#deps;
    const lookAt = outbox.nextLookAt(account);
    const awaited = queries.awaits(account);
    const now = clock.now();
    const next = Math.min(
      awaited ? now + this.#wait : Infinity,
      lookAt === null ? Infinity : Math.max(lookAt, now),
    );
    if (next === Infinity || (this.#timer && this.#plannedAt <= next)) return;
    this.#timer?.cancel();
    this.#plannedAt = next;
    this.#timer = clock.after(Math.max(0, next - now), () => void this.#tick());
  }

  async #tick(): Promise<void> {
    this.#timer?.cancel();
    this.#timer = null;
    this.#plannedAt = Infinity;
    this.#ticking = true;
    const { clock, timings, queries, account } = this.#deps;
    this.#giveUpOld();
    const result = await this.#serially(async (gateway) => {
      // A log that cannot be read must not keep reports from being taken.
      const looked = await this.#look(gateway);
      if (!queries.awaits(account)) return looked;
      const pulled = await this.#pull(gateway);
      if (!pulled.ok) return pulled;
      this.#endWaits(gateway);
      this.#wait =
        pulled.value > 0 ? timings.reportsFastest : Math.min(this.#wait * 1.5, timings.reportsSlowest);
      if (!looked.ok) return looked;
      return clock.now() >= this.#nextSweep ? this.#sweep(gateway) : ok(null);
    });
    this.#ticking = false;
    if (!result.ok) return this.#retryLater();
    try {
      this.#plan();
    } catch (error) {
      this.#deps.log.error('collect-not-planned', error);
      this.#retryLater();
    }
  }

  /** What is uncertain for longer than any log reaches back is the user's to decide, also when nobody can be asked. */
  #giveUpOld(): void {
    const { account, outbox, clock } = this.#deps;
    const before = clock.now() - GIVE_UP_AFTER_MS;
    outbox.undecidable(outbox.due(account).filter((row) => (row.uncertain_since ?? row.attempt_at) < before));
  }

  /** After a failure nothing is asked for a while, not even looks that are due. */
  #retryLater(): void {
    if (this.#stopped) return;
    const { clock, timings } = this.#deps;
    this.#timer?.cancel();
    this.#wait = Math.min(Math.max(this.#wait * 2, timings.reportsFastest), timings.reportsSlowest);
    this.#plannedAt = clock.now() + this.#wait;
    this.#timer = clock.after(this.#wait, () => void this.#tick());
  }

  #serially(work: (gateway: Gateway) => Promise<Result<unknown, AppError>>): Promise<Result<null, AppError>> {
    const { account, accounts, onState, log } = this.#deps;
    const run = async (): Promise<Result<null, AppError>> => {
      if (this.#stopped) return ok(null);
      onState(account, { running: true, failed: null });
      let result: Result<unknown, AppError>;
      try {
        const gateway = await accounts.gatewayFor(account);
        if (gateway.ok) {
          this.#takeLeftOvers(gateway.value);
          this.#listen(gateway.value);
        }
        result = gateway.ok ? await work(gateway.value) : gateway;
        if (!gateway.ok && gateway.error.code === 'NOT_FOUND') {
          // The account was removed: there is nobody to ask any more.
          this.#stopped = true;
          result = ok(null);
        }
      } catch (error) {
        const incident = log.error('collect-failed', error, { account });
        result = err({ code: 'UNEXPECTED', facts: { incident } });
      }
      onState(account, { running: false, failed: result.ok ? null : result.error.code });
      return result.ok ? ok(null) : err(result.error);
    };
    const next = this.#chain.then(run, run);
    this.#chain = next;
    return next;
  }

  #takeLeftOvers(gateway: Gateway): void {
    if (this.#leftOverDone) return;
    this.#leftOverDone = true;
    this.#deps.ingest.leftOver(this.#deps.account, gateway.clockOffsetMs());
  }

  async #pull(gateway: Gateway): Promise<Result<number, AppError>> {
    const { account, ingest, queries, clock, store } = this.#deps;
    const how = gateway.capabilities.reports;
    if (how === 'ask') return this.#ask(gateway);
    if (how !== 'pull') {
      ingest.waiting(account, gateway.clockOffsetMs());
      return ok(0);
    }
    let total = 0;
    for (let page = 0; page < PAGES_A_PULL && !this.#stopped; page++) {
      // Written before asking: what cannot be stored must not be taken off the gateway.
      store.transaction(() => queries.pulling(account, clock.now()));
      const raw = await gateway.fetchReports({ limit: REPORTS_A_PAGE });
      if (!raw.ok) return err(raw.error);
      const { entries } = ingest.report(account, gateway.clockOffsetMs(), 'report', raw.value);
      total += entries ?? 0;
      if (entries === null || entries < REPORTS_A_PAGE) break;
    }
    ingest.waiting(account, gateway.clockOffsetMs());
    return ok(total);
  }

  /** Asks about the next few awaited messages, and begins again after the last one. */
  async #ask(gateway: Gateway): Promise<Result<number, AppError>> {
    const { account, ingest, queries, clock, store } = this.#deps;
    const now = clock.now();
    const rows = queries.awaited(account, this.#askedUpTo, now, ASKED_AT_ONCE);
    this.#askedUpTo = rows.length < ASKED_AT_ONCE ? 0 : (rows.at(-1)?.id ?? 0);
    let total = 0;
    let answered = 0;
    let failed: AppError | null = null;
    for (const row of rows) {
      if (this.#stopped) break;
      store.transaction(() => queries.pulling(account, now));
      const raw = await gateway.fetchReports({ messageIds: [row.gateway_message_id] });
      if (raw.ok) {
        answered++;
        total += ingest.logPage(account, gateway.clockOffsetMs(), raw.value).news;
      }
      // One message that the gateway cannot speak of must not keep the others waiting.
      else if (['GATEWAY_REFUSED', 'GATEWAY_UNREADABLE'].includes(raw.error.code)) failed = raw.error;
      else return err(raw.error);
    }
    if (failed && answered === 0) {
      this.#endWaits(gateway);
      return err(failed);
    }
    ingest.waiting(account, gateway.clockOffsetMs());
    return ok(total);
  }

  /** Ends the wait for reports that no gateway keeps any more. With a log, that is done when the log was read. */
  #endWaits(gateway: Gateway): void {
    const { account, queries, clock, store, touched } = this.#deps;
    if (gateway.capabilities.logs) return;
    const ended = store.transaction(() =>
      queries.tooOld(account, clock.now() - GIVE_UP_AFTER_MS, clock.now()),
    );
    for (const campaignId of ended) touched(campaignId);
  }

  async #sweep(gateway: Gateway): Promise<Result<null, AppError>> {
    if (!gateway.capabilities.logs) return ok(null);
    const { account, queries, ingest, clock, store, timings, touched } = this.#deps;
    const until = clock.now();
    const reach = until - gateway.capabilities.logWindowMs;
    // A telephone that stays off keeps its message awaited for two days. Going back to it each time would read the whole log
    // again and again, so that is done by the hour.
    const deep = until >= this.#nextDeepSweep;
    const oldest = deep ? queries.oldestAwaiting(account) : null;
    const last = queries.lastSweep(account).until;
    const from = Math.max(
      reach,
      Math.min(last === null ? reach : last - OVERLAP_MS, (oldest ?? until) - OVERLAP_MS),
    );
    const swept = await sweepLog(account, gateway, ingest, { from, until }, this.#going);
    if (!swept.ok) return swept;
    if (deep) this.#nextDeepSweep = clock.now() + timings.deepSweepEvery;
    this.#nextSweep = clock.now() + timings.sweepEvery;
    ingest.waiting(account, gateway.clockOffsetMs());
    const ended = store.transaction(() => {
      if (swept.value.complete) queries.sweep(account, { from, until }, clock.now());
      return queries.tooOld(account, until - GIVE_UP_AFTER_MS, clock.now());
    });
    for (const campaignId of ended) touched(campaignId);
    return ok(null);
  }

  readonly #going = (): boolean => !this.#stopped;

  /**
   * Looks for uncertain messages whose time has come. What the log proves is claimed while its pages are read. Messages with an
   * id of ours that it does not show are sent once more under the same id; without a log and without such an id nobody can
   * tell, and the user decides.
   */
  async #look(gateway: Gateway): Promise<Result<null, AppError>> {
    const { account, outbox } = this.#deps;
    const all = outbox.due(account);
    if (all.length === 0 || this.#stopped) return ok(null);
    const { logs, ownMessageIds } = gateway.capabilities;
    const own = ownMessageIds ? all.filter((row) => row.own_id !== null) : [];
    const looked = logs ? await this.#lookById(gateway, own) : ok(null);
    if (!looked.ok) return looked;
    outbox.repeatByOwnId(this.#still(own));
    const due = this.#still(all.filter((row) => !own.includes(row)));
    // The log shows nothing of a message that the gateway holds for later.
    const blind = logs ? due.filter((row) => row.scheduled === 1) : due;
    outbox.undecidable(blind);
    return logs ? this.#lookInLog(gateway, this.#still(due)) : ok(null);
  }

  /** Those of some uncertain messages that are still due. */
  #still(rows: readonly UncertainRow[]): readonly UncertainRow[] {
    if (rows.length === 0) return rows;
    const due = new Set(this.#deps.outbox.due(this.#deps.account).map((row) => row.id));
    return rows.filter((row) => due.has(row.id));
  }

  /** Asks the log for messages by the ids of ours that they were sent with. */
  async #lookById(gateway: Gateway, rows: readonly UncertainRow[]): Promise<Result<null, AppError>> {
    const { account, ingest } = this.#deps;
    for (let at = 0; at < rows.length && !this.#stopped; at += LOOK_BY_ID) {
      const messageIds = rows.slice(at, at + LOOK_BY_ID).flatMap((row) => row.own_id ?? []);
      const raw = await gateway.fetchLogs({ messageIds, limit: gateway.capabilities.pageLimit });
      if (!raw.ok) return err(raw.error);
      ingest.logPage(account, gateway.clockOffsetMs(), raw.value);
    }
    return ok(null);
  }

  async #lookInLog(gateway: Gateway, due: readonly UncertainRow[]): Promise<Result<null, AppError>> {
    const { account, outbox, ingest, clock } = this.#deps;
    if (due.length === 0 || this.#stopped) return ok(null);
    const now = clock.now();
    const reach = now - gateway.capabilities.logWindowMs + OVERLAP_MS;
    const forgotten = due.filter((row) => row.attempt_at < reach);
    if (forgotten.length > 0) outbox.undecidable(forgotten);
    const asked = due.filter((row) => row.attempt_at >= reach);
    if (asked.length === 0) return ok(null);
    const period = { from: Math.min(...asked.map((row) => row.attempt_at)), until: now };
    const numbers = [...new Set(asked.map((row) => row.msisdn))];
    let complete = true;
    for (const narrow of numbers.length <= LOOK_BY_NUMBER ? numbers.map((to) => ({ to })) : [{}]) {
      const swept = await sweepLog(account, gateway, ingest, period, this.#going, narrow);
      if (!swept.ok) return swept;
      complete &&= swept.value.complete;
    }
    ingest.waiting(account, gateway.clockOffsetMs());
    if (this.#stopped) return ok(null);
    const still = new Set(outbox.due(account).map((row) => row.id));
    const missing = asked.filter((row) => still.has(row.id));
    if (missing.length === 0) return ok(null);
    if (complete) outbox.notFound(missing);
    else outbox.undecidable(missing);
    return ok(null);
  }
}
