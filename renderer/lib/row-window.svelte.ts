import { tick } from 'svelte';
import type { AppError } from '#shared/errors.ts';
import { toAppError } from './link.ts';

/** A page as the engine gives it; `next` is absent on the last one. */
export type RowPage<R> = { readonly rows: readonly R[]; readonly next?: string | undefined };

/** Reads the page that begins at `cursor` (the first one without). */
export type ReadPage<R> = (cursor: string | undefined, limit: number) => Promise<RowPage<R>>;

/** Rows asked for at once. */
export const PAGE_SIZE = 100;
/** Pages in memory at once: never more than about 500 rows. */
const WINDOW_PAGES = 5;

type Work = 'after' | 'before' | 'refresh' | 'patch';

/**
 * A moving window over a long list that is read page by page: it grows at the end that is scrolled to and lets go of the other
 * one, so that it never holds more than 500 rows however far one scrolls. Give {@link rows}, {@link firstIndex} and
 * {@link shift} to a `VirtualTable`, and let it call {@link loadAfter} and {@link loadBefore}.
 *
 * `R` is a row with an id that is unique in the list.
 */
export class RowWindow<R extends { readonly id: number | string }> {
  readonly #read: ReadPage<R>;
  /** Where each page of the list that was seen begins; the window is the pages from `#from` on. */
  #starts: (string | undefined)[] = [undefined];
  #from = 0;
  #pages: readonly RowPage<R>[] = [];
  /** Work that began before a reload belongs to another list and is dropped. */
  #generation = 0;
  #queue: Promise<void> = Promise.resolve();
  #waiting: readonly Work[] = [];

  /** The rows of the window. */
  rows: readonly R[] = $state.raw([]);
  /** Index in the whole list of the first one. */
  firstIndex = $state(0);
  /** True in the change that adds or removes rows at the start. */
  shift = $state(false);
  /** The last row of the list is in the window. */
  atEnd = $state(true);
  /** Why the last reading failed; null after one that did not. */
  error: AppError | null = $state.raw(null);
  /** The beginning of the list is being read anew; the rows shown are those from before. */
  loading = $state(false);
  /** Something has been read, so that no rows means there are none. */
  ready = $state(false);
  /** Id of the first row of the whole list as it was read last; null for an empty one. */
  topId: number | string | null = null;

  constructor(read: ReadPage<R>) {
    this.#read = read;
  }

  /** Reads the list from its beginning. The old rows stay on the screen until the new ones are here. */
  async reload(): Promise<void> {
    const generation = ++this.#generation;
    this.loading = true;
    try {
      const page = await this.#read(undefined, PAGE_SIZE);
      if (generation !== this.#generation) return;
      this.#from = 0;
      this.firstIndex = 0;
      this.#put([page]);
      this.ready = true;
    } catch (thrown) {
      if (generation === this.#generation) this.error = toAppError(thrown);
    } finally {
      if (generation === this.#generation) this.loading = false;
    }
  }

  /** Reads the page after the window, then lets go of what is too much at its start. */
  loadAfter(): Promise<void> {
    return this.#enqueue('after', async (isCurrent) => {
      const start = this.#pages.at(-1)?.next;
      if (start === undefined) return;
      const page = await this.#read(start, PAGE_SIZE);
      if (!isCurrent()) return;
      this.#put([...this.#pages, page]);
      await tick();
      const [first, ...rest] = this.#pages;
      if (!isCurrent() || !first || rest.length < WINDOW_PAGES) return;
      this.#from++;
      this.firstIndex += first.rows.length;
      await this.#putAtStart(rest);
    });
  }

  /** Reads the page before the window, then lets go of what is too much at its end. */
  loadBefore(): Promise<void> {
    return this.#enqueue('before', async (isCurrent) => {
      if (this.#from === 0) return;
      const rows = await this.#readUpTo(this.#starts[this.#from - 1], this.rows[0]?.id);
      if (!isCurrent()) return;
      if (rows === null) {
        await this.reload();
        return;
      }
      const page = { rows, next: this.#starts[this.#from] };
      this.#from--;
      this.firstIndex = this.#from === 0 ? 0 : Math.max(0, this.firstIndex - rows.length);
      await this.#putAtStart([page, ...this.#pages]);
      if (isCurrent() && this.#pages.length > WINDOW_PAGES) this.#put(this.#pages.slice(0, WINDOW_PAGES));
    });
  }

  /** Reads the window again where it is. Rows before it do not move. */
  refresh(): Promise<void> {
    return this.#enqueue('refresh', async (isCurrent) => {
      const pages: RowPage<R>[] = [];
      let start = this.#starts[this.#from];
      const wanted = Math.max(1, this.#pages.length);
      while (pages.length < wanted && (pages.length === 0 || start !== undefined)) {
        const page = await this.#read(start, PAGE_SIZE);
        if (!isCurrent()) return;
        pages.push(page);
        start = page.next;
      }
      this.#put(pages);
      this.ready = true;
    });
  }

  /** Takes over new contents of the rows of the window without moving any: for a list whose beginning grows. */
  patch(): Promise<void> {
    return this.#enqueue('patch', async (isCurrent) => {
      const fresh: Record<number | string, R> = {};
      for (const number of this.#pages.keys()) {
        const page = await this.#read(this.#starts[this.#from + number], PAGE_SIZE);
        if (!isCurrent()) return;
        for (const row of page.rows) fresh[row.id] = row;
      }
      this.#put(
        this.#pages.map(({ rows, next }) => ({ rows: rows.map((row) => fresh[row.id] ?? row), next })),
      );
    });
  }

  /** One piece of work after the other; one that waits already is not queued twice. */
  #enqueue(work: Work, run: (isCurrent: () => boolean) => Promise<void>): Promise<void> {
    if (this.#waiting.includes(work)) return this.#queue;
    this.#waiting = [...this.#waiting, work];
    this.#queue = this.#queue.then(async () => {
      this.#waiting = this.#waiting.filter((one) => one !== work);
      const generation = this.#generation;
      const isCurrent = (): boolean => generation === this.#generation;
      try {
        await run(isCurrent);
      } catch (thrown) {
        if (isCurrent()) this.error = toAppError(thrown);
      }
    });
    return this.#queue;
  }

  /**
   * The rows from `start` up to the one with `id`. Where the list has grown at its beginning, these are more than a page.
   *
   * @returns null when the row is too far away to be found by reading on
   */
  async #readUpTo(start: string | undefined, id: number | string | undefined): Promise<readonly R[] | null> {
    const rows: R[] = [];
    let cursor = start;
    for (let pages = 0; pages < WINDOW_PAGES; pages++) {
      const page = await this.#read(cursor, PAGE_SIZE);
      const end = page.rows.findIndex((row) => row.id === id);
      rows.push(...(end === -1 ? page.rows : page.rows.slice(0, end)));
      if (end !== -1) return rows;
      /* The usual case: the page ends exactly where the window begins. */
      if (page.next === this.#starts[this.#from]) return rows;
      if (page.next === undefined) return null;
      cursor = page.next;
    }
    return null;
  }

  #put(pages: readonly RowPage<R>[]): void {
    this.#pages = pages;
    this.#starts.length = this.#from + 1;
    for (const page of pages) this.#starts.push(page.next);
    this.rows = pages.flatMap((page) => page.rows);
    if (this.#from === 0) this.topId = this.rows[0]?.id ?? null;
    this.atEnd = pages.at(-1)?.next === undefined;
    this.error = null;
  }

  async #putAtStart(pages: readonly RowPage<R>[]): Promise<void> {
    this.shift = true;
    this.#put(pages);
    await tick();
    this.shift = false;
  }
}
