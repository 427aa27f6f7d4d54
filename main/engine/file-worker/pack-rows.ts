import { foldForSearch } from '#shared/search-fold.ts';
import { isoDate } from '../features/contacts/dates.ts';
import type { CleanRow } from '../files/types.ts';
import { BinaryJson } from './binary-json.ts';
import type { PackedRows, RowsPlan, StagedJson } from './messages.ts';

const ASCII = /^[\0-\x7f]*$/;

const fold = (text: string): string => (ASCII.test(text) ? text.toLowerCase() : foldForSearch(text));

/** Packs rows as {@link StagedJson} says. */
function packer(plan: RowsPlan) {
  const parts = { rows: new BinaryJson(), numbers: new BinaryJson(), groups: new BinaryJson() };
  const begin = () => ({
    rows: parts.rows.array(),
    numbers: parts.numbers.array(),
    groups: parts.groups.array(),
  });
  let opened = begin();
  let several = false;
  let grouped = false;
  return {
    size: () => parts.rows.length,
    add(row: CleanRow): void {
      packRow(parts.rows, row, plan);
      if (packNumbers(parts.numbers, row, plan.oneNumber) > 1) several = true;
      if (row.groups.length > 0) grouped = true;
      for (const group of row.groups) packGroup(parts.groups, row.row, group);
    },
    take(): StagedJson & Record<'rows' | 'numbers' | 'groups', Uint8Array<ArrayBuffer>> {
      parts.rows.end(opened.rows);
      parts.numbers.end(opened.numbers);
      parts.groups.end(opened.groups);
      const [rows, numbers, groups] = [parts.rows.take(), parts.numbers.take(), parts.groups.take()];
      const taken = { rows, numbers, groups, several, grouped };
      opened = begin();
      several = false;
      grouped = false;
      return taken;
    },
  };
}

/** Packs a single row. */
export function packOne(row: CleanRow, plan: RowsPlan): StagedJson {
  const one = packer(plan);
  one.add(row);
  return one.take();
}

function packRow(to: BinaryJson, row: CleanRow, plan: RowsPlan): void {
  const whole = to.array();
  to.integer(row.row);
  if (row.problem === null) to.null();
  else to.text(row.problem);
  to.text(row.name);
  to.text(fold(row.name));
  to.text(row.note);
  packFields(to, row, plan);
  const cells = to.array();
  for (const cell of row.cells) to.text(cell);
  to.end(cells);
  to.end(whole);
}

/** Whether a number of the row was mended. */
export const isRepaired = (row: CleanRow): boolean =>
  row.problem === null && row.numbers.some((number) => number.msisdn !== null && number.repairs.length > 0);

/** What is filed of the fields of a row: by key, empty ones absent; of two columns for one field the first that is filled. */
function packFields(to: BinaryJson, row: CleanRow, plan: RowsPlan): void {
  const fields = to.object();
  const { keys, dates } = plan;
  for (let column = 0; column < keys.length; column++) {
    const key = keys[column];
    const value = row.values[column];
    if (key === null || key === undefined || value === undefined || value === '') continue;
    if (filledBefore(row, keys, key, column)) continue;
    to.text(key);
    to.text(dates[column] ? (isoDate(value) ?? value) : value);
  }
  to.end(fields);
}

function filledBefore(row: CleanRow, keys: RowsPlan['keys'], key: string, column: number): boolean {
  let at = keys.indexOf(key);
  while (at < column) {
    if (row.values[at]) return true;
    at = keys.indexOf(key, at + 1);
  }
  return false;
}

/** No number is in a row twice. Gives how many there are. */
function packNumbers(to: BinaryJson, row: CleanRow, oneNumber: boolean): number {
  let read = 0;
  for (const { msisdn } of row.problem === null ? row.numbers : []) {
    if (msisdn === null || (oneNumber && read > 0)) continue;
    const number = to.array();
    to.integer(row.row);
    to.integer(read++);
    to.integer(msisdn);
    to.end(number);
  }
  return read;
}

function packGroup(to: BinaryJson, row: number, group: string): void {
  const one = to.array();
  to.integer(row);
  to.text(group);
  to.text(fold(group));
  to.end(one);
}

/** Collects rows into batches of about `size` bytes or `most` rows, whichever comes first. */
export function rowPacker(plan: RowsPlan, size: number, most: number) {
  const packed = packer(plan);
  let firstRow = 0;
  let lastRow = 0;
  let count = 0;
  let repaired = 0;
  return {
    /** Whether the batch is full. */
    add(row: CleanRow): boolean {
      if (count === 0) firstRow = row.row;
      lastRow = row.row;
      count++;
      if (isRepaired(row)) repaired++;
      packed.add(row);
      return count >= most || packed.size() >= size;
    },
    /** The rows since the last call; `null` without any. */
    take(fraction: number) {
      if (count === 0) return null;
      const json = packed.take();
      const batch = { json, firstRow, lastRow, count, repaired, fraction } satisfies PackedRows;
      count = 0;
      repaired = 0;
      return batch;
    },
  };
}
