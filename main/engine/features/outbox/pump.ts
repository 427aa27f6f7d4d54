import type { Capabilities } from '#shared/accounts/capabilities.ts';
import type { Timer } from '../../clock.ts';
import { createClaims, type RequestShape } from './claims.ts';
import { createCommits } from './commits.ts';
import { createHandOver } from './hand-over.ts';
import type { PumpDeps } from './pump-deps.ts';
import { createReactions } from './reactions.ts';
import type { Batch } from './settle.ts';
import { createWait } from './waits.ts';

/** A scheduled sending that is this late was not sent in time because the program did not run: the user is asked. */
const OVERDUE_AFTER_MS = 15 * 60_000;
/** Longest wait (ms) for a scheduled time without looking at the clock. */
const LONGEST_STEP_MS = 60_000;
/** Wait before a commit that failed (disk full) is tried again. */
const STUCK_RETRY_MS = 2_000;

/**
 * Sends one account's queue: marks messages as leaving in a committed transaction, hands them to the gateway, and commits the answers;
 * what was claimed and never handed over is put back.
 */
export class AccountPump {
  readonly #deps: PumpDeps;
  readonly #wait;
  readonly #claims;
  readonly #reactions;
  readonly #handOver;
  readonly #commits;
  #inFlight = 0;
  #shape: RequestShape | null = null;
  #preparing = false;
  #busy = false;
  #stopped = false;
  #stuck = false;
  #dueTimer: Timer | null = null;
  #idle: (() => void)[] = [];

  constructor(deps: PumpDeps) {
    this.#deps = deps;
    this.#wait = createWait(deps.clock, () => this.wake());
    this.#claims = createClaims(deps);
    const { putBack } = this.#claims;
    this.#reactions = createReactions(deps, { wait: this.#wait, putBack });
    this.#handOver = createHandOver(deps, {
      claims: this.#claims,
      isHeldUp: () => this.#stopped || this.#wait.isOn,
      learn: (capabilities) => this.#learn(capabilities),
      planNext: () => this.#planNext(),
    });
    this.#commits = createCommits(deps, {
      react: (answered, found) => this.#reactions.to(answered, found),
      stuck: (event, error) => this.#holdOff(event, error),
      isStuck: () => this.#stuck,
    });
  }

  /** Looks for work. Cheap when there is none; safe to call at any time; never throws. */
  wake(): void {
    if (this.#stopped || this.#stuck) return;
    try {
      this.#release();
      if (this.#shape === null) this.#prepare();
      else this.#fill(this.#shape);
      this.#planNext();
    } catch (error) {
      this.#holdOff('queue-not-read', error);
    }
  }

  /** Goes on after an answer: like {@link wake}, without asking for undo windows that have ended. */
  #goOn(): void {
    if (this.#stopped || this.#stuck) return;
    try {
      if (this.#shape !== null) this.#fill(this.#shape);
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
    this.#wait.cancel();
    this.#dueTimer?.cancel();
    this.#claims.putBack();
    if (this.#inFlight > 0) await new Promise<void>((resolve) => this.#idle.push(resolve));
    this.#commits.flush();
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
    if (this.#preparing || this.#wait.isOn || !queries.hasQueued(account, this.#deps.clock.now())) return;
    this.#preparing = true;
    void accounts
      .gatewayFor(account)
      .then((gateway) => {
        this.#preparing = false;
        if (gateway.ok) this.#learn(gateway.value.capabilities);
        else if (!this.#stopped) this.#reactions.notSent(gateway.error.code, this.#deps.clock.monotonic());
        this.wake();
      })
      .catch((error: unknown) => {
        this.#preparing = false;
        this.#holdOff('gateway-not-opened', error);
      });
  }

  #learn({ recipientsPerRequest, ownMessageIds, differentTexts }: Capabilities): void {
    this.#shape = { recipientsPerRequest, ownMessageIds, differentTexts };
  }

  get #concurrency(): number {
    return this.#reactions.isUnanswered ? 1 : this.#deps.timings.concurrency;
  }

  #fill(shape: RequestShape): void {
    while (!this.#wait.isOn && this.#inFlight < this.#concurrency) {
      const batch = this.#claims.next(shape);
      if (!batch) break;
      this.#dispatch(batch);
    }
    this.#setBusy(this.#inFlight > 0 || this.#claims.hasReady || this.#commits.waiting > 0);
  }

  #dispatch(batch: Batch): void {
    this.#inFlight++;
    void this.#handOver(batch).then((answered) => {
      this.#inFlight--;
      const last = this.#inFlight === 0;
      if (last) for (const resolve of this.#idle.splice(0)) resolve();
      this.#commits.add(answered, last);
      this.#goOn();
    });
  }

  /** The store cannot be written: answers stay in memory and nothing new is sent until it can be again. */
  #holdOff(event: string, error: unknown): void {
    this.#deps.log.error(event, error, { answers: this.#commits.waiting });
    if (this.#stuck || this.#stopped) return;
    this.#stuck = true;
    this.#deps.clock.after(STUCK_RETRY_MS, () => {
      this.#stuck = false;
      this.#commits.flush();
      this.wake();
    });
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
