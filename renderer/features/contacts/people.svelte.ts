import type { AppError } from '#shared/errors.ts';
import type { Space } from '#shared/ids.ts';
import type { Contact } from '#shared/ipc/contacts.ts';
import { toAppError, type Link } from '../../lib/link.ts';
import { RowWindow } from '../../lib/row-window.svelte.ts';

/** Pause (ms) in typing after which the list is searched. */
const SEARCH_PAUSE = 250;

/** The contacts of one space: the list, and what is done to it. */
export class PeopleModel {
  readonly #link: Link;
  readonly #space: Space;
  #timer: ReturnType<typeof setTimeout> | undefined;

  search = $state('');
  /** All contacts, whatever is searched for; null until known. */
  total: number | null = $state(null);
  error: AppError | null = $state.raw(null);
  /** The one that was removed last and can come back. */
  removed: Contact | null = $state.raw(null);
  busy: 'undo' | 'numbers' | null = $state(null);
  readonly rows: RowWindow<Contact>;

  constructor(link: Link, space: Space) {
    this.#link = link;
    this.#space = space;
    this.rows = new RowWindow((cursor, limit) =>
      link.engine.contacts.list({ ...this.#wanted, limit, ...(cursor !== undefined && { cursor }) }),
    );
  }

  /** Something restricts the list. */
  get isFiltered(): boolean {
    return this.search.trim() !== '';
  }

  /** Reads the list and follows its changes. Returns the function that stops it. */
  start(): () => void {
    void this.rows.reload();
    let isSnapshot = true;
    const stop = this.#link.follow(
      (signal) => this.#link.engine.contacts.watch({ space: this.#space }, { signal }),
      ({ count }) => {
        this.total = count;
        if (!isSnapshot) void this.rows.refresh();
        isSnapshot = false;
      },
      (error) => {
        this.error = error;
      },
    );
    return () => {
      stop();
      clearTimeout(this.#timer);
    };
  }

  /** Searches as soon as the writer pauses. */
  searchSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.rows.reload(), SEARCH_PAUSE);
  }

  /** Shows everybody again. */
  clear(): void {
    this.search = '';
    void this.rows.reload();
  }

  /** Brings back the one that was removed last. */
  async undo(): Promise<void> {
    const { removed } = this;
    if (!removed) return;
    const { id, name, msisdn, createdAt } = removed;
    await this.#act('undo', async () => {
      await this.#link.engine.contacts.restore({ space: this.#space, id, name, number: msisdn, createdAt });
      this.removed = null;
    });
  }

  /** The numbers of everybody in the list, one a line; null when reading failed. */
  async numbers(): Promise<string | null> {
    let numbers: string | null = null;
    await this.#act('numbers', async () => {
      ({ numbers } = await this.#link.engine.contacts.numbers(this.#wanted));
    });
    return numbers;
  }

  get #wanted() {
    const search = this.search.trim();
    return { space: this.#space, ...(search !== '' && { search }) };
  }

  async #act(what: 'undo' | 'numbers', call: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = what;
    this.error = null;
    try {
      await call();
    } catch (thrown) {
      this.error = toAppError(thrown);
    } finally {
      this.busy = null;
    }
  }
}
