import type { AppError } from '#shared/errors.ts';
import type { CampaignId, Space } from '#shared/ids.ts';
import type { FailureGroup } from '#shared/ipc/campaign-view.ts';
import type { WarningKind } from '#shared/ipc/plan.ts';
import { toAppError, type EngineClient } from '../../lib/link.ts';
import { wholeNumber } from '../../lib/whole-number.ts';
import { causesOf, sumOf } from './retry-causes.ts';

/** What keeps a repetition from being queued until the user has read it. */
const WARNED: readonly WarningKind[] = ['balance', 'over-cap'];

/**
 * The decision to send failed messages again: their causes, which of them are chosen, what that comes to. The token is made when the
 * dialog opens, so that pressing again after a lost answer sends nothing twice.
 */
export class RetryModel {
  readonly #engine: EngineClient;
  readonly #one: { readonly space: Space; readonly id: CampaignId };
  #token = '';

  /** The dialog is open. */
  open = $state(false);
  /** The causes; null until they are read. */
  groups: readonly FailureGroup[] | null = $state.raw(null);
  /** Keys of the causes that are sent again. */
  chosen: ReadonlySet<string> = $state.raw(new Set<string>());
  /** Why reading or sending did not happen (`LINK_LOST`: may not have happened). */
  error: AppError | null = $state.raw(null);
  /** The engine is being asked to send. */
  busy = $state(false);
  /** The numbers are others than when the user pressed. */
  changed = $state(false);
  /** The number that has to be typed; null where none has to. */
  countToType: number | null = $state(null);
  /** What was found that the user is to know: the last of it is shown, and pressing again sends all the same. */
  warned: readonly { readonly kind: WarningKind; readonly people: number }[] = $state.raw([]);
  /** What was typed. */
  typed = $state('');

  constructor(engine: EngineClient, space: Space, id: CampaignId) {
    this.#engine = engine;
    this.#one = { space, id };
  }

  /** The causes as lines of the dialog; null until they are read. */
  causes = $derived(this.groups && causesOf(this.groups));

  /** What the chosen causes come to. Without a price the cost is null. */
  total = $derived.by(() => {
    const chosen = (this.groups ?? []).filter(({ key }) => this.chosen.has(key));
    return {
      people: chosen.reduce((sum, { messages }) => sum + messages, 0),
      parts: chosen.reduce((sum, { parts }) => sum + parts, 0),
      cost: sumOf(chosen.map(({ cost }) => cost)),
    };
  });

  /** Whether it can be sent as it stands. */
  ready = $derived(
    this.total.people > 0 && (this.countToType === null || wholeNumber(this.typed) === this.countToType),
  );

  /** Opens the dialog and reads the causes; those that may pass are chosen. */
  async start(): Promise<void> {
    this.#token = crypto.randomUUID();
    this.open = true;
    this.groups = null;
    this.chosen = new Set();
    this.error = null;
    this.changed = false;
    this.#ask(null);
    const groups = await this.#read();
    if (groups)
      this.chosen = new Set(groups.filter((one) => one.permanence === 'temporary').map(({ key }) => key));
  }

  /** Closes the dialog. Not while the engine is being asked. */
  close(): void {
    if (!this.busy) this.open = false;
  }

  /** Whether a line of the dialog is chosen. */
  has = (keys: readonly string[]): boolean => keys.every((key) => this.chosen.has(key));

  /** Chooses the causes of a line or takes them out. */
  toggle(keys: readonly string[]): void {
    const next = new Set(this.chosen);
    const isOn = this.has(keys);
    for (const key of keys) {
      if (isOn) next.delete(key);
      else next.add(key);
    }
    this.chosen = next;
    this.#ask(null);
  }

  /**
   * Sends what is chosen again.
   *
   * @returns the campaign that does it, or null when none is known to ({@link error} and {@link changed} say why)
   */
  async send(): Promise<CampaignId | null> {
    if (this.busy || !this.ready) return null;
    this.busy = true;
    this.error = null;
    this.changed = false;
    try {
      const { id } = await this.#engine.campaigns.retry({
        ...this.#one,
        keys: [...this.chosen],
        expectedRecipients: this.total.people,
        token: this.#token,
        ...(this.warned.length > 0 && { accepted: this.warned.map(({ kind }) => kind) }),
        ...(this.countToType === null ? {} : { typedCount: this.countToType }),
      });
      this.open = false;
      return id;
    } catch (thrown) {
      await this.#failed(toAppError(thrown));
      return null;
    } finally {
      this.busy = false;
    }
  }

  async #failed(error: AppError): Promise<void> {
    if (error.code === 'CONFIRMATION_NEEDED') {
      this.#ask(error.facts?.actual ?? this.total.people);
      return;
    }
    const kind = WARNED.find((one) => one === error.facts?.detail);
    if (error.code === 'WARNING_NOT_SEEN' && kind) {
      this.warned = [...this.warned, { kind, people: error.facts?.actual ?? this.total.people }];
      return;
    }
    if (error.code === 'PLAN_CHANGED' || error.code === 'NOTHING_TO_SEND') {
      await this.#lookAgain(error);
      return;
    }
    this.error = error;
  }

  /** Reads the causes anew. Where the numbers are the same, `error` is about them and is told: nobody may be written to. */
  async #lookAgain(error: AppError): Promise<void> {
    const before = this.total.people;
    this.#ask(null);
    const groups = await this.#read();
    if (!groups) return;
    const left = new Set(groups.map(({ key }) => key));
    this.chosen = new Set([...this.chosen].filter((key) => left.has(key)));
    this.changed = this.total.people !== before;
    if (!this.changed) this.error = error;
  }

  #ask(count: number | null): void {
    if (count === null) this.warned = [];
    this.countToType = count;
    this.typed = '';
  }

  async #read(): Promise<readonly FailureGroup[] | null> {
    try {
      this.groups = await this.#engine.campaigns.failures(this.#one);
      return this.groups;
    } catch (thrown) {
      this.error = toAppError(thrown);
      return null;
    }
  }
}
