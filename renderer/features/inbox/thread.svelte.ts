import type { AppError } from '#shared/errors.ts';
import type { Space } from '#shared/ids.ts';
import type { Conversation, ConversationMessage } from '#shared/ipc/inbox.ts';
import { toAppError, type Link } from '../../lib/link.ts';
import { ReplyModel } from './reply.svelte.ts';

/** Messages shown at first, and added with each "earlier". */
const STEP = 100;
/** Messages shown at most; older ones are in the archive. */
const MOST = 500;

/** Everything received from and sent to one number. */
export class ThreadModel {
  readonly #link: Link;
  readonly space: Space;
  readonly conversation: Conversation;
  readonly reply: ReplyModel;
  #wanted = STEP;
  #stop: () => void = () => undefined;
  #reading = 0;

  /** Oldest first, as people read. */
  messages: readonly ConversationMessage[] = $state.raw([]);
  /** There are older ones that can be shown here. */
  hasEarlier = $state(false);
  ready = $state(false);
  error: AppError | null = $state.raw(null);

  constructor(link: Link, space: Space, conversation: Conversation) {
    this.#link = link;
    this.space = space;
    this.conversation = conversation;
    this.reply = new ReplyModel(link.engine, space, conversation, () => void this.read());
  }

  /** Reads the conversation and follows what becomes of sent messages. */
  start(): void {
    void this.read();
    let isSnapshot = true;
    this.#stop = this.#link.follow(
      (signal) => this.#link.engine.messages.changes({ space: this.space }, { signal }),
      () => {
        if (!isSnapshot) void this.read();
        isSnapshot = false;
      },
    );
  }

  /** Stops following. */
  stop(): void {
    this.#stop();
    this.reply.stop();
  }

  /** Shows older messages too. */
  showEarlier(): void {
    this.#wanted = Math.min(MOST, this.#wanted + STEP);
    void this.read();
  }

  /** Reads what is shown again. The answer to an older reading is dropped. */
  async read(): Promise<void> {
    const reading = ++this.#reading;
    try {
      const { rows, next } = await this.#link.engine.inbox.thread({
        space: this.space,
        partner: this.conversation.partner,
        limit: this.#wanted,
      });
      if (reading !== this.#reading) return;
      this.messages = rows.toReversed();
      this.hasEarlier = next !== undefined && this.#wanted < MOST;
      this.ready = true;
      this.error = null;
    } catch (thrown) {
      if (reading === this.#reading) this.error = toAppError(thrown);
    }
  }
}
