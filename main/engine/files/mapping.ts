import type { ColumnTarget, ImportMapping } from '#shared/ipc/imports.ts';
import { foldDigits } from '#shared/phone/digits.ts';
import { readNumbers } from '#shared/phone/tokens.ts';
import { foldHeading, senseOfHeading, type HeadingSense } from './headings.ts';

/** Share of the filled cells of a column that must be numbers. */
const NUMBER_SHARE = 0.8;
const MOST_COLUMNS = 300;
/** Headings are looked for in so many first rows. */
const TITLE_ROWS = 10;
const LONGEST_FIELD_NAME = 100;
/** Longest cell in UTF-16 units that is looked at for numbers. */
const LONGEST_NUMBERS = 200;

type Field<Id> = { readonly id: Id; readonly name: string };
type FieldId = Extract<ColumnTarget, { to: 'field' }>['field'];

/** What the cells of a column under the headings are like. */
type Content = {
  readonly filled: number;
  /** Share of the filled cells. */
  readonly numbers: number;
  readonly words: number;
  readonly counting: boolean;
};

/**
 * Guesses what the columns of a file mean, by their headings (English, Bangla, Bangla in Latin letters) and by their content.
 *
 * @param rows the first rows of the file
 * @param fields the fields that contacts have already
 */
export function guessMapping(
  rows: readonly (readonly string[])[],
  fields: readonly Field<FieldId>[],
): ImportMapping {
  const width = Math.min(
    MOST_COLUMNS,
    rows.reduce((most, row) => Math.max(most, row.length), 0),
  );
  const headed = headingRow(rows, width);
  const headings = Array.from({ length: width }, (_, at) => (rows[headed ?? -1]?.[at] ?? '').trim());
  const body = rows.slice(headed === null ? 0 : headed + 1);
  const contents = headings.map((_, at) => contentOf(body, at));
  const elsewhere = contents.some((content) => content.filled > 0 && content.numbers >= NUMBER_SHARE);
  const senses = headings.map((heading) => senseOfHeading(heading));
  const columns = headings.map((heading, at): ColumnTarget | null =>
    byHeading(heading, senses[at] ?? null, contents[at], elsewhere, fields),
  );
  markNumbers(columns, senses, contents);
  markName(columns, contents, headed !== null);
  dropSecondNames(columns, contents);
  return { header: headed === 0, columns: named(columns, headings, contents) };
}

/**
 * Index of the row of headings, `null` without one: a first row with headings that are known, or without a number above columns of
 * numbers; or a later one below titles. Titles are read as rows, so that nothing disappears unseen.
 */
function headingRow(rows: readonly (readonly string[])[], width: number): number | null {
  const first = rows[0] ?? [];
  if (first.some(isNumberLike)) return null;
  if (first.some((cell) => senseOfHeading(cell) !== null)) return 0;
  for (let at = 1; at < Math.min(rows.length, TITLE_ROWS); at++) {
    const row = rows[at] ?? [];
    if (row.some(isNumberLike)) break;
    if (row.filter((cell) => senseOfHeading(cell) !== null).length > 1) return at;
  }
  const body = rows.slice(1);
  const overNumbers = Array.from({ length: width }, (_, at) => at).some((at) => {
    const content = contentOf(body, at);
    return content.filled > 0 && content.numbers >= NUMBER_SHARE && !/\d{3}/.test(first[at] ?? '');
  });
  return overNumbers ? 0 : null;
}

function contentOf(rows: readonly (readonly string[])[], at: number): Content {
  const cells = rows.map((row) => (row[at] ?? '').trim()).filter((cell) => cell !== '');
  const share = (test: (cell: string) => boolean): number =>
    cells.length === 0 ? 0 : cells.filter(test).length / cells.length;
  return {
    filled: cells.length,
    numbers: share(isNumberLike),
    words: share((cell) => /\p{L}{2}/u.test(cell) && !/[@\d]|:\/\//.test(cell) && cell.length <= 80),
    counting: cells.length > 1 && cells.every((cell, at) => count(cell) === count(cells[0] ?? '') + at),
  };
}

const count = (cell: string): number => (cell === '' ? NaN : Number(foldDigits(cell).replace(/[.।)]$/, '')));

/** A number, or one that is damaged beyond reading or belongs to a fixed line. */
function isNumberLike(cell: string): boolean {
  if (cell.length > LONGEST_NUMBERS || !/\d/.test(foldDigits(cell))) return false;
  return readNumbers(cell).some(
    ({ number }) => number.ok || number.error === 'exponent-damaged' || number.error === 'landline',
  );
}

function byHeading(
  heading: string,
  sense: HeadingSense | null,
  content: Content | undefined,
  elsewhere: boolean,
  fields: readonly Field<FieldId>[],
): ColumnTarget | null {
  const folded = foldHeading(heading);
  const field = folded === '' ? undefined : fields.find((one) => foldHeading(one.name) === folded);
  switch (sense) {
    case 'name':
    case 'first-name':
    case 'last-name':
      // "Contact" above numbers is a column of numbers.
      return (content?.numbers ?? 0) >= NUMBER_SHARE ? null : { to: sense };
    case 'number':
      // "Phone" above makes of phones, or "No." above a count, where another column has the numbers.
      return elsewhere && content && content.filled > 0 && content.numbers < 0.2 ? null : { to: sense };
    case 'note':
    case 'group':
      return { to: sense };
    default:
      return field ? { to: 'field', field: field.id } : null;
  }
}

function markNumbers(
  columns: (ColumnTarget | null)[],
  senses: readonly (HeadingSense | null)[],
  contents: readonly Content[],
): void {
  contents.forEach((content, at) => {
    const free = columns[at] === null && senses[at] !== 'other' && senses[at] !== 'serial';
    if (free && content.filled > 0 && content.numbers >= NUMBER_SHARE) columns[at] = { to: 'number' };
  });
}

/** Without a heading that says so, the first column of words is the name. */
function markName(columns: (ColumnTarget | null)[], contents: readonly Content[], header: boolean): void {
  if (columns.some((one) => one?.to === 'name' || one?.to === 'first-name') || header) return;
  const at = contents.findIndex((content, index) => columns[index] === null && content.words >= NUMBER_SHARE);
  if (at >= 0) columns[at] = { to: 'name' };
}

/** One column of whole names is enough; a second one becomes a field, parts of the name beside it are not needed. */
function dropSecondNames(columns: (ColumnTarget | null)[], contents: readonly Content[]): void {
  const whole = columns.flatMap((one, at) =>
    one?.to === 'name' && (contents[at]?.filled ?? 0) > 0 ? [at] : [],
  );
  const kept = whole[0];
  if (kept === undefined) return;
  columns.forEach((one, at) => {
    if (one?.to === 'first-name' || one?.to === 'last-name') columns[at] = { to: 'ignore' };
    else if (one?.to === 'name' && at !== kept) columns[at] = null;
  });
}

/** The rest: a field of the heading's name, a note where there is no heading, nothing where there is nothing. */
function named(
  columns: readonly (ColumnTarget | null)[],
  headings: readonly string[],
  contents: readonly Content[],
): ColumnTarget[] {
  const taken = new Set<string>();
  return columns.map((column, at): ColumnTarget => {
    if (column) return column;
    const heading = headings[at] ?? '';
    const content = contents[at];
    const sense = senseOfHeading(heading);
    if (!content || content.filled === 0) return { to: 'ignore' };
    if (sense === 'serial' || (content.counting && (heading === '' || sense === 'number')))
      return { to: 'ignore' };
    if (foldHeading(heading) === '') return { to: 'note' };
    return { to: 'new-field', name: freeName(heading, taken) };
  });
}

function freeName(heading: string, taken: Set<string>): string {
  const base = heading
    .replace(/\s+/g, ' ')
    .slice(0, LONGEST_FIELD_NAME - 4)
    .trim();
  let name = base;
  for (let count = 2; taken.has(foldHeading(name)); count++) name = `${base} ${count}`;
  taken.add(foldHeading(name));
  return name;
}
