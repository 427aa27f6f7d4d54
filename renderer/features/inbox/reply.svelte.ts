import type { AppError } from '#shared/errors.ts';
import type { CampaignId, Space } from '#shared/ids.ts';
import type { Plan, SendRequest, Warning } from '#shared/ipc/plan.ts';
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
  /** The user saw what would stop this very reply, and wants to send it all the same. */
  accepted = $state(false);
  /** Something came up between the plan and the sending: it is shown now. */
  overlooked = $state(false);
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

  /** What the guards have found that stops it unless it is accepted. */
  get stopping(): Warning[] {
    return (this.plan?.warnings ?? []).filter((one) => one.stops);
  }

  /** The plan stands, somebody is left to send to, and what would stop it was accepted. */
  get isReady(): boolean {
    const { plan } = this;
    if (!plan || plan.recipients === 0 || this.meter.tooLong > 0 || this.busy) return false;
    return this.accepted || this.stopping.length === 0;
  }

  /** Asks for the cost of what is written, after a pause. What was accepted was about other words. */
  changed(): void {
    clearTimeout(this.#timer);
    this.plan = null;
    this.error = null;
    this.accepted = false;
    this.overlooked = false;
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
        // It is one person, and which one stands above: there is nothing to count.
        ...(plan.needsTypedCount && { typedCount: plan.recipients }),
        ...(this.stopping.length > 0 && {
          accepted: [...new Set(this.stopping.map(({ kind }) => kind))],
          seen: plan.warningsKey,
        }),
        token,
      });
      this.#unresolved = null;
      this.#hold({ id: sent.id, heldUntil: sent.heldUntil, text: this.text });
      this.text = '';
      this.changed();
      this.#onsent();
    } catch (thrown) {
      const failed = toAppError(thrown);
      this.error = failed;
      await this.#lookAgain(failed);
      const isUnknown = failed.code === 'LINK_LOST' || failed.code === 'UNEXPECTED';
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

  /** After a refusal because the plan has changed: shows the new one, about which nothing was accepted yet. */
  async #lookAgain({ code }: AppError): Promise<void> {
    if (code !== 'WARNING_NOT_SEEN' && code !== 'PLAN_CHANGED') return;
    this.accepted = false;
    this.plan = null;
    if (code === 'WARNING_NOT_SEEN') this.error = null;
    await this.#ask();
    this.overlooked = this.stopping.length > 0;
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
      isAnswer: true,
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
