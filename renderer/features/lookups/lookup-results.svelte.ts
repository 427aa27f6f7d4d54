import type { AppError } from '#shared/errors.ts';
import type { Space } from '#shared/ids.ts';
import type { Lookup, LookupRow } from '#shared/ipc/lookups.ts';
import { actAs } from '../../lib/act.ts';
import type { Link } from '../../lib/link.ts';
import { RowWindow } from '../../lib/row-window.svelte.ts';
import { isShown, type ResultFilter } from './facts.ts';

/** A number of a lookup as a row of the table. */
export type ResultRow = LookupRow & { readonly id: string };

/** Shortest time (ms) between two readings of the rows on the screen. */
const REFRESH_GAP = 1000;
/** Rows in one reading when everything is read. */
const BIG_PAGE = 500;

/** One lookup, live, with its numbers. */
export class LookupResults {
  readonly #link: Link;
  readonly space: Space;
  readonly id: number;
  #stop: () => void = () => undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  lookup: Lookup = $state.raw() as Lookup;
  error: AppError | null = $state.raw(null);
  filter: ResultFilter = $state('all');
  busy: 'stop' | 'resume' | 'copy' | null = $state(null);
  readonly rows: RowWindow<ResultRow>;

  constructor(link: Link, lookup: Lookup) {
    this.#link = link;
    this.space = lookup.space;
    this.id = lookup.id;
    this.lookup = lookup;
    this.rows = new RowWindow((cursor, limit) => this.#read(cursor, limit));
  }

  /** Reads the numbers and follows the progress. */
  start(): void {
    void this.rows.reload();
    this.#stop = this.#link.follow(
      (signal) => this.#link.engine.lookups.watch({ space: this.space, id: this.id }, { signal }),
      (lookup) => {
        this.lookup = lookup;
        // The first one, too: answers may have come between the first reading and the beginning of the stream.
        this.#refreshSoon();
      },
      (error) => {
        this.error = error;
      },
    );
  }

  /** Stops following. */
  stop(): void {
    this.#stop();
    clearTimeout(this.#timer);
  }

  /** Restricts the table. */
  show(filter: ResultFilter): void {
    this.filter = filter;
    void this.rows.reload();
  }

  /** Stops asking; answers that came are kept. */
  async halt(): Promise<void> {
    await actAs(this, 'stop', () => this.#link.engine.lookups.stop({ space: this.space, id: this.id }));
  }

  /** Goes on with numbers that have no answer yet. */
  async resume(): Promise<void> {
    await actAs(this, 'resume', () => this.#link.engine.lookups.resume({ space: this.space, id: this.id }));
  }

  /** Every row that belongs to the filter, for copying; null when reading failed. */
  async all(): Promise<readonly LookupRow[] | null> {
    const rows: LookupRow[] = [];
    const { filter } = this;
    let isRead = false;
    await actAs(this, 'copy', async () => {
      let cursor: string | undefined;
      do {
        const page = await this.#page(cursor, BIG_PAGE);
        rows.push(...page.rows.filter((row) => isShown(row, filter)));
        cursor = page.next;
      } while (cursor !== undefined);
      isRead = true;
    });
    return isRead ? rows : null;
  }

  #page(cursor: string | undefined, limit: number) {
    return this.#link.engine.lookups.rows({
      space: this.space,
      id: this.id,
      limit,
      ...(cursor !== undefined && { cursor }),
    });
  }

  /** Pages of the engine until one has rows of the filter, so that a rare kind does not look like an empty list. */
  async #read(start: string | undefined, limit: number) {
    let cursor = start;
    for (;;) {
      const page = await this.#page(cursor, limit);
      const rows = page.rows
        .filter((row) => isShown(row, this.filter))
        .map((row) => ({ ...row, id: row.msisdn }));
      if (rows.length > 0 || page.next === undefined) return { rows, next: page.next };
      cursor = page.next;
    }
  }

  #refreshSoon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.rows.refresh();
    }, REFRESH_GAP);
  }
}
