import type { ImportMapping } from '#shared/ipc/imports.ts';
import { cleanRow } from '../files/clean-row.ts';
import { readName } from '../features/contacts/written.ts';
import type { CleanRow, FileRow } from '../files/types.ts';
import type { RowsPlan } from './messages.ts';

/** What a contact can hold, in UTF-16 units (`WrittenContact`). */
const LONGEST = { name: 200, note: 5_000, value: 2_000 };

/**
 * Names that {@link readName} gives back as they are: words of Latin and Bangla letters, one blank between them, and a letter or digit
 * to see. Most names are, and reading them is dear.
 */
const USUAL_NAME = /^[!-~\u0981-\u09fb]+(?: [!-~\u0981-\u09fb]+)*$/;
const SEEN = /[0-9A-Za-z\u0995-\u09a8]/;

/**
 * Understands a row by a plan, with a name as people can write one themselves. Texts that no contact can hold are `cell-too-long`,
 * never cut; numbers that are too many for one contact go into the note.
 */
export function understand(
  row: FileRow,
  { mapping, mostNumbers }: Pick<RowsPlan, 'mapping' | 'mostNumbers'>,
): CleanRow {
  const clean = noMoreNumbers(withName(cleanRow(row, mapping)), mostNumbers);
  const column = tooLong(clean, mapping);
  return column === null ? clean : { ...clean, problem: 'cell-too-long', column };
}

function withName(row: CleanRow): CleanRow {
  if (row.name === '' || (USUAL_NAME.test(row.name) && SEEN.test(row.name))) return row;
  const name = readName(row.name) ?? '';
  return name === row.name ? row : { ...row, name };
}

function noMoreNumbers(row: CleanRow, most: number | undefined): CleanRow {
  if (most === undefined || row.problem !== null || row.numbers.length <= most) return row;
  const further = row.numbers.slice(most).map(({ input }) => input);
  const note = [...(row.note === '' ? [] : [row.note]), ...further].join('\n');
  return { ...row, numbers: row.numbers.slice(0, most), note };
}

function tooLong(row: CleanRow, { columns }: ImportMapping): number | null {
  if (row.name.length > LONGEST.name)
    return columnOf(columns, (to) => to === 'name' || to === 'first-name' || to === 'last-name');
  if (row.note.length > LONGEST.note) return columnOf(columns, (to) => to === 'note' || to === 'number');
  for (let at = 0; at < row.values.length; at++) if ((row.values[at]?.length ?? 0) > LONGEST.value) return at;
  return null;
}

const columnOf = (columns: ImportMapping['columns'], is: (to: string) => boolean): number =>
  Math.max(
    0,
    columns.findIndex(({ to }) => is(to)),
  );
