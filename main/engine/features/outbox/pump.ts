import type { Capabilities } from '#shared/accounts/capabilities.ts';
import { quietUntil } from '#shared/rules/quiet-hours.ts';
import type { Timer } from '../../clock.ts';
import { createClaims, type RequestShape } from './claims.ts';
import { createCommits } from './commits.ts';
import { createHandOver } from './hand-over.ts';
import { nextQuietEnd } from './lanes.ts';
import { createPace } from './pace.ts';
import type { Answered, PumpDeps } from './pump-deps.ts';
import { createReactions } from './reactions.ts';
import type { Batch } from './settle.ts';
import { createWait } from './waits.ts';

/** The longest undo window (ms) that rules allow: one that would end later is one of a clock that was set back. */
const LONGEST_HOLD_MS = 120_000;
/** Longest wait (ms) for a scheduled time without looking at the clock. */
const LONGEST_STEP_MS = 60_000;
/** Wait before a commit that failed (disk full) is tried again. */
const STUCK_RETRY_MS = 2_000;

/** The bounds that an account sets to its pace now. */
function limitsOf({ account, accounts }: PumpDeps) {
  const options = accounts.get(account)?.options;
  return { perSecond: options?.perSecond ?? null, atOnce: options?.atOnce ?? null };
}

/** What an answer says about how its gateway copes. */
function paceOf({ batch, outcome, startedAt, ms }: Answered) {
  const overloaded =
    outcome.kind === 'unknown' ||
    (outcome.kind === 'refused' && outcome.retryAfterMs !== null) ||
    (outcome.kind === 'not-sent' && outcome.error.code === 'GATEWAY_BUSY');
  const kind = overloaded ? 'overloaded' : outcome.kind === 'answered' ? 'good' : 'other';
  return { messages: batch.rows.length, startedAt, ms, kind } as const;
}

/**
 * Sends one account's queue: marks messages as leaving in a committed transaction, hands them to the gateway, and commits the answers;
 * what was claimed and never handed over is put back.
 */
export class AccountPump {
  readonly #deps: PumpDeps;
  readonly #wait;
  readonly #pace;
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
  #begun = false;
  /** When the queue was last looked through to its end (ms since the epoch); `null` while something else holds the next look up. */
  #lookedAt: number | null = null;
  #stuckTimer: Timer | null = null;
  #dueTimer: Timer | null = null;
  /** When that was planned to look (ms since the epoch). */
  #dueAt: number | null = null;
  #paceTimer: Timer | null = null;
  #idle: (() => void)[] = [];

  constructor(deps: PumpDeps) {
    this.#deps = deps;
    this.#wait = createWait(deps.clock, () => this.wake());
    this.#pace = createPace(deps.clock, { start: deps.timings.concurrency, most: deps.timings.mostAtOnce });
    this.#claims = createClaims(deps, this.#pace, () => this.#commits.join());
    const { putBack } = this.#claims;
    this.#reactions = createReactions(deps, { wait: this.#wait, putBack });
    this.#handOver = createHandOver(deps, {
      claims: this.#claims,
      isHeldUp: () => this.#stopped || this.#wait.isOn,
      learn: (capabilities) => this.#learn(capabilities),
      leaves: ({ rows }) => this.#pace.spend(rows.length),
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
      this.#pace.limit(limitsOf(this.#deps));
      if (this.#shape === null) this.#prepare();
      else {
        if (!this.#wait.isOn) this.#claims.letUrgentPass(this.#shape);
        this.#fill(this.#shape);
      }
      this.#planNext();
    } catch (error) {
      this.#holdOff('queue-not-read', error);
    }
  }

  /** Goes on after an answer: like {@link wake}, without asking for undo windows that have ended. */
  #goOn(): void {
    if (this.#stopped || this.#stuck) return;
    if (this.#hasSlept) return this.wake();
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
    this.#paceTimer?.cancel();
    this.#stuckTimer?.cancel();
    try {
      this.#claims.putBack();
    } catch (error) {
      // They stay marked as leaving and are looked up; the answers under way are still to be written.
      this.#deps.log.error('not-put-back', error);
    }
    if (this.#inFlight > 0) await new Promise<void>((resolve) => this.#idle.push(resolve));
    // A store that could not be written a moment ago gets another chance: what is known now is not known after the next start.
    this.#commits.flush({ forced: true });
  }

  #release(): void {
    const { account, queries, clock, store, touched, timings } = this.#deps;
    this.#pauseOverdue();
    const now = clock.now();
    const hold = timings.hold ?? LONGEST_HOLD_MS;
    const due = queries.dueHeld(account, now, hold);
    if (due.length === 0) return;
    // Lost to a power cut they are held, and their time is over: the next start does it again.
    for (const id of store.step(() => queries.release(account, due, now, hold))) touched(id);
  }

  /** A sending that is late because the program did not run may be stale, scheduled or not: the user is asked. */
  #pauseOverdue(): void {
    const { account, queries, clock, store, touched } = this.#deps;
    const rules = this.#deps.rules.current();
    const before = clock.now() - rules.overdueMinutes * 60_000;
    const wasAway = !this.#begun || this.#hasSlept;
    // What is queued waits for its turn, however long, while the program is there.
    const due = [...queries.overdue(account, before), ...queries.overdueNow(account, before, wasAway)];
    // Nobody was late while the quiet hours kept it.
    const late = due.filter(({ quiet, class: of, send_at: at }) => {
      const allowed = quiet === 1 ? quietUntil(rules, of, at) : null;
      return (allowed ?? at) < before;
    });
    if (wasAway) late.push(...this.#quietTooLong(before));
    if (late.length > 0) store.transaction(() => late.forEach(({ id }) => queries.pauseOverdue(id)));
    this.#begun = true;
    for (const { id } of late) touched(id);
  }

  /** Whether a look that was planned is much too late: the computer slept, or its clock was set. */
  get #hasSlept(): boolean {
    return this.#dueAt !== null && this.#deps.clock.now() - this.#dueAt > LONGEST_STEP_MS;
  }

  /** What was waiting for the end of quiet hours that ended long before this start, or this awakening; otherwise nobody misses their end. */
  #quietTooLong(before: number) {
    const { account, queries, rules } = this.#deps;
    return queries.keptQuiet(account).filter(({ class: of, send_at: since }) => {
      const end = nextQuietEnd(rules.current(), of, since);
      return end !== null && end < before;
    });
  }

  /** Asks once how many recipients a request may carry; nothing is claimed before that is known. */
  #prepare(): void {
    const { account, accounts } = this.#deps;
    if (this.#preparing || this.#wait.isOn || !this.#claims.hasWork()) return;
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

  #learn({ recipientsPerRequest, ownMessageIds, differentTexts, logs }: Capabilities): void {
    this.#shape = { recipientsPerRequest, ownMessageIds, differentTexts, logs };
  }

  get #concurrency(): number {
    return this.#reactions.isUnanswered ? 1 : this.#pace.atOnce;
  }

  #fill(shape: RequestShape): void {
    this.#lookedAt = null;
    while (!this.#wait.isOn && this.#inFlight < this.#concurrency) {
      const wait = this.#pace.wait();
      const now = this.#deps.clock.now();
      // Urgent messages count in the bucket of the others and do not wait for it.
      const batch = wait > 0 ? this.#claims.nextUrgent() : this.#claims.next(shape);
      if (!batch) {
        if (wait > 0) this.#goOnAfter(wait);
        else this.#lookedAt = now;
        break;
      }
      this.#dispatch(batch);
    }
    const underWay = this.#inFlight > 0 || this.#claims.hasReady || this.#commits.waiting > 0;
    // What is left, if anything, waits for its time: another try, the end of the quiet hours.
    if (!underWay) this.#planNext();
    const holdsBack = this.#wait.isOn || this.#paceTimer !== null;
    this.#setBusy(underWay || (holdsBack && this.#claims.hasWork()));
  }

  #goOnAfter(ms: number): void {
    this.#paceTimer ??= this.#deps.clock.after(ms, () => {
      this.#paceTimer = null;
      this.#goOn();
    });
  }

  #dispatch(batch: Batch): void {
    this.#inFlight++;
    void this.#handOver(batch).then((answered) => {
      this.#inFlight--;
      if (answered) this.#pace.answered(paceOf(answered));
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
    this.#stuckTimer = this.#deps.clock.after(STUCK_RETRY_MS, () => {
      this.#stuck = false;
      this.#commits.flush();
      this.wake();
    });
  }

  #planNext(): void {
    const { account, queries, clock } = this.#deps;
    this.#dueTimer?.cancel();
    this.#dueTimer = null;
    this.#dueAt = null;
    const held = queries.nextHeld(account);
    // As seen from the look that found nothing: what has opened since, a millisecond ago perhaps, nobody else would come for.
    const queued = this.#claims.nextOpening(this.#lookedAt ?? clock.now());
    const due = held === null || queued === null ? (held ?? queued) : Math.min(held, queued);
    if (due === null) return;
    // In short steps: a timer stands still while the computer sleeps, and knows nothing of a clock that was set.
    const wait = Math.min(Math.max(0, due - clock.now()), LONGEST_STEP_MS);
    this.#dueAt = clock.now() + wait;
    this.#dueTimer = clock.after(wait, () => this.wake());
  }

  #setBusy(busy: boolean): void {
    if (busy === this.#busy) return;
    this.#busy = busy;
    this.#deps.onBusy(this.#deps.account, busy);
  }
}
