import type { AppError } from '#shared/errors.ts';
import type { CampaignId, Space } from '#shared/ids.ts';
import type { Plan, SendRequest } from '#shared/ipc/campaigns.ts';
import type { Conversation } from '#shared/ipc/inbox.ts';
import { toAppError, type EngineClient } from '../../lib/link.ts';
import { meterOf } from '../../lib/meter.ts';

/** Pause (ms) in typing after which the cost is asked for. */
const PLAN_PAUSE = 250;

/** A reply that waits out its undo window. */
type HeldReply = { readonly id: CampaignId; readonly heldUntil: number; readonly text: string };

const HELD_MARGIN = 300;

/** The reply to one number: its text, what it costs, sending it once, and taking it back. */
export class ReplyModel {
  readonly #engine: EngineClient;
  readonly #space: Space;
  readonly #partner: string;
  readonly #accountId: string;
  readonly #onsent: () => void;
  #isChosen = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #heldTimer: ReturnType<typeof setTimeout> | undefined;
  /** Of a decision whose outcome is not known yet; the same text sent again keeps it, so it is sent once at most. */
  #unresolved: { readonly key: string; readonly token: string } | null = null;

  text = $state('');
  sender = $state('');
  /** The engine's plan of what is written now; null while it is not known. */
  plan: Plan | null = $state.raw(null);
  error: AppError | null = $state.raw(null);
  busy = $state(false);
  held: HeldReply | null = $state.raw(null);

  constructor(engine: EngineClient, space: Space, conversation: Conversation, onsent: () => void) {
    this.#engine = engine;
    this.#space = space;
    this.#partner = conversation.partner;
    this.#accountId = conversation.accountId;
    this.#onsent = onsent;
  }

  /** Takes a sender that the user chose; the usual one no longer takes its place. */
  choose(sender: string): void {
    this.#isChosen = true;
    this.sender = sender;
    this.changed();
  }

  /** Takes the sender that answers usually, unless the user chose one. */
  suggest(sender: string): void {
    if (this.#isChosen || sender === this.sender) return;
    this.sender = sender;
    this.changed();
  }

  /** The text as the network bills it. */
  meter = $derived.by(() => meterOf(this.text));

  /** A name instead of a number cannot be answered. */
  get canAnswer(): boolean {
    return /^\+?\d{5,15}$/.test(this.#partner);
  }

  /** The plan stands, and somebody is left to send to. */
  get isReady(): boolean {
    return this.plan !== null && this.plan.recipients > 0 && this.meter.tooLong === 0 && !this.busy;
  }

  /** Asks for the cost of what is written, after a pause. */
  changed(): void {
    clearTimeout(this.#timer);
    this.plan = null;
    this.error = null;
    if (this.text.trim() !== '' && this.sender !== '')
      this.#timer = setTimeout(() => void this.#ask(), PLAN_PAUSE);
  }

  /** Drops what is under way. */
  stop(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#heldTimer);
  }

  /** Sends what is written, with the numbers that were shown. */
  async send(): Promise<void> {
    const { plan } = this;
    if (!plan || !this.isReady) return;
    const request = this.#request();
    const key = JSON.stringify(request);
    const token = this.#unresolved?.key === key ? this.#unresolved.token : crypto.randomUUID();
    this.busy = true;
    this.error = null;
    try {
      const sent = await this.#engine.campaigns.send({
        request,
        expectedRecipients: plan.recipients,
        expectedParts: plan.parts,
        expectedCost: plan.cost,
        token,
      });
      this.#unresolved = null;
      this.#hold({ id: sent.id, heldUntil: sent.heldUntil, text: this.text });
      this.text = '';
      this.plan = null;
      this.#onsent();
    } catch (thrown) {
      this.error = toAppError(thrown);
      const isUnknown = this.error.code === 'LINK_LOST' || this.error.code === 'UNEXPECTED';
      this.#unresolved = isUnknown ? { key, token } : null;
    } finally {
      this.busy = false;
    }
  }

  /** Takes the held reply back; its text stands in the box again, before what was written since. */
  async undo(): Promise<void> {
    const { held } = this;
    if (!held || this.busy) return;
    this.busy = true;
    this.error = null;
    try {
      await this.#engine.campaigns.undo({ space: this.#space, id: held.id });
      this.text = this.text === '' ? held.text : `${held.text}\n${this.text}`;
      this.changed();
    } catch (thrown) {
      this.error = toAppError(thrown);
    } finally {
      this.held = null;
      this.busy = false;
      this.#onsent();
    }
  }

  #hold(held: HeldReply): void {
    this.held = held;
    clearTimeout(this.#heldTimer);
    this.#heldTimer = setTimeout(
      () => {
        this.held = null;
        this.#onsent();
      },
      Math.max(0, held.heldUntil - Date.now()) + HELD_MARGIN,
    );
  }

  #request(): SendRequest {
    return {
      accountId: this.#accountId,
      sender: this.sender,
      text: this.text,
      recipients: this.#partner,
    };
  }

  async #ask(): Promise<void> {
    const request = this.#request();
    try {
      const plan = await this.#engine.campaigns.plan(request);
      if (request.text === this.text && request.sender === this.sender) this.plan = plan;
    } catch (thrown) {
      if (request.text === this.text) this.error = toAppError(thrown);
    }
  }
}
