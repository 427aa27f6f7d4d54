import type { AppError } from '#shared/errors.ts';
import type { SendRequest } from '#shared/ipc/plan.ts';
import type { LeftOutRow } from '#shared/ipc/recipients.ts';
import { act } from '../../lib/act.ts';
import type { Link } from '../../lib/link.ts';
import { RowWindow } from '../../lib/row-window.svelte.ts';

/** Pause (ms) in typing after which the list is searched. */
const SEARCH_PAUSE = 250;

/** A row of the list; its place among all left out is its id. */
export type LeftOutEntry = LeftOutRow & { readonly id: number };

/** Everybody whom a plan leaves out for one reason: page by page, searched, and saved. */
export class LeftOutList {
  readonly #link: Link;
  #request: SendRequest | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** What the rows in memory were searched by. */
  #applied = '';

  /** The reason whose list is open, and how many that are; `null` while it is closed. */
  shown: { readonly reason: string; readonly count: number } | null = $state.raw(null);
  search = $state('');
  rows: RowWindow<LeftOutEntry> = $state.raw() as RowWindow<LeftOutEntry>;
  /** What was saved last. */
  saved: { readonly count: number; readonly file: string } | null = $state.raw(null);
  busy = $state(false);
  /** Why saving failed. */
  error: AppError | null = $state.raw(null);

  constructor(link: Link) {
    this.#link = link;
    this.rows = this.#fresh();
  }

  /** Rows in the list, where nothing is searched for. */
  get total(): number | null {
    return this.search.trim() === '' ? (this.shown?.count ?? null) : null;
  }

  /** Opens the list of a reason in the plan of a request. */
  open(request: SendRequest, reason: string, count: number): void {
    this.#request = request;
    this.#applied = '';
    this.shown = { reason, count };
    this.search = '';
    this.saved = null;
    this.error = null;
    this.rows = this.#fresh();
    void this.rows.reload();
  }

  /** Closes it. */
  close(): void {
    clearTimeout(this.#timer);
    this.shown = null;
  }

  /** Searches as soon as the writer pauses. */
  searchSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#applied = this.search.trim();
      void this.rows.reload();
    }, SEARCH_PAUSE);
  }

  /** Writes the whole list to a file that the user chooses; `name` is suggested, without its ending. */
  async save(name: string): Promise<void> {
    const request = this.#request;
    const reason = this.shown?.reason;
    if (!request || reason === undefined) return;
    await act(this, async () => {
      const place = await this.#link.shell.files.chooseSave({ name: `${name}.csv`, format: 'csv' });
      if (!place) return;
      const { rows } = await this.#link.engine.recipients.saveLeftOut({
        request,
        reason,
        save: place.handle,
      });
      this.saved = { count: rows, file: place.name };
    });
  }

  #fresh(): RowWindow<LeftOutEntry> {
    return new RowWindow(async (cursor, limit) => {
      const request = this.#request;
      const reason = this.shown?.reason;
      if (!request || reason === undefined) return { rows: [] };
      const page = await this.#link.engine.recipients.leftOut({
        request,
        reason,
        limit,
        ...(this.#applied !== '' && { search: this.#applied }),
        ...(cursor !== undefined && { cursor }),
      });
      return { next: page.next, rows: page.rows.map((row) => ({ ...row, id: row.index })) };
    });
  }
}
