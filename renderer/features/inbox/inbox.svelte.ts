import type { AppError } from '#shared/errors.ts';
import type { Space } from '#shared/ids.ts';
import type { Conversation, InboxHead } from '#shared/ipc/inbox.ts';
import { toAppError, type Link } from '../../lib/link.ts';
import { RowWindow } from '../../lib/row-window.svelte.ts';
import { ThreadModel } from './thread.svelte.ts';

/** A conversation as a row of the list. */
export type ConversationRow = Conversation & { readonly id: string };

/** Pause (ms) in typing after which the list is searched. */
const SEARCH_PAUSE = 250;

/** The inbox of one space: the list of conversations and the one that is open. */
export class InboxModel {
  readonly #link: Link;
  readonly space: Space;
  #timer: ReturnType<typeof setTimeout> | undefined;

  head: InboxHead | null = $state.raw(null);
  /** Why the inbox cannot be read. */
  error: AppError | null = $state.raw(null);
  /** Why the last check or the last marking failed. */
  actionError: AppError | null = $state.raw(null);
  checking = $state(false);
  /** How many came with the last check; null before one. */
  received: number | null = $state(null);
  search = $state('');
  unreadOnly = $state(false);
  /** The conversation that is open. */
  thread: ThreadModel | null = $state.raw(null);
  readonly rows: RowWindow<ConversationRow>;

  constructor(link: Link, space: Space) {
    this.#link = link;
    this.space = space;
    this.rows = new RowWindow(async (cursor, limit) => {
      const search = this.search.trim();
      const page = await link.engine.inbox.conversations({
        space,
        limit,
        ...(search !== '' && { search }),
        ...(this.unreadOnly && { unreadOnly: true }),
        ...(cursor !== undefined && { cursor }),
      });
      return { next: page.next, rows: page.rows.map((row) => ({ ...row, id: row.partner })) };
    });
  }

  /** Something restricts the list. */
  get isFiltered(): boolean {
    return this.search.trim() !== '' || this.unreadOnly;
  }

  /** Reads the list and follows what comes in. Returns the function that stops it. */
  start(): () => void {
    void this.rows.reload();
    let isSnapshot = true;
    const stop = this.#link.follow(
      (signal) => this.#link.engine.inbox.head({ space: this.space }, { signal }),
      (head) => {
        this.head = head;
        if (!isSnapshot) void this.#catchUp();
        isSnapshot = false;
      },
      (error) => {
        this.error = error;
      },
    );
    return () => {
      stop();
      clearTimeout(this.#timer);
      this.thread?.stop();
    };
  }

  /** Searches as soon as the writer pauses. */
  searchSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.rows.reload(), SEARCH_PAUSE);
  }

  /** Shows unread ones only, or all. */
  toggleUnread(): void {
    this.unreadOnly = !this.unreadOnly;
    void this.rows.reload();
  }

  /** Shows every conversation again. */
  clear(): void {
    this.search = '';
    this.unreadOnly = false;
    void this.rows.reload();
  }

  /** Opens a conversation, which counts as read from then on; null closes it. */
  open(conversation: Conversation | null): void {
    this.thread?.stop();
    if (!conversation) {
      this.thread = null;
      return;
    }
    this.thread = new ThreadModel(this.#link, this.space, conversation);
    this.thread.start();
    if (conversation.unread > 0) void this.mark(conversation.partner, true);
  }

  /** Marks the messages of a number as read or unread. */
  async mark(partner: string, read: boolean): Promise<void> {
    await this.#act(() => this.#link.engine.inbox.markRead({ space: this.space, partner, read }));
    void this.rows.refresh();
  }

  /** Asks every account that can receive, now. */
  async check(): Promise<void> {
    if (this.checking) return;
    this.checking = true;
    this.received = null;
    await this.#act(async () => {
      const { received } = await this.#link.engine.inbox.fetch({ space: this.space });
      this.received = received;
    });
    this.checking = false;
    void this.rows.refresh();
  }

  /** Something came in or was read elsewhere. What comes into the open conversation is read as soon as it is seen. */
  async #catchUp(): Promise<void> {
    await Promise.all([this.rows.refresh(), this.thread?.read()]);
    const open = this.thread?.conversation.partner;
    const row = this.rows.rows.find((one) => one.partner === open);
    if (row && row.unread > 0 && document.visibilityState === 'visible') await this.mark(row.partner, true);
  }

  async #act(call: () => Promise<unknown>): Promise<void> {
    this.actionError = null;
    try {
      await call();
    } catch (thrown) {
      this.actionError = toAppError(thrown);
    }
  }
}
