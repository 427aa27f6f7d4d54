import type { AppError } from '#shared/errors.ts';
import type { Plan, SendRequest } from '#shared/ipc/plan.ts';
import type { Recurrence, SeriesView } from '#shared/ipc/series.ts';
import { toAppError, type EngineClient } from '../../lib/link.ts';
import { wholeNumber } from '../../lib/whole-number.ts';

/** What is confirmed: a sending, how it is repeated, and what it comes to now. */
type Order = { readonly request: SendRequest; readonly recurrence: Recurrence; readonly plan: Plan };

/** The last look before a series is begun. The same order keeps its token, so that a lost answer cannot begin it twice. */
export class RepeatConfirm {
  readonly #engine: EngineClient;
  #token = '';
  #tokenOf = '';

  /** What is to be begun; `null` while the dialog is closed. */
  order: Order | null = $state.raw(null);
  typed = $state('');
  busy = $state(false);
  error: AppError | null = $state.raw(null);
  /** The numbers have changed since the dialog was opened. */
  changed = $state(false);
  /** The engine asks for the number although the plan did not. */
  #mustType = $state(false);

  constructor(engine: EngineClient) {
    this.#engine = engine;
  }

  /** The number of people has to be typed. */
  get needsTyped(): boolean {
    return this.#mustType || (this.order?.plan.needsTypedCount ?? false);
  }

  /** Whether the count has been typed where it has to be. */
  get typedRight(): boolean {
    return !this.needsTyped || wholeNumber(this.typed) === this.order?.plan.recipients;
  }

  /** Opens the dialog. */
  start(order: Order): void {
    const key = JSON.stringify([order.request, order.recurrence]);
    if (key !== this.#tokenOf || this.#token === '') this.#token = crypto.randomUUID();
    this.#tokenOf = key;
    this.order = order;
    this.typed = '';
    this.error = null;
    this.changed = false;
    this.#mustType = false;
  }

  /** Closes it without beginning anything. */
  close(): void {
    if (!this.busy) this.order = null;
  }

  /** Begins the series; gives it, or `null` when that is not known to have happened. */
  async confirm(): Promise<SeriesView | null> {
    const { order } = this;
    if (!order || this.busy || !this.typedRight) return null;
    const { request, recurrence, plan } = order;
    this.busy = true;
    this.error = null;
    try {
      const series = await this.#engine.series.create({
        request,
        recurrence,
        expectedRecipients: plan.recipients,
        token: this.#token,
        ...(this.needsTyped && { typedCount: plan.recipients }),
      });
      this.#token = '';
      this.order = null;
      return series;
    } catch (thrown) {
      await this.#failed(toAppError(thrown), order);
      return null;
    } finally {
      this.busy = false;
    }
  }

  async #failed(error: AppError, order: Order): Promise<void> {
    this.error = error;
    if (error.code === 'CONFIRMATION_NEEDED') this.#mustType = true;
    if (error.code !== 'CONFIRMATION_NEEDED' && error.code !== 'PLAN_CHANGED') return;
    try {
      const plan = await this.#engine.campaigns.plan(order.request);
      this.changed = plan.recipients !== order.plan.recipients || plan.parts !== order.plan.parts;
      this.order = { ...order, plan };
      this.typed = '';
      this.error = this.changed || this.#mustType ? null : error;
    } catch (thrown) {
      this.error = toAppError(thrown);
    }
  }
}
