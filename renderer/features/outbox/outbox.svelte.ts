import type { AppError } from '#shared/errors.ts';
import type { DraftId, Space } from '#shared/ids.ts';
import type { CampaignView } from '#shared/ipc/campaign-view.ts';
import type { SendRequest } from '#shared/ipc/plan.ts';
import type { OutboxView } from '#shared/ipc/outbox.ts';
import { actAs } from '../../lib/act.ts';
import type { Link } from '../../lib/link.ts';

/** What can be done to a sending in its row. */
type RowAction = 'undo' | 'pause' | 'resume' | 'cancel' | 'send-now';

/** What is on its way out of one space, live, and what can be done to each sending. */
export class OutboxModel {
  readonly space: Space;
  readonly #link: Link;

  /** Everything on its way; `null` until it has arrived. */
  view: OutboxView | null = $state.raw(null);
  /** Why nothing can be shown. */
  failure: AppError | null = $state.raw(null);
  /** Why the last action did not happen. */
  error: AppError | null = $state.raw(null);
  /** The action under way, with the sending it is about: `pause:7`. */
  busy: `${RowAction}:${number}` | null = $state(null);
  /** Messages that the last cancelling took back; `null` when nothing is to be told. */
  cancelled: number | null = $state(null);

  constructor(link: Link, space: Space) {
    this.#link = link;
    this.space = space;
  }

  /** Begins to follow. Returns the function that stops it. */
  start(): () => void {
    return this.#link.follow(
      (signal) => this.#link.engine.outbox.watch({ space: this.space }, { signal }),
      (view) => {
        this.view = view;
        this.failure = null;
      },
      (error) => {
        this.failure = error;
      },
    );
  }

  /** Takes a held sending back; gives what Compose shows again, `null` when it was too late. */
  async undo({ id }: CampaignView): Promise<(SendRequest & { readonly draftId: DraftId }) | null> {
    const draftId = crypto.randomUUID();
    let request: SendRequest | null = null;
    await this.#act('undo', id, async () => {
      request = await this.#link.engine.campaigns.undo({ space: this.space, id, draftId });
    });
    return request && { ...(request as SendRequest), draftId };
  }

  /** Stops handing out further messages. */
  pause({ id }: CampaignView): Promise<boolean> {
    return this.#act('pause', id, () => this.#link.engine.campaigns.pause({ space: this.space, id }));
  }

  /** Goes on where it stopped. */
  resume({ id }: CampaignView): Promise<boolean> {
    return this.#act('resume', id, () => this.#link.engine.campaigns.resume({ space: this.space, id }));
  }

  /** Cancels what has not left. */
  cancel({ id }: CampaignView): Promise<boolean> {
    return this.#act('cancel', id, async () => {
      const { cancelled } = await this.#link.engine.campaigns.cancelRest({ space: this.space, id });
      this.cancelled = cancelled;
    });
  }

  /** Sends a scheduled or missed one now, or one that waits for the end of the quiet hours. */
  sendNow({ id, phase }: CampaignView): Promise<boolean> {
    const { campaigns } = this.#link.engine;
    return this.#act('send-now', id, () =>
      phase === 'quiet'
        ? campaigns.ignoreQuiet({ space: this.space, id })
        : campaigns.reschedule({ space: this.space, id, sendAt: null }),
    );
  }

  /** Takes the outcome of the last action off the screen. */
  forget(): void {
    this.error = null;
    this.cancelled = null;
  }

  #act(action: RowAction, id: number, call: () => Promise<unknown>): Promise<boolean> {
    this.cancelled = null;
    return actAs(this, `${action}:${id}`, call);
  }
}
