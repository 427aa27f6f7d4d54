import type { ImportMapping } from '#shared/ipc/imports.ts';
import { cleanRow } from '../files/clean-row.ts';
import type { CleanRow, FileRow } from '../files/types.ts';

/** What a contact can hold, in UTF-16 units (`WrittenContact`). */
const LONGEST = { name: 200, note: 5_000, value: 2_000 };

/** Understands a row by a mapping; what no contact can hold is `cell-too-long`, never cut. */
export function understand(row: FileRow, mapping: ImportMapping): CleanRow {
  const clean = cleanRow(row, mapping);
  const column = tooLong(clean, mapping);
  return column === null ? clean : { ...clean, problem: 'cell-too-long', column };
}

function tooLong(row: CleanRow, { columns }: ImportMapping): number | null {
  if (row.name.length > LONGEST.name)
    return columnOf(columns, (to) => to === 'name' || to === 'first-name' || to === 'last-name');
  if (row.note.length > LONGEST.note) return columnOf(columns, (to) => to === 'note' || to === 'number');
  const value = row.values.findIndex((one) => one.length > LONGEST.value);
  return value < 0 ? null : value;
}

const columnOf = (columns: ImportMapping['columns'], is: (to: string) => boolean): number =>
  Math.max(
    0,
    columns.findIndex(({ to }) => is(to)),
  );
