import { foldForSearch } from '#shared/search-fold.ts';
import { isoDate } from '../features/contacts/dates.ts';
import type { CleanRow } from '../files/types.ts';
import { BinaryJson } from './binary-json.ts';
import type { PackedRows, RowsPlan } from './messages.ts';

const ASCII = /^[\0-\x7f]*$/;

const fold = (text: string): string => (ASCII.test(text) ? text.toLowerCase() : foldForSearch(text));

/** Packs one row as {@link PackedRows} says. */
export function packRow(to: BinaryJson, row: CleanRow, plan: RowsPlan): void {
  const whole = to.array();
  to.integer(row.row);
  if (row.problem === null) to.null();
  else to.text(row.problem);
  to.text(row.name);
  to.text(fold(row.name));
  to.text(row.note);
  packFields(to, row, plan);
  packNumbers(to, row, plan.oneNumber);
  packGroups(to, row);
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

/** The first number, and the others where there are any: nearly all rows have one. */
function packNumbers(to: BinaryJson, row: CleanRow, oneNumber: boolean): void {
  const read =
    row.problem === null ? row.numbers.flatMap(({ msisdn }) => (msisdn === null ? [] : [msisdn])) : [];
  const [first, ...others] = read.length > 1 && !oneNumber ? new Set(read) : read.slice(0, 1);
  if (first === undefined) to.null();
  else to.integer(first);
  if (others.length === 0) return to.null();
  const more = to.array();
  for (const msisdn of others) to.integer(msisdn);
  to.end(more);
}

function packGroups(to: BinaryJson, row: CleanRow): void {
  if (row.groups.length === 0) return to.null();
  const groups = to.array();
  for (const group of row.groups) {
    const pair = to.array();
    to.text(group);
    to.text(fold(group));
    to.end(pair);
  }
  to.end(groups);
}

/** Collects rows into batches of about `size` bytes or `most` rows, whichever comes first. */
export function rowPacker(plan: RowsPlan, size: number, most: number) {
  const json = new BinaryJson();
  let array = json.array();
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
      packRow(json, row, plan);
      return count >= most || json.length >= size;
    },
    /** The rows since the last call; `null` without any. */
    take(fraction: number): (PackedRows & { readonly json: Uint8Array<ArrayBuffer> }) | null {
      if (count === 0) return null;
      json.end(array);
      const packed = { json: json.take(), firstRow, lastRow, count, repaired, fraction };
      array = json.array();
      count = 0;
      repaired = 0;
      return packed;
    },
  };
}
