import type { Attachment } from 'svelte/attachments';

/** What identifies a row. */
export type RowKey = string | number;

/** Frames in which a row that was just made is given the focus. */
const FOCUS_TRIES = 20;

/** Which row of a long list has the focus, had it last, or is going to have it as soon as it exists. */
export class RowCursor<Row> {
  readonly #list: () => { readonly rows: readonly Row[]; readonly rowKey: (row: Row) => RowKey };
  /** The row that has the focus or had it last. */
  #activeKey: RowKey | null = $state(null);
  /** Where the focus goes as soon as that row exists; -1 when nowhere. Until then the old row stays and keeps it. */
  #target = $state(-1);

  /** @param list the rows as they are now */
  constructor(list: () => { readonly rows: readonly Row[]; readonly rowKey: (row: Row) => RowKey }) {
    this.#list = list;
  }

  /** Index of the row that is in the tab order. */
  readonly activeIndex: number = $derived.by(() => {
    const { rows, rowKey } = this.#list();
    const found = this.#activeKey === null ? -1 : rows.findIndex((row) => rowKey(row) === this.#activeKey);
    return found === -1 ? 0 : found;
  });

  /** Indices of rows that must exist although they may be out of view. */
  readonly kept: number[] = $derived([
    ...(this.#activeKey === null ? [] : [this.activeIndex]),
    ...(this.#target === -1 ? [] : [this.#target]),
  ]);

  /** Index from which a key moves on. */
  get from(): number {
    return this.#target === -1 ? this.activeIndex : this.#target;
  }

  /** A row got the focus. */
  took(row: Row): void {
    this.#activeKey = this.#list().rowKey(row);
  }

  /** The focus goes to a row as soon as that exists. Gives its index, or -1 where there are no rows. */
  aim(index: number): number {
    const { rows } = this.#list();
    if (rows.length > 0) this.#target = Math.max(0, Math.min(rows.length - 1, index));
    return rows.length > 0 ? this.#target : -1;
  }

  /** Index that a key leads to, a page having `page` rows; `undefined` for a key that does not move. */
  stepOf(key: string, page: number): number | undefined {
    const { from } = this;
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: from + 1,
      ArrowUp: from - 1,
      PageDown: from + page,
      PageUp: from - page,
      Home: 0,
      End: this.#list().rows.length - 1,
    };
    return steps[key];
  }

  /** A row is hidden until it has been measured, and what is hidden takes no focus: so it tries again in the next frames. */
  focusWhenWanted(index: number): Attachment<HTMLElement> {
    return (row) => {
      let frame = 0;
      const take = (triesLeft: number): void => {
        if (index !== this.#target) return;
        row.focus({ preventScroll: true });
        if (document.activeElement === row || triesLeft === 0) this.#target = -1;
        else frame = requestAnimationFrame(() => take(triesLeft - 1));
      };
      take(FOCUS_TRIES);
      return () => cancelAnimationFrame(frame);
    };
  }
}
