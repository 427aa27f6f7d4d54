import type { AppError } from '#shared/errors.ts';
import { toAppError } from './link.ts';

/** A page as the engine gives it; `next` is absent on the last one. */
export type RowPage<R> = { readonly rows: readonly R[]; readonly next?: string | undefined };

/** Reads the page that begins at `cursor` (the first one without). */
export type ReadPage<R> = (cursor: string | undefined, limit: number) => Promise<RowPage<R>>;

/** A page that was seen. `rows` is null while its rows are not in memory; its place in the list stays. */
type SeenPage<R> = {
  readonly rows: readonly R[] | null;
  readonly length: number;
  readonly next: string | undefined;
};

/** Rows asked for at once. */
export const PAGE_SIZE = 100;
/** Pages whose rows are kept in memory. */
const KEPT_PAGES = 5;

/**
 * A long list read page by page. It remembers where every page it has seen begins and keeps the rows of the few pages
 * around what is on the screen, so that it never holds more than 500 rows however far one scrolls.
 *
 * `R` is a row with an id that is unique in the list.
 */
export class PagedRows<R extends { readonly id: number }> {
  readonly #read: ReadPage<R>;
  #pages: readonly SeenPage<R>[] = $state.raw([]);
  #first = 0;
  #last = 0;
  #generation = 0;
  #inFlight = new Set<number>();
  #refreshing = false;
  #refreshAgain = false;

  /** Why the last reading failed; null after one that did not. */
  error: AppError | null = $state.raw(null);
  /** The first page is being read anew: what is shown may not match what was asked. */
  loading = $state(false);
  /** A first page has arrived. */
  ready = $state(false);

  constructor(read: ReadPage<R>) {
    this.#read = read;
  }

  /** Rows known so far; {@link more} says whether others follow. */
  get length(): number {
    const last = this.#pages.at(-1);
    return last ? (this.#pages.length - 1) * PAGE_SIZE + last.length : 0;
  }

  /** Whether rows follow after the known ones. */
  get more(): boolean {
    return this.#pages.at(-1)?.next !== undefined;
  }

  /** Rows in memory, for the bound that this class promises. */
  get kept(): number {
    return this.#pages.reduce((sum, page) => sum + (page.rows?.length ?? 0), 0);
  }

  /** The row at a place of the list, or undefined while it is not in memory. */
  at(index: number): R | undefined {
    return this.#pages[Math.floor(index / PAGE_SIZE)]?.rows?.[index % PAGE_SIZE];
  }

  /** The place of a row that is in memory, or -1. */
  indexOf(id: number): number {
    for (const [number, page] of this.#pages.entries()) {
      const place = page.rows?.findIndex((row) => row.id === id) ?? -1;
      if (place >= 0) return number * PAGE_SIZE + place;
    }
    return -1;
  }

  /** Tells which rows are on the screen; reads what is missing there and the page after. */
  show(first: number, last: number): void {
    this.#first = first;
    this.#last = last;
    const until = Math.min(Math.floor(last / PAGE_SIZE) + 1, this.#pages.length - (this.more ? 0 : 1));
    for (let number = Math.floor(first / PAGE_SIZE); number <= until; number++) {
      if (this.#pages[number]?.rows) continue;
      if (number < this.#pages.length || this.more) void this.#load(number);
    }
  }

  /** Forgets everything and reads the first page; the old rows stay on the screen until it is here. */
  async reload(): Promise<void> {
    const generation = ++this.#generation;
    this.#inFlight.clear();
    this.loading = true;
    try {
      const page = await this.#readFull(undefined);
      if (generation !== this.#generation) return;
      this.#first = 0;
      this.#last = 0;
      this.#pages = [page];
      this.error = null;
      this.ready = true;
    } catch (thrown) {
      if (generation === this.#generation) this.error = toAppError(thrown);
    } finally {
      if (generation === this.#generation) this.loading = false;
    }
  }

  /**
   * Reads the pages on the screen again where they are. The list before them does not move; pages after them are read
   * anew when their beginning has shifted. Several calls while one runs become one more.
   */
  async refresh(): Promise<void> {
    if (this.#refreshing) {
      this.#refreshAgain = true;
      return;
    }
    this.#refreshing = true;
    try {
      do {
        this.#refreshAgain = false;
        await this.#refreshOnce();
      } while (this.#refreshAgain);
    } finally {
      this.#refreshing = false;
    }
  }

  /**
   * Takes over new contents of rows that are in memory without moving any of them: for a list whose beginning grows.
   */
  async patch(): Promise<void> {
    const generation = this.#generation;
    try {
      for (const number of this.#visiblePages()) {
        const old = this.#pages[number]?.rows;
        if (!old) continue;
        const page = await this.#readFull(this.#startOf(number));
        if (generation !== this.#generation) return;
        const fresh = new Map(page.rows?.map((row) => [row.id, row]));
        const known = this.#pages[number];
        if (!known?.rows) continue;
        const rows = known.rows.map((row) => fresh.get(row.id) ?? row);
        this.#pages = this.#pages.with(number, { ...known, rows });
      }
      this.error = null;
    } catch (thrown) {
      if (generation === this.#generation) this.error = toAppError(thrown);
    }
  }

  async #refreshOnce(): Promise<void> {
    const generation = this.#generation;
    if (this.#pages.length === 0) return this.reload();
    const pages = [...this.#pages];
    const visible = this.#visiblePages();
    try {
      for (const number of visible) {
        const start = number === 0 ? undefined : pages[number - 1]?.next;
        if (number > 0 && start === undefined) break;
        const before = pages[number]?.next;
        const page = await this.#readFull(start);
        if (generation !== this.#generation) return;
        pages[number] = page;
        const isShifted = page.next !== before && number === visible.at(-1);
        if (page.next === undefined || isShifted) pages.length = number + 1;
      }
      this.#pages = pages;
      this.error = null;
      this.show(this.#first, this.#last);
    } catch (thrown) {
      if (generation === this.#generation) this.error = toAppError(thrown);
    }
  }

  #visiblePages(): number[] {
    const from = Math.floor(this.#first / PAGE_SIZE);
    const to = Math.min(Math.floor(this.#last / PAGE_SIZE), this.#pages.length - 1);
    return Array.from({ length: Math.max(0, to - from + 1) }, (_, place) => from + place);
  }

  #startOf(number: number): string | undefined {
    return number === 0 ? undefined : this.#pages[number - 1]?.next;
  }

  async #load(number: number): Promise<void> {
    if (this.#inFlight.has(number)) return;
    const generation = this.#generation;
    const start = this.#startOf(number);
    if (number > 0 && start === undefined) return;
    this.#inFlight.add(number);
    try {
      const page = await this.#readFull(start);
      if (generation !== this.#generation || this.#startOf(number) !== start) return;
      this.#put(number, page);
      this.error = null;
    } catch (thrown) {
      if (generation === this.#generation) this.error = toAppError(thrown);
    } finally {
      if (generation === this.#generation) this.#inFlight.delete(number);
    }
  }

  /** A page with a `next` always has its full length, so that places can be computed. */
  async #readFull(start: string | undefined): Promise<SeenPage<R>> {
    let { rows, next } = await this.#read(start, PAGE_SIZE);
    while (next !== undefined && rows.length < PAGE_SIZE) {
      const rest = await this.#read(next, PAGE_SIZE - rows.length);
      rows = [...rows, ...rest.rows];
      next = rest.next;
    }
    return { rows, length: rows.length, next };
  }

  #put(number: number, page: SeenPage<R>): void {
    const pages = [...this.#pages];
    const isShifted = pages[number] !== undefined && pages[number].next !== page.next;
    pages[number] = page;
    if (isShifted) pages.length = number + 1;
    const middle = (this.#first + this.#last) / 2 / PAGE_SIZE;
    const loaded = [...pages.keys()].filter((place) => pages[place]?.rows);
    loaded.sort((a, b) => Math.abs(a + 0.5 - middle) - Math.abs(b + 0.5 - middle));
    for (const place of loaded.slice(KEPT_PAGES)) {
      const far = pages[place];
      if (far) pages[place] = { ...far, rows: null };
    }
    this.#pages = pages;
  }
}
