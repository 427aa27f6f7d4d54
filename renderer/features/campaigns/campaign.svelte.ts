import type { AppError } from '#shared/errors.ts';
import type { CampaignId, DraftId, Space } from '#shared/ids.ts';
import type { CampaignView, MessageRow } from '#shared/ipc/campaign-view.ts';
import type { SendRequest } from '#shared/ipc/plan.ts';
import { MESSAGE_STATES, type MessageState } from '#shared/sms/message-state.ts';
import { toAppError, type Link } from '../../lib/link.ts';
import { RowWindow } from '../../lib/row-window.svelte.ts';
import { atGateway, cancelKind, handedOver, unsentOf } from '../../lib/sending-counts.ts';
import { equationOf } from './equation.ts';

/** What the user can have done to a campaign. */
export type CampaignAction = 'undo' | 'pause' | 'resume' | 'cancel' | 'settle' | 'reschedule' | 'quiet';

/** Shortest time (ms) between two readings of the rows on the screen. */
const REFRESH_GAP = 400;

/** One campaign, live, with its recipients. */
export class CampaignModel {
  readonly space: Space;
  readonly id: CampaignId;
  readonly #link: Link;
  #refreshTimer: ReturnType<typeof setTimeout> | undefined;
  #refreshedAt = 0;

  /** The head of the campaign; null until it has arrived. */
  view: CampaignView | null = $state.raw(null);
  /** Why the campaign cannot be shown. */
  error: AppError | null = $state.raw(null);
  /** Why the last action did not happen. */
  actionError: AppError | null = $state.raw(null);
  /** The action that is under way. */
  busy: CampaignAction | null = $state(null);
  /** How many messages the last "Cancel the rest" cancelled, or "They did arrive" settled. */
  done: { readonly action: CampaignAction; readonly count: number } | null = $state.raw(null);
  /** What the last change of the time came to; `waits`: until the quiet hours are over, `quiet`: out in the quiet hours. */
  rescheduled: 'now' | 'later' | 'waits' | 'quiet' | null = $state(null);
  /** The states that the table shows; empty for all. */
  states: readonly MessageState[] = $state.raw([]);
  /** The recipients that the table shows. */
  readonly rows: RowWindow<MessageRow>;

  constructor(link: Link, space: Space, id: CampaignId) {
    this.#link = link;
    this.space = space;
    this.id = id;
    this.rows = new RowWindow((cursor, limit) =>
      this.#link.engine.campaigns.recipients({
        space,
        id,
        limit,
        ...(this.states.length > 0 ? { states: [...this.states] } : {}),
        ...(cursor === undefined ? {} : { cursor }),
      }),
    );
  }

  /** Terms of the equation that are not zero. */
  equation = $derived(this.view ? equationOf(this.view.counts) : []);

  /** States that occur, with their numbers, in the order of a message's life. */
  stateCounts = $derived(
    MESSAGE_STATES.map((state) => ({ state, count: this.view?.counts[state] ?? 0 })).filter(
      ({ count }) => count > 0,
    ),
  );

  /** How far the handing over is. */
  progress = $derived(this.view ? handedOver(this.view) : { done: 0, total: 0 });

  /** Messages that can still be taken back: what "Cancel the rest" would cancel. */
  unsent = $derived(this.view ? unsentOf(this.view) : 0);

  /** Messages that lie at the gateway until their time: handed over, and not sent. */
  atGateway = $derived(this.view ? atGateway(this.view) : 0);

  /** What cancelling is at this moment. */
  cancelKind = $derived(this.view ? cancelKind(this.view) : 'rest');

  /** The time can still be changed: it has not come, or it passed while nobody could send. */
  canReschedule = $derived(this.view?.phase === 'scheduled' || this.view?.pauseReason === 'overdue');

  /** Messages whose fate the user may have to decide. */
  uncertain = $derived(this.view?.counts.uncertain ?? 0);

  /** Starts following the campaign and reads the first recipients. Returns the function that stops it. */
  start(): () => void {
    void this.rows.reload();
    const stop = this.#link.follow(
      (signal) => this.#link.engine.campaigns.watch({ space: this.space, id: this.id }, { signal }),
      (view) => {
        const isFirst = this.view === null;
        this.view = view;
        this.error = null;
        if (!isFirst) this.#refreshSoon();
      },
      (error) => {
        this.error = error;
      },
    );
    return () => {
      stop();
      clearTimeout(this.#refreshTimer);
    };
  }

  /** Shows only messages of the given states in the table; none means all. */
  filter(states: readonly MessageState[]): void {
    this.states = states;
    void this.rows.reload();
  }

  /** Adds a state to the filter or takes it away. */
  toggle(state: MessageState): void {
    const isOn = this.states.includes(state);
    this.filter(isOn ? this.states.filter((one) => one !== state) : [...this.states, state]);
  }

  /** Whether the table shows exactly these states. */
  isShowing(states: readonly MessageState[]): boolean {
    return states.length === this.states.length && states.every((state) => this.states.includes(state));
  }

  /** Takes the held campaign back; gives what Compose shall show again and the draft that it is, or null when it was too late. */
  undo(): Promise<(SendRequest & { readonly draftId: DraftId }) | null> {
    const draftId = crypto.randomUUID();
    return this.#act('undo', async () => ({
      ...(await this.#link.engine.campaigns.undo({ space: this.space, id: this.id, draftId })),
      draftId,
    }));
  }

  /** Stops handing out further messages. */
  async pause(): Promise<void> {
    await this.#act('pause', () => this.#link.engine.campaigns.pause({ space: this.space, id: this.id }));
  }

  /** Goes on sending. */
  async resume(): Promise<void> {
    await this.#act('resume', () => this.#link.engine.campaigns.resume({ space: this.space, id: this.id }));
  }

  /** Cancels what has not left. */
  async cancelRest(): Promise<void> {
    const result = await this.#act('cancel', () =>
      this.#link.engine.campaigns.cancelRest({ space: this.space, id: this.id }),
    );
    if (result) this.done = { action: 'cancel', count: result.cancelled };
  }

  /** Gives the sending another time (ms since 1970), or sends it now (null). Gives whether that was done. */
  async reschedule(sendAt: number | null): Promise<boolean> {
    const result = await this.#act('reschedule', async () => {
      const at = await this.#link.engine.campaigns.reschedule({ space: this.space, id: this.id, sendAt });
      return { isNow: sendAt === null, waits: at !== null && at !== sendAt };
    });
    if (result?.waits) this.rescheduled = 'waits';
    else if (result) this.rescheduled = result.isNow ? 'now' : 'later';
    return result !== null;
  }

  /** Lets it leave in the quiet hours. Gives whether that was done. */
  async ignoreQuiet(): Promise<boolean> {
    const result = await this.#act('quiet', async () => {
      await this.#link.engine.campaigns.ignoreQuiet({ space: this.space, id: this.id });
      return { isDone: true };
    });
    if (result) this.rescheduled = 'quiet';
    return result !== null;
  }

  /** Decides about every uncertain message of the campaign. */
  async settle(decision: 'arrived' | 'send-again'): Promise<void> {
    const result = await this.#act('settle', () =>
      this.#link.engine.campaigns.settleUncertain({ space: this.space, id: this.id, decision }),
    );
    if (result) this.done = { action: 'settle', count: result.settled };
  }

  /** Takes the outcome of the last action off the screen. */
  forgetAction(): void {
    this.actionError = null;
    this.done = null;
    this.rescheduled = null;
  }

  async #act<T>(action: CampaignAction, call: () => Promise<T>): Promise<T | null> {
    if (this.busy) return null;
    this.busy = action;
    this.forgetAction();
    try {
      return await call();
    } catch (thrown) {
      this.actionError = toAppError(thrown);
      return null;
    } finally {
      this.busy = null;
    }
  }

  #refreshSoon(): void {
    if (this.#refreshTimer !== undefined) return;
    const wait = Math.max(0, this.#refreshedAt + REFRESH_GAP - Date.now());
    this.#refreshTimer = setTimeout(() => {
      this.#refreshTimer = undefined;
      this.#refreshedAt = Date.now();
      void this.rows.refresh();
    }, wait);
  }
}
