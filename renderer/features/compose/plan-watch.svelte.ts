import type { AppError } from '#shared/errors.ts';
import type { Plan, SendRequest } from '#shared/ipc/plan.ts';
import { toAppError, type EngineClient } from '../../lib/link.ts';

/** How long (ms) the writer must pause before the engine is asked. */
export const PLAN_DELAY = 250;

/**
 * Keeps the engine's plan for what is written at the moment. Answers that come after the request has changed are dropped, so
 * {@link plan} is either the plan of {@link request} or null.
 */
export class PlanWatch {
  readonly #engine: EngineClient;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: AbortController | null = null;

  /** The request in question; null while something is missing. */
  request: SendRequest | null = $state.raw(null);
  /** The answer to {@link request}. */
  plan: Plan | null = $state.raw(null);
  /** The last answer, which may belong to an older request: to go on showing, dimmed, until the next one is here. */
  latest: Plan | null = $state.raw(null);
  /** What {@link latest} is the answer to. */
  latestRequest: SendRequest | null = $state.raw(null);
  /** Why there is no answer. */
  error: AppError | null = $state.raw(null);

  constructor(engine: EngineClient) {
    this.#engine = engine;
  }

  /** An answer is awaited. */
  get pending(): boolean {
    return this.request !== null && this.plan === null && this.error === null;
  }

  /** Asks for the plan of `request` after the writer has paused; null asks for nothing and forgets the old answer. */
  ask(request: SendRequest | null, delay = PLAN_DELAY): void {
    this.stop();
    this.request = request;
    this.plan = null;
    this.error = null;
    if (!request) this.latest = null;
    if (request) this.#timer = setTimeout(() => void this.#run(request), delay);
  }

  /** Asks again at once, for example after a failure. */
  again(): void {
    this.ask(this.request, 0);
  }

  /** Drops what is under way. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#running?.abort();
    this.#running = null;
  }

  async #run(request: SendRequest): Promise<void> {
    const running = new AbortController();
    this.#running = running;
    try {
      const plan = await this.#engine.campaigns.plan(request, { signal: running.signal });
      if (this.#running !== running) return;
      this.plan = plan;
      this.latest = plan;
      this.latestRequest = request;
    } catch (thrown) {
      if (this.#running === running) this.error = toAppError(thrown);
    }
  }
}
