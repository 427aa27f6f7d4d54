import type { RowKey } from './row-cursor.svelte.ts';
import type { RowChoice } from './virtual-table.ts';

/** The rows as they are now, and what is chosen of them. */
type Choosable<Row> = {
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => RowKey;
  readonly choice: RowChoice<Row> | undefined;
};

/** Choosing rows one by one and, with Shift, from the last one on. */
export class RowChooser<Row> {
  readonly #list: () => Choosable<Row>;
  readonly #moveTo: (index: number) => void;
  /** The row that was chosen last on its own: Shift extends from here. */
  #anchorKey: RowKey | null = null;

  /**
   * @param list the rows as they are now
   * @param moveTo moves the focus to a row
   */
  constructor(list: () => Choosable<Row>, moveTo: (index: number) => void) {
    this.#list = list;
    this.#moveTo = moveTo;
  }

  /** Chooses or drops one row, or with `isRange` all from the last one up to it. */
  choose(index: number, isRange: boolean): void {
    const { rows, rowKey, choice } = this.#list();
    const row = rows[index];
    if (!choice || row === undefined) return;
    const anchor = isRange ? rows.findIndex((one) => rowKey(one) === this.#anchorKey) : -1;
    if (anchor === -1) {
      this.#anchorKey = rowKey(row);
      choice.set([row], !choice.has(row));
    } else {
      choice.set(rows.slice(Math.min(anchor, index), Math.max(anchor, index) + 1), true);
    }
  }

  /** Keys that choose, pressed on a row; true when the key was one of them. */
  byKey(event: KeyboardEvent, index: number): boolean {
    const { choice } = this.#list();
    if (!choice) return false;
    const isStep = event.shiftKey && (event.key === 'ArrowDown' || event.key === 'ArrowUp');
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'a') choice.setAll(true);
    else if (event.key === ' ' && !event.ctrlKey && !event.metaKey && !event.altKey)
      this.choose(index, event.shiftKey);
    else if (isStep) this.#extend(index, event.key === 'ArrowDown' ? 1 : -1);
    else return false;
    event.preventDefault();
    return true;
  }

  #extend(index: number, step: number): void {
    const { rows, rowKey } = this.#list();
    const to = Math.max(0, Math.min(rows.length - 1, index + step));
    if (this.#anchorKey === null || !rows.some((row) => rowKey(row) === this.#anchorKey))
      this.choose(index, false);
    this.choose(to, true);
    this.#moveTo(to);
  }
}
