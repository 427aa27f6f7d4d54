import type { AppError } from '#shared/errors.ts';
import type { Plan, SendRequest } from '#shared/ipc/plan.ts';
import type { MergedMessage } from '#shared/ipc/recipients.ts';
import { toAppError, type EngineClient } from '../../lib/link.ts';

/** Looks through the messages one by one, as each person would get it. Late answers are dropped. */
export class Stepper {
  readonly #engine: EngineClient;
  #run = 0;
  #request: SendRequest | null = null;
  /** The user looks at single messages, also where all are alike. */
  #isUsed = $state(false);

  /** Place of the message shown or asked for, from 0. */
  index = $state(0);
  /** How many people get a message; 0 while unknown. */
  total = $state(0);
  /** The message at {@link index}, or the last one shown while the next is awaited. */
  message: MergedMessage | null = $state.raw(null);
  error: AppError | null = $state.raw(null);
  /** What is shown belongs to an older text or place. */
  isOld = $state(false);

  constructor(engine: EngineClient) {
    this.#engine = engine;
  }

  /** Single messages are shown. */
  get isOn(): boolean {
    return this.message !== null;
  }

  /** A new plan: the message at the present place is asked for again where single messages matter. */
  follow(request: SendRequest | null, plan: Plan | null, isMerged: boolean): void {
    if (!request || !plan || plan.recipients === 0) {
      this.isOld = true;
      this.#request = null;
      this.#run++;
      if (!request || plan?.recipients === 0) this.forget();
      return;
    }
    this.#request = request;
    this.total = plan.recipients;
    if (!isMerged && !this.#isUsed) {
      this.message = null;
      return;
    }
    void this.#show(Math.min(this.index, plan.recipients - 1));
  }

  /** Shows the message at a place; places beyond the ends are the ends. */
  go(index: number): void {
    this.#isUsed = true;
    void this.#show(Math.max(0, Math.min(index, this.total - 1)));
  }

  /** Shows nothing any more. */
  forget(): void {
    this.#run++;
    this.#isUsed = false;
    this.message = null;
    this.index = 0;
    this.total = 0;
    this.error = null;
  }

  async #show(index: number): Promise<void> {
    const request = this.#request;
    if (!request) return;
    const run = ++this.#run;
    this.index = index;
    this.isOld = true;
    try {
      const { message, total } = await this.#engine.recipients.preview({ request, index });
      if (run !== this.#run) return;
      this.message = message;
      this.total = total;
      this.error = null;
      this.isOld = false;
    } catch (thrown) {
      if (run !== this.#run) return;
      const error = toAppError(thrown);
      /* There are fewer people than there were. */
      if (error.code === 'NOT_FOUND' && index > 0) {
        await this.#show(0);
        return;
      }
      this.message = null;
      this.error = error;
    }
  }
}
