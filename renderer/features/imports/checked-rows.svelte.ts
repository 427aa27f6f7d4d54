import type { AppError } from '#shared/errors.ts';
import type { Space } from '#shared/ids.ts';
import type { ImportCounts, ImportId, ImportRow, RowClass } from '#shared/ipc/imports.ts';
import { toAppError, type EngineClient } from '../../lib/link.ts';
import { RowWindow } from '../../lib/row-window.svelte.ts';

/** A row of an import as a row of a table. */
export type CheckedRow = ImportRow & { readonly id: number };

/** What became of the correction that was made last. */
export type Correction = { readonly row: ImportRow; readonly before: string };

/** The class of rows to look at first: what went wrong, else what happens. */
export function firstClass(counts: ImportCounts | null): RowClass {
  if (counts && counts.rejected > 0) return 'rejected';
  return counts?.new === 0 && counts.updated > 0 ? 'updated' : 'new';
}

/** The rows of a checked import, class by class, and the correcting of rejected ones. */
export class CheckedRows {
  readonly #engine: EngineClient;
  readonly #space: Space;
  readonly #id: ImportId;
  readonly #numberColumn: number;
  readonly #oncounts: (counts: ImportCounts) => void;

  class: RowClass = $state('new');
  /** The rows of {@link class}; another object for each class, so that no late page lands in the wrong one. */
  window: RowWindow<CheckedRow> = $state.raw(new RowWindow<CheckedRow>(() => Promise.resolve({ rows: [] })));
  /** Corrected rows by their number. They stay in their place until the class is opened anew. */
  corrected: Readonly<Record<number, ImportRow>> = $state.raw({});
  /** Number of the row that is being corrected. */
  editing: number | null = $state(null);
  value = $state('');
  busy = $state(false);
  error: AppError | null = $state.raw(null);
  last: Correction | null = $state.raw(null);

  /** `numberColumn` is where a correction goes when a row does not say; `oncounts` gets the figures after each one. */
  constructor(
    engine: EngineClient,
    prepared: { readonly space: Space; readonly id: ImportId },
    numberColumn: number,
    oncounts: (counts: ImportCounts) => void,
  ) {
    this.#engine = engine;
    this.#space = prepared.space;
    this.#id = prepared.id;
    this.#numberColumn = numberColumn;
    this.#oncounts = oncounts;
  }

  /** Shows the rows of a class from their beginning. */
  show(wanted: RowClass): void {
    this.class = wanted;
    this.editing = null;
    this.last = null;
    this.corrected = {};
    this.window = new RowWindow(async (cursor, limit) => {
      const page = await this.#engine.imports.rows({
        space: this.#space,
        id: this.#id,
        class: wanted,
        limit,
        ...(cursor !== undefined && { cursor }),
      });
      return { rows: page.rows.map((row) => ({ ...row, id: row.row })), next: page.next };
    });
    void this.window.reload();
  }

  /** The row as it stands now. */
  now(row: CheckedRow): ImportRow {
    return this.corrected[row.row] ?? row;
  }

  /** Index of the column that a correction of the row goes into. */
  columnOf(row: ImportRow): number {
    return row.column ?? this.#numberColumn;
  }

  /** The cell that keeps the row out. */
  faulty(row: ImportRow): string {
    return row.cells[this.columnOf(row)] ?? '';
  }

  /** Begins to correct a row, when it can be. */
  edit(row: CheckedRow): void {
    const now = this.now(row);
    if (now.class !== 'rejected' || this.editing === row.row || this.busy) return;
    this.editing = row.row;
    this.value = this.faulty(now);
    this.error = null;
  }

  /** Leaves the row as it is. */
  leave(): void {
    this.editing = null;
    this.error = null;
  }

  /**
   * Takes what was typed. A row that is put right makes way for the next rejected one; one that is not stays open.
   *
   * @returns false when it was the last one that can be reached
   */
  async take(): Promise<boolean> {
    const row = this.window.rows.find((one) => one.row === this.editing);
    if (!row || this.busy) return true;
    this.busy = true;
    this.error = null;
    const { window } = this;
    try {
      const column = this.columnOf(this.now(row));
      const fixed = await this.#engine.imports.fix({
        space: this.#space,
        id: this.#id,
        row: row.row,
        column,
        value: this.value,
      });
      this.#oncounts(fixed.counts);
      if (window !== this.window) return true;
      this.corrected = { ...this.corrected, [row.row]: fixed.row };
      this.last = { row: fixed.row, before: this.faulty(row) };
      if (fixed.row.class === 'rejected') return true;
      const next = (await this.#next(row.row)) ?? null;
      if (window !== this.window) return true;
      this.busy = false;
      this.editing = null;
      if (next) this.edit(next);
      return next !== null;
    } catch (thrown) {
      if (window === this.window) this.error = toAppError(thrown);
      return true;
    } finally {
      this.busy = false;
    }
  }

  /** The rejected row after `row`, which may have to be read first; else the first one before it. */
  async #next(row: number): Promise<CheckedRow | undefined> {
    const { window } = this;
    const isOpen = (one: CheckedRow): boolean => this.now(one).class === 'rejected';
    const after = (): CheckedRow | undefined => window.rows.find((one) => one.row > row && isOpen(one));
    if (!after() && !window.atEnd) await window.loadAfter();
    return after() ?? window.rows.find(isOpen);
  }
}
