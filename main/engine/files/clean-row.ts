import type { ColumnTarget, ImportMapping } from '#shared/ipc/imports.ts';
import { usualMobile, type Repair } from '#shared/phone/msisdn.ts';
import { repairsOf } from '#shared/phone/repairs.ts';
import { readNumbers } from '#shared/phone/tokens.ts';
import { CELL_LIMIT, type CleanRow, type FileRow, type RowNumber } from './types.ts';

const NONE: readonly never[] = [];
/** Bare digits that begin with a 1 are read only where a spreadsheet took the zero. */
const LOST_ZERO: readonly Repair[] = ['lost-zero'];
/** Text that a spreadsheet was told to keep: `="00123"`. */
const KEPT_TEXT = /^="([^"]*)"$/;
const GROUP_SEPARATOR = /\s*(?::::|[;,|\n،।])\s*/;
const SEVERAL_GROUPS = /[*:;,|\n،।]/;
/** Longest name of a group in UTF-16 units. */
const LONGEST_GROUP = 100;

type Unread = { readonly number: RowNumber; readonly column: number };

const line = (before: string, text: string): string => (before === '' ? text : `${before}\n${text}`);

/** Rows without a field share their empty values. */
const blanks: (readonly string[])[] = [];
const blank = (columns: number): readonly string[] => (blanks[columns] ??= Array<string>(columns).fill(''));

/**
 * Understands one row by a mapping. Nothing of its number columns is lost: what cannot be read as a number stands in the note
 * beside a number that can, and in `numbers` with the reason where none can.
 */
export function cleanRow({ row, cells }: FileRow, mapping: ImportMapping): CleanRow {
  const { columns } = mapping;
  let values: string[] | null = null;
  const read: RowNumber[] = [];
  const unread: Unread[] = [];
  let note = '';
  let name = '';
  let first = '';
  let last = '';
  let groups: string[] | null = null;
  let tooLong: number | null = null;
  let numberColumn: number | null = null;
  for (let at = 0; at < columns.length; at++) {
    const to: ColumnTarget['to'] = columns[at]?.to ?? 'ignore';
    const raw = cells[at] ?? '';
    if (to === 'ignore') continue;
    if (raw.length > CELL_LIMIT) tooLong ??= at;
    if (to === 'number') {
      numberColumn ??= at;
      if (raw !== '') readCell(raw, at, read, unread);
      continue;
    }
    const text = cellText(raw);
    if (text === '') continue;
    if (to === 'name') name = joined(name, text);
    else if (to === 'first-name') first = joined(first, text);
    else if (to === 'last-name') last = joined(last, text);
    else if (to === 'note') note = line(note, text);
    else if (to === 'group') groups = groups === null ? groupsOf(text) : [...groups, ...groupsOf(text)];
    else (values ??= blank(columns.length).slice())[at] = text;
  }
  const bad = read.length === 0 ? unread[0] : undefined;
  if (read.length > 0) for (const { number } of unread) note = line(note, number.input);
  const problem =
    tooLong !== null
      ? 'cell-too-long'
      : read.length > 0
        ? null
        : bad
          ? (bad.number.reason ?? 'no-number')
          : 'no-number';
  return {
    row,
    cells,
    name: name === '' ? joined(first, last) : name,
    numbers: read.length > 0 ? read : unread.map((one) => one.number),
    note,
    groups: groups === null ? NONE : groups.length > 1 ? [...new Set(groups)] : groups,
    values: values ?? blank(columns.length),
    problem,
    column: problem === null ? null : (tooLong ?? bad?.column ?? numberColumn),
  };
}

function readCell(raw: string, column: number, read: RowNumber[], unread: Unread[]): void {
  const usual = usualMobile(raw);
  if (usual !== null) return addRead(read, raw, usual, raw.startsWith('1') ? LOST_ZERO : NONE);
  for (const { input, number } of readNumbers(raw)) {
    if (number.ok) addRead(read, input, number.value.msisdn, repairsOf(input, number.value.msisdn));
    else unread.push({ number: { input, msisdn: null, repairs: NONE, reason: number.error }, column });
  }
}

/** A number that stands twice in a row is one number. */
function addRead(read: RowNumber[], input: string, msisdn: string, repairs: readonly Repair[]): void {
  if (read.length > 0 && read.some((one) => one.msisdn === msisdn)) return;
  read.push({ input, msisdn, repairs, reason: null });
}

function cellText(raw: string): string {
  const text = raw.trim();
  return text.startsWith('="') ? (KEPT_TEXT.exec(text)?.[1] ?? text).trim() : text;
}

const joined = (before: string, text: string): string => {
  const line = text.includes('\n') || text.includes('  ') ? text.replace(/\s+/g, ' ') : text;
  return before === '' ? line : line === '' ? before : `${before} ${line}`;
};

/** Groups of a cell; address books write `* friends ::: work`. */
function groupsOf(text: string): string[] {
  if (text.length <= LONGEST_GROUP && !SEVERAL_GROUPS.test(text)) return [text];
  return text
    .split(GROUP_SEPARATOR)
    .map((one) => one.replace(/^\*\s*/, '').trim())
    .filter((one) => one !== '')
    .map((one) => (one.length > LONGEST_GROUP ? one.slice(0, LONGEST_GROUP).trimEnd() : one));
}
