import type { AppError } from '#shared/errors.ts';
import type { CampaignId, DraftId, Space } from '#shared/ids.ts';
import type { Plan, SendRequest } from '#shared/ipc/plan.ts';
import { toAppError, type EngineClient } from '../../lib/link.ts';
import { wholeNumber } from '../../lib/whole-number.ts';
import type { Decisions } from './decisions.svelte.ts';
import type { DraftSaver } from './draft-saver.svelte.ts';
import { isSameRequest } from './same-request.ts';

/** Where a queued campaign is found, and the draft that went with it. */
export type Sent = { readonly space: Space; readonly id: CampaignId; readonly draftId: DraftId };

/** The draft that is sent, as its saver knows it. Its id may change until it leaves. */
type Leaving = Pick<DraftSaver, 'id' | 'leaves' | 'stays'>;

/** What the user decided about the warnings of a plan. */
type Said = Pick<Decisions, 'accepted' | 'undecided'>;

/** A decision whose outcome is not known: the line broke before the engine answered. */
type Unresolved = { readonly request: SendRequest; readonly token: string };

/**
 * The decision to send: what was shown, what was typed, and the token that makes the engine do it at most once. The token is
 * made when the dialog opens and lives until the outcome is known, also when the dialog is closed in between.
 */
export class ConfirmSend {
  readonly #engine: EngineClient;
  #token = '';
  #draft: Leaving | null = null;
  #decisions: Said | null = null;
  #unresolved: Unresolved | null = $state.raw(null);

  /** What is to be sent; null while the dialog is closed. */
  request: SendRequest | null = $state.raw(null);
  /** The plan the user looks at. */
  plan: Plan | null = $state.raw(null);
  /** The plan before it changed under the user's eyes. */
  before: Plan | null = $state.raw(null);
  /** The number of recipients as typed. */
  typed = $state('');
  /** The engine is being asked to send. */
  busy = $state(false);
  /** Why sending did not happen, or may not have happened (`LINK_LOST`). */
  error: AppError | null = $state.raw(null);

  constructor(engine: EngineClient) {
    this.#engine = engine;
  }

  /** The dialog is open. */
  get open(): boolean {
    return this.request !== null;
  }

  /** An earlier decision about something else has an unknown outcome: the user should look before sending more. */
  get doubtful(): boolean {
    const { request } = this;
    return this.#unresolved !== null && !(request && isSameRequest(this.#unresolved.request, request));
  }

  /** Whether the count has been typed where it has to be. */
  get typedRight(): boolean {
    if (!this.plan?.needsTypedCount) return true;
    return wholeNumber(this.typed) === this.plan.recipients;
  }

  /** Opens the dialog. The same request with an unknown outcome keeps its token, so repeating it cannot send it twice. */
  start(request: SendRequest, plan: Plan, draft: Leaving, decisions: Said): void {
    const isRepeat = this.#unresolved && isSameRequest(this.#unresolved.request, request);
    this.#token = isRepeat && this.#unresolved ? this.#unresolved.token : crypto.randomUUID();
    this.#draft = draft;
    this.#decisions = decisions;
    this.request = request;
    this.plan = plan;
    this.before = null;
    this.typed = '';
    this.error = null;
  }

  /** Closes the dialog. Not while the engine is being asked. */
  close(): void {
    if (this.busy) return;
    this.request = null;
  }

  /**
   * Asks the engine to send what is shown. Does nothing while an earlier press is being answered or the count is missing. When something
   * has come up that the user has not decided about, the dialog closes: the decision is made beside the message.
   *
   * @returns where the campaign is, or null when nothing is known to be queued ({@link error} says why)
   */
  async confirm(): Promise<Sent | null> {
    const { request, plan } = this;
    const draft = this.#draft;
    if (this.busy || !request || !plan || !draft || !this.typedRight) return null;
    const draftId = draft.id;
    draft.leaves();
    this.busy = true;
    this.error = null;
    const accepted = this.#decisions?.accepted(request, plan) ?? [];
    try {
      const sent = await this.#engine.campaigns.send({
        request,
        expectedRecipients: plan.recipients,
        expectedParts: plan.parts,
        token: this.#token,
        draftId,
        expectedCost: plan.cost,
        ...(accepted.length > 0 && { accepted, seen: plan.warningsKey }),
        ...(plan.needsTypedCount ? { typedCount: plan.recipients } : {}),
      });
      this.#unresolved = null;
      this.request = null;
      return { space: sent.space, id: sent.id, draftId };
    } catch (thrown) {
      await this.#failed(toAppError(thrown), request, plan);
      return null;
    } finally {
      this.busy = false;
    }
  }

  async #failed(error: AppError, request: SendRequest, plan: Plan): Promise<void> {
    this.error = error;
    if (error.code === 'LINK_LOST' || error.code === 'UNEXPECTED') {
      this.#unresolved = { request, token: this.#token };
      return;
    }
    this.#draft?.stays();
    if (this.#unresolved?.token === this.#token) this.#unresolved = null;
    if (error.code === 'WARNING_NOT_SEEN') this.request = null;
    if (error.code === 'PLAN_CHANGED' || error.code === 'CONFIRMATION_NEEDED')
      await this.#planAgain(request, plan);
  }

  async #planAgain(request: SendRequest, before: Plan): Promise<void> {
    try {
      const plan = await this.#engine.campaigns.plan(request);
      if (this.#decisions && this.#decisions.undecided(request, plan).length > 0) {
        this.request = null;
        return;
      }
      this.plan = plan;
      this.before = before;
      this.typed = '';
    } catch (thrown) {
      this.error = toAppError(thrown);
    }
  }
}
