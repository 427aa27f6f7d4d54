import type { AppError } from '#shared/errors.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { Timer } from '../../clock.ts';
import type { Gateway } from '../../gateways/gateway.ts';
import { createAsking } from './asking.ts';
import type { CollectorDeps } from './collector-deps.ts';
import { createListening } from './listening.ts';
import { createLooking } from './looking.ts';
import { createSweeping } from './sweeping.ts';

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
  #stopped = false;
  #ticking = false;
  #syncing: Promise<Result<null, AppError>> | null = null;
  #leftOverDone = false;
  readonly #asking: ReturnType<typeof createAsking>;
  readonly #sweeping: ReturnType<typeof createSweeping>;
  readonly #looking: ReturnType<typeof createLooking>;
  readonly #listening: ReturnType<typeof createListening>;

  constructor(deps: CollectorDeps) {
    this.#deps = deps;
    this.#wait = deps.timings.reportsFastest;
    const going = () => !this.#stopped;
    this.#asking = createAsking(deps, going);
    this.#sweeping = createSweeping(deps, going);
    this.#looking = createLooking(deps, going);
    this.#listening = createListening(deps);
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
      const pulled = await this.#asking.pull(gateway);
      if (!pulled.ok) return pulled;
      const swept = await this.#sweeping.sweep(gateway);
      if (!swept.ok) return swept;
      return this.#looking.look(gateway);
    }).finally(() => (this.#syncing = null));
    return this.#syncing;
  }

  /** Ends after what is under way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#timer?.cancel();
    this.#listening.close();
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

  #listen(gateway: Gateway): void {
    if (!this.#stopped) this.#listening.to(gateway);
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
    const { timings, queries, account } = this.#deps;
    this.#looking.giveUpOld();
    const result = await this.#serially(async (gateway) => {
      // A log that cannot be read must not keep reports from being taken.
      const looked = await this.#looking.look(gateway);
      if (!queries.awaits(account)) return looked;
      const pulled = await this.#asking.pull(gateway);
      if (!pulled.ok) return pulled;
      await this.#asking.endWaits(gateway);
      this.#wait =
        pulled.value > 0 ? timings.reportsFastest : Math.min(this.#wait * 1.5, timings.reportsSlowest);
      if (!looked.ok) return looked;
      return this.#sweeping.due() ? this.#sweeping.sweep(gateway) : ok(null);
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
}
