import type { AppError } from '#shared/errors.ts';
import type { Space } from '#shared/ids.ts';
import type { DoNotMessageEntry, DoNotMessageReason } from '#shared/ipc/do-not-message.ts';
import { act } from '../../lib/act.ts';
import type { EngineClient, Link } from '../../lib/link.ts';
import { RowWindow } from '../../lib/row-window.svelte.ts';

/** Pause (ms) in typing after which the list is searched. */
const SEARCH_PAUSE = 250;

/** An entry; its number is its id. */
export type EntryRow = DoNotMessageEntry & { readonly id: string };

/** What became of numbers that were written. */
type AddResult = Awaited<ReturnType<EngineClient['doNotMessage']['add']>>;

/** The do-not-message list of one space: its rows, adding, removing with undo. */
export class DoNotMessageModel {
  readonly #link: Link;
  readonly #space: Space;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** What the rows in memory were searched by. */
  #applied = '';

  search = $state('');
  /** Rows that match; null until known. */
  total: number | null = $state(null);
  error: AppError | null = $state.raw(null);
  /** The one that was removed last and can come back. */
  removed: DoNotMessageEntry | null = $state.raw(null);
  /** What became of the numbers that were added last. */
  result: AddResult | null = $state.raw(null);
  /** How many numbers the undo of the last adding took off the list; null: nothing was undone. */
  takenBack: number | null = $state(null);
  busy = $state(false);
  readonly rows: RowWindow<EntryRow>;

  constructor(link: Link, space: Space) {
    this.#link = link;
    this.#space = space;
    this.rows = new RowWindow(async (cursor, limit) => {
      const search = this.#applied;
      const page = await link.engine.doNotMessage.list({
        space,
        limit,
        ...(search !== '' && { search }),
        ...(cursor !== undefined && { cursor }),
      });
      if (search === this.#applied) this.total = page.total;
      return { next: page.next, rows: page.rows.map((row) => ({ ...row, id: row.msisdn })) };
    });
  }

  /** Something is searched for. */
  get isSearching(): boolean {
    return this.search.trim() !== '';
  }

  /** Reads the list and follows its changes. Returns the function that stops it. */
  start(): () => void {
    const stop = this.#link.follow(
      (signal) => this.#link.engine.contacts.watch({ space: this.#space }, { signal }),
      () => void (this.rows.ready ? this.rows.refresh() : this.rows.reload()),
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
    this.#timer = setTimeout(() => this.#reload(), SEARCH_PAUSE);
  }

  /** Shows the whole list again. */
  clear(): void {
    this.search = '';
    this.#reload();
  }

  /** Adds written numbers; {@link result} says what became of them. */
  async add(numbers: string, reason: DoNotMessageReason, note: string): Promise<void> {
    await this.#change(async () => {
      this.result = await this.#link.engine.doNotMessage.add({
        space: this.#space,
        numbers,
        reason,
        note,
      });
    });
  }

  /** Takes the last adding back. */
  async undoAdd(): Promise<void> {
    const addition = this.result?.addition;
    if (addition === undefined) return;
    await this.#change(async () => {
      const { removed } = await this.#link.engine.doNotMessage.undoAdd({ space: this.#space, addition });
      this.result = null;
      this.takenBack = removed;
    });
  }

  /** Takes what was done last off the screen. */
  forget(): void {
    this.error = null;
    this.removed = null;
    this.result = null;
    this.takenBack = null;
  }

  /** Allows a number again. */
  async remove({ msisdn }: DoNotMessageEntry): Promise<void> {
    await this.#change(async () => {
      this.forget();
      this.removed = await this.#link.engine.doNotMessage.remove({ space: this.#space, msisdn });
    });
  }

  /** Puts the one that was removed last back, with its reason and note. */
  async undo(): Promise<void> {
    const { removed } = this;
    if (!removed) return;
    await this.#change(async () => {
      const { msisdn, reason, note } = removed;
      await this.#link.engine.doNotMessage.add({ space: this.#space, numbers: msisdn, reason, note });
      this.removed = null;
    });
  }

  #reload(): void {
    clearTimeout(this.#timer);
    this.#applied = this.search.trim();
    void this.rows.reload();
  }

  async #change(call: () => Promise<void>): Promise<void> {
    if (await act(this, call)) void this.rows.refresh();
  }
}
