import type { Capabilities } from '#shared/accounts/capabilities.ts';
import type { AccountId } from '#shared/ids.ts';
import type { PauseReason } from '#shared/ipc/campaigns.ts';
import type { Log } from '../../../logging/log.ts';
import type { AccountAccess } from '../../account-access.ts';
import type { Clock, Timer } from '../../clock.ts';
import type { Gateway, SubmitOptions, SubmitOutcome } from '../../gateways/gateway.ts';
import type { SendingState } from '../../sending-state.ts';
import type { Store } from '../../store/store.ts';
import type { Timings } from '../../timings.ts';
import { toBatches } from './batches.ts';
import type { OutboxQueries, Words } from './queries.ts';
import type { Batch, Findings, Settler } from './settle.ts';

/** A scheduled sending that is this late was not sent in time because the program did not run: the user is asked. */
const OVERDUE_AFTER_MS = 15 * 60_000;
/** For so long (ms) a gateway remembers message ids of ours: as long as its log (API document, "Getting SMS logs"). */
export const REPEATED_FOR_MS = 48 * 3_600_000;
/** Longest wait (ms) for a scheduled time without looking at the clock. */
const LONGEST_STEP_MS = 60_000;
/** Wait (ms) before a gateway that was busy before anything was sent is asked again. */
const BUSY_WAIT_MS = 5_000;
/** Refusals in a row after which sending stops and asks. */
const REFUSALS_IN_A_ROW = 20;
/** Requests without an answer, one after the other, after which sending waits for the network. */
const UNANSWERED_IN_A_ROW = 3;
/** Answers that are committed together at most. */
const FLUSH_AT = 64;
/** A batch that waited longer than this since it was claimed (the computer slept) is put back: its time would prove nothing. */
const STALE_AFTER_MS = 60_000;
/** Bounds of the wait a busy gateway may ask for: no loop without a pause, and no silence that looks like a fault. */
const SHORTEST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 5 * 60_000;
/** Wait before a commit that failed (disk full) is tried again. */
const STUCK_RETRY_MS = 2_000;

type Answered = { readonly batch: Batch; readonly outcome: SubmitOutcome };

/** Everything one account's pump stands on. */
export type PumpDeps = {
  readonly account: AccountId;
  readonly store: Store;
  readonly queries: OutboxQueries;
  readonly settler: Settler;
  readonly clock: Clock;
  readonly timings: Timings;
  readonly accounts: AccountAccess;
  readonly sending: SendingState;
  readonly log: Log;
  /** Where the gateway is to push reports; `null`: it is not told. */
  readonly pushAddress: () => string | null;
  readonly touched: (campaignId: number | null) => void;
  /** `order`: when the request started, monotonic ms. */
  readonly pause: (campaignId: number, reason: PauseReason, order: number) => void;
  /** Messages of the account were taken by the gateway or became uncertain: there is something to collect. */
  readonly onSettled: (account: AccountId) => void;
  /** The pump started or stopped having work. */
  readonly onBusy: (account: AccountId, busy: boolean) => void;
};

/** Without the fields that were given as undefined. */
const definedOnly = (options: Words['options']): SubmitOptions =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));

const idsOf = (batches: readonly Batch[]) => batches.flatMap((batch) => batch.rows.map((row) => row.id));

/** Whether a gateway keeps a message for so long (ms). */
const canHold = ({ schedule }: Capabilities, ms: number) =>
  schedule !== null && (schedule.horizonMs === null || ms <= schedule.horizonMs);

/** Whether one request of an account can carry a batch. */
function fits({ rows }: Batch, can: Capabilities): boolean {
  return (
    rows.length <= can.recipientsPerRequest &&
    (can.ownMessageIds || rows.every((row) => row.uncertain_since === null)) &&
    (can.differentTexts || rows.every((row) => row.own_text === rows[0]?.own_text))
  );
}

const clamp = (ms: number) => Math.min(Math.max(ms, SHORTEST_WAIT_MS), LONGEST_WAIT_MS);

/**
 * Sends one account's queue: marks messages as leaving in a committed transaction, hands them to the gateway, and
 * commits the answers. Messages are claimed a few at a time, so that a commit is shared by many and a crash leaves few
 * of them to look up; what was claimed and never handed over is put back.
 */
export class AccountPump {
  readonly #deps: PumpDeps;
  #ready: Batch[] = [];
  #answers: Answered[] = [];
  #inFlight = 0;
  #perRequest: number | null = null;
  #ownIds = false;
  #differentTexts = false;
  #words: { readonly campaignId: number; readonly words: Words } | null = null;
  #preparing = false;
  #busy = false;
  #stopped = false;
  #stuck = false;
  #refusalsInARow = 0;
  #unansweredInARow = 0;
  #backoffStep = 0;
  #backoff: Timer | null = null;
  #backoffUntil = 0;
  #flushTimer: Timer | null = null;
  #dueTimer: Timer | null = null;
  #idle: (() => void)[] = [];

  constructor(deps: PumpDeps) {
    this.#deps = deps;
  }

  /** Looks for work. Cheap when there is none; safe to call at any time; never throws. */
  wake(): void {
    if (this.#stopped || this.#stuck) return;
    try {
      this.#release();
      if (this.#perRequest === null) this.#prepare();
      else this.#fill(this.#perRequest);
      this.#planNext();
    } catch (error) {
      this.#holdOff('queue-not-read', error);
    }
  }

  /** Goes on after an answer: like {@link wake}, without asking for undo windows that have ended. */
  #goOn(): void {
    if (this.#stopped || this.#stuck) return;
    try {
      if (this.#perRequest !== null) this.#fill(this.#perRequest);
    } catch (error) {
      this.#holdOff('queue-not-read', error);
    }
  }

  /**
   * Hands nothing over any more, puts back what never left, and waits for the requests under way. Those that do not
   * answer in time stay marked as leaving and are looked up after the next start.
   */
  async stop(): Promise<void> {
    this.#stopped = true;
    for (const timer of [this.#backoff, this.#dueTimer]) timer?.cancel();
    this.#putBack();
    if (this.#inFlight > 0) await new Promise<void>((resolve) => this.#idle.push(resolve));
    this.#flush();
  }

  #release(): void {
    const { account, queries, clock, store, touched } = this.#deps;
    const now = clock.now();
    const { hold } = this.#deps.timings;
    const late = queries.overdue(account, now - OVERDUE_AFTER_MS);
    if (late.length > 0) store.transaction(() => late.forEach((id) => queries.pauseOverdue(id)));
    for (const campaignId of late) touched(campaignId);
    if (!queries.isDue(account, now, hold)) return;
    for (const campaignId of store.transaction(() => queries.releaseHeld(account, now, hold)))
      touched(campaignId);
  }

  /** Asks once how many recipients a request may carry; nothing is claimed before that is known. */
  #prepare(): void {
    const { account, accounts, queries } = this.#deps;
    if (this.#preparing || this.#backoff || !queries.hasQueued(account, this.#deps.clock.now())) return;
    this.#preparing = true;
    void accounts
      .gatewayFor(account)
      .then((gateway) => {
        this.#preparing = false;
        if (gateway.ok) this.#learn(gateway.value.capabilities);
        else if (!this.#stopped) this.#notSent(gateway.error.code, this.#deps.clock.monotonic());
        this.wake();
      })
      .catch((error: unknown) => {
        this.#preparing = false;
        this.#holdOff('gateway-not-opened', error);
      });
  }

  #learn({ recipientsPerRequest, ownMessageIds, differentTexts }: Capabilities): void {
    this.#perRequest = recipientsPerRequest;
    this.#ownIds = ownMessageIds;
    this.#differentTexts = differentTexts;
  }

  #wordsOf(campaignId: number): Words {
    if (this.#words?.campaignId !== campaignId) {
      this.#words = { campaignId, words: this.#deps.queries.words(campaignId) };
    }
    return this.#words.words;
  }

  /** Requests that may be under way at once: one until an answer comes again, so that a dead gateway takes few with it. */
  get #concurrency(): number {
    return this.#unansweredInARow > 0 ? 1 : this.#deps.timings.concurrency;
  }

  #fill(perRequest: number): void {
    while (!this.#backoff && this.#inFlight < this.#concurrency) {
      const batch = this.#ready.shift() ?? this.#claim(perRequest);
      if (!batch) break;
      this.#dispatch(batch);
    }
    this.#setBusy(this.#inFlight > 0 || this.#ready.length > 0 || this.#answers.length > 0);
  }

  #claim(perRequest: number): Batch | undefined {
    const { account, queries, clock, store, timings, touched } = this.#deps;
    const now = clock.now();
    // Messages that need a request each are marked a few at a time, so that a crash leaves few of them to look up.
    const alone = !this.#differentTexts && perRequest > 1 && queries.nextMerged(account, now);
    const limit = alone ? timings.claim : Math.max(timings.claim, perRequest * timings.concurrency);
    const { rows, stranded } = store.transaction(() => {
      const left = queries.stranded(account, now, this.#ownIds, now - REPEATED_FOR_MS);
      for (const { id } of left) queries.event(id, now, 'uncertain', 'cannot-repeat');
      return { rows: queries.claim(account, now, limit, this.#ownIds), stranded: left };
    });
    this.#ready = toBatches(
      rows,
      { perRequest, differentTexts: this.#differentTexts },
      { startedAt: now, order: clock.monotonic() },
      (campaignId) => queries.sendAt(campaignId),
    );
    for (const campaignId of new Set([...rows, ...stranded].map((row) => row.campaign_id)))
      touched(campaignId);
    return this.#ready.shift();
  }

  #dispatch(batch: Batch): void {
    this.#inFlight++;
    void this.#submit(batch)
      .catch((error: unknown) => this.#threw(batch, error))
      .then((answered) => {
        this.#inFlight--;
        if (answered) this.#answers.push(answered);
        if (this.#inFlight === 0) for (const resolve of this.#idle.splice(0)) resolve();
        if (this.#answers.length >= FLUSH_AT || this.#inFlight === 0) this.#flush();
        else this.#flushTimer ??= this.#deps.clock.after(this.#deps.timings.flush, () => this.#flush());
        this.#goOn();
      });
  }

  /** A bug in an adapter, or a store that cannot be written: whether the request left cannot be known. */
  #threw(batch: Batch, error: unknown): Answered {
    this.#deps.log.error('submit-threw', error, { campaign: batch.campaignId });
    return { batch, outcome: { kind: 'unknown', cause: 'internal' } };
  }

  /** `null`: nothing was handed over; the batch was put back, or all of it left out. */
  async #submit(batch: Batch): Promise<Answered | null> {
    const { account, accounts, store, queries, clock } = this.#deps;
    const gateway = await accounts.gatewayFor(account);
    const age = Math.abs(clock.now() - batch.startedAt);
    if (this.#stopped || this.#backoff || age > STALE_AFTER_MS || queries.paused(batch.campaignId)) {
      this.#unclaim([batch]);
      return null;
    }
    if (!gateway.ok) return { batch, outcome: { kind: 'not-sent', error: gateway.error } };
    const { capabilities } = gateway.value;
    this.#learn(capabilities);
    if (!fits(batch, capabilities)) {
      // The account speaks another protocol than when these were claimed.
      this.#unclaim([batch]);
      this.#putBack();
      return null;
    }
    const { sendAt } = batch;
    const held = sendAt !== null && sendAt > clock.now();
    if (held && !canHold(capabilities, sendAt - clock.now())) {
      this.#holdHere(batch);
      return null;
    }
    const wanted = this.#withoutUnwanted(batch);
    if (wanted.rows.length === 0) return null;
    // A bulk of its own, so that this request's messages can be called back or moved.
    if (held) store.transaction(() => queries.bulk(wanted.bulkId, idsOf([wanted])));
    return this.#handOver(gateway.value, wanted, held).catch((error: unknown) => this.#threw(wanted, error));
  }

  async #handOver(gateway: Gateway, batch: Batch, held: boolean): Promise<Answered> {
    const { sender, text, options } = this.#wordsOf(batch.campaignId);
    const url = this.#deps.pushAddress();
    const outcome = await gateway.submit({
      sender,
      messages: batch.rows.map((row) => ({ to: row.msisdn, text: row.own_text ?? text, ownId: row.own_id })),
      options: {
        ...definedOnly(options),
        ...(url !== null && { notify: { url, contentType: 'application/json' as const } }),
        ...(held && batch.sendAt !== null && { sendAt: batch.sendAt, bulkId: batch.bulkId }),
      },
    });
    return { batch, outcome };
  }

  /** What of a batch may be written to, asked as the last thing before it leaves; the rest is left out. */
  #withoutUnwanted(batch: Batch): Batch {
    const { store, queries, clock, touched } = this.#deps;
    const ids = idsOf([batch]);
    if (!queries.anyUnwanted(ids)) return batch;
    const withdrawn = new Set(store.transaction(() => queries.withdraw(ids, clock.now())));
    touched(batch.campaignId);
    return { ...batch, rows: batch.rows.filter(({ id }) => !withdrawn.has(id)) };
  }

  /** The gateway cannot keep them until their time, so this computer does. */
  #holdHere(batch: Batch): void {
    this.#unclaim([batch]);
    this.#putBack();
    const { store, queries, clock, touched } = this.#deps;
    store.transaction(() => queries.holdHere(batch.campaignId, clock.now()));
    touched(batch.campaignId);
    this.#planNext();
  }

  #flush(): void {
    this.#flushTimer?.cancel();
    this.#flushTimer = null;
    const answers = this.#answers;
    if (answers.length === 0 || this.#stuck) return;
    const { account, store, settler, sending, touched } = this.#deps;
    let findings;
    try {
      findings = store.transaction(() =>
        answers.map(({ batch, outcome }) => settler.settle(account, batch, outcome)),
      );
    } catch (error) {
      return this.#holdOff('answers-not-stored', error);
    }
    this.#answers = [];
    try {
      answers.forEach(({ batch, outcome }, index) => {
        const found = findings[index];
        if (found && found.answered > 0) sending.answered(batch.campaignId, found.answered);
        if (found) this.#react(batch, outcome, found);
      });
    } catch (error) {
      this.#holdOff('reaction-failed', error);
    }
    for (const campaignId of new Set(answers.map(({ batch }) => batch.campaignId))) touched(campaignId);
    this.#deps.onSettled(account);
  }

  /** The store cannot be written: answers stay in memory and nothing new is sent until it can be again. */
  #holdOff(event: string, error: unknown): void {
    this.#deps.log.error(event, error, { answers: this.#answers.length });
    if (this.#stuck || this.#stopped) return;
    this.#stuck = true;
    this.#deps.clock.after(STUCK_RETRY_MS, () => {
      this.#stuck = false;
      this.#flush();
      this.wake();
    });
  }

  #react(batch: Batch, outcome: SubmitOutcome, found: Findings): void {
    if (outcome.kind === 'not-sent') {
      const { code, facts } = outcome.error;
      if (code !== 'GATEWAY_BUSY') return this.#notSent(code, batch.order);
      return this.#waitBefore(
        clamp(facts?.retryAfter === undefined ? BUSY_WAIT_MS : facts.retryAfter * 1_000),
      );
    }
    if (outcome.kind === 'unknown') return this.#noAnswer();
    this.#networkIsBack();
    if (found.noCredits) this.#pauseAll('credits', batch.order);
    if (outcome.kind === 'refused') {
      if (outcome.error.code === 'GATEWAY_AUTH') return this.#pauseAll('credentials', batch.order);
      if (outcome.retryAfterMs !== null) return this.#waitBefore(clamp(outcome.retryAfterMs));
      if (found.answered === 0) return this.#pauseAll('refusals', batch.order);
    }
    if (found.taken > 0) this.#refusalsInARow = 0;
    else this.#refusalsInARow += found.refused;
    if (this.#refusalsInARow >= REFUSALS_IN_A_ROW) {
      this.#refusalsInARow = 0;
      this.#deps.pause(batch.campaignId, 'refusals', batch.order);
    }
  }

  #notSent(code: string, order: number): void {
    if (code === 'VAULT_UNAVAILABLE' || code === 'VAULT_LOCKED') return this.#pauseAll('vault', order);
    if (code === 'GATEWAY_UNREACHABLE' || code === 'PRACTICE_NOT_RUNNING') return this.#networkGone();
    // No password, a wrong address, no consent: only the account's form can help.
    this.#pauseAll('credentials', order);
  }

  /** One lost answer is bad luck; several in a row mean that each further message would only become uncertain too. */
  #noAnswer(): void {
    this.#unansweredInARow++;
    if (this.#unansweredInARow >= UNANSWERED_IN_A_ROW) this.#networkGone();
  }

  #networkGone(): void {
    if (this.#backoff) return;
    const { networkBackoff } = this.#deps.timings;
    const wait = networkBackoff[Math.min(this.#backoffStep++, networkBackoff.length - 1)] ?? 0;
    this.#setNetworkGone(true);
    this.#waitBefore(wait);
  }

  #networkIsBack(): void {
    this.#backoffStep = 0;
    this.#unansweredInARow = 0;
    this.#setNetworkGone(false);
  }

  /** Whoever looks at a campaign of the account is told: it may wait although nothing of it was claimed. */
  #setNetworkGone(gone: boolean): void {
    const { account, sending, queries, touched } = this.#deps;
    if (sending.networkGone(account) === gone) return;
    sending.setNetworkGone(account, gone);
    for (const id of queries.openCampaigns(account)) touched(id);
  }

  /** Of two waits that were asked for, the longer one counts. */
  #waitBefore(ms: number): void {
    const until = this.#deps.clock.monotonic() + ms;
    this.#putBack();
    if (this.#backoff && until <= this.#backoffUntil) return;
    this.#backoff?.cancel();
    this.#backoffUntil = until;
    this.#backoff = this.#deps.clock.after(ms, () => {
      this.#backoff = null;
      this.wake();
    });
  }

  #pauseAll(reason: PauseReason, order: number): void {
    this.#putBack();
    const { account, queries, pause } = this.#deps;
    for (const id of queries.openCampaigns(account)) pause(id, reason, order);
  }

  #putBack(): void {
    this.#unclaim(this.#ready.splice(0));
  }

  #unclaim(batches: readonly Batch[]): void {
    const ids = idsOf(batches);
    if (ids.length === 0) return;
    const { store, queries, clock, touched } = this.#deps;
    store.transaction(() => queries.unclaim(ids, clock.now()));
    for (const campaignId of new Set(batches.map((batch) => batch.campaignId))) touched(campaignId);
  }

  #planNext(): void {
    const { account, queries, clock } = this.#deps;
    this.#dueTimer?.cancel();
    this.#dueTimer = null;
    const due = queries.nextDue(account, clock.now());
    if (due === null) return;
    // In short steps: a timer stands still while the computer sleeps, and knows nothing of a clock that was set.
    const wait = Math.min(Math.max(0, due - clock.now()), LONGEST_STEP_MS);
    this.#dueTimer = clock.after(wait, () => this.wake());
  }

  #setBusy(busy: boolean): void {
    if (busy === this.#busy) return;
    this.#busy = busy;
    this.#deps.onBusy(this.#deps.account, busy);
  }
}
