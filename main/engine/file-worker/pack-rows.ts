import { foldForSearch } from '#shared/search-fold.ts';
import { isoDate } from '../features/contacts/dates.ts';
import type { CleanRow } from '../files/types.ts';
import { BinaryJson } from './binary-json.ts';
import { PER_ROW, type PackedRows, type RowsPlan, type StagedJson } from './messages.ts';

/**
 * Latin and Bangla letters of which folding changes nothing but the case: no digits, and nothing that composing (NFC) decomposes, joins
 * or puts into another order.
 */
const UNCOMPOSED = /^[\0-\x7f\u0980-\u09bb\u09bd-\u09d6\u09d8-\u09db\u09e0-\u09e5\u09f0-\u09fd]*$/;
/** Two Bangla vowel signs that are composed to one. */
const JOINED = '\u09c7\u09be';

const fold = (text: string): string =>
  UNCOMPOSED.test(text) && !text.includes(JOINED) ? text.toLowerCase() : foldForSearch(text);

/** A column that is filed under a key; `earlier`: columns before it that have the same key. */
type FiledColumn = {
  readonly column: number;
  readonly key: string;
  readonly date: boolean;
  readonly earlier: readonly number[];
};

const filedColumns = ({ keys, dates }: RowsPlan): FiledColumn[] =>
  keys.flatMap((key, column) => {
    if (key === null) return [];
    const earlier = keys.flatMap((other, at) => (other === key && at < column ? [at] : []));
    return [{ column, key, date: dates[column] ?? false, earlier }];
  });

/** With memory of its own, which can be handed over. */
type Taken = StagedJson & Record<'rows' | 'numbers' | 'groups' | 'members', Uint8Array<ArrayBuffer>>;

/** Packs rows as {@link StagedJson} says. */
function packer(plan: RowsPlan) {
  const parts = {
    ...{ rows: new BinaryJson(), numbers: new BinaryJson() },
    ...{ groups: new BinaryJson(), members: new BinaryJson() },
  };
  const packRow = rowsInto(parts.rows, plan);
  const begin = () => ({
    ...{ rows: parts.rows.array(), numbers: parts.numbers.object() },
    ...{ groups: parts.groups.array(), members: parts.members.array() },
  });
  /** Groups that are packed, by where they stand. */
  const groups = new Map<string, number>();
  let opened = begin();
  let several = false;
  return {
    size: () => parts.rows.length,
    add(row: CleanRow): void {
      packRow(row);
      if (packNumbers(parts.numbers, row, plan.oneNumber) > 1) several = true;
      for (const group of row.groups) {
        const known = groups.get(group) ?? groups.size;
        if (known === groups.size) packGroup(parts.groups, group);
        groups.set(group, known);
        parts.members.integer(row.row * PER_ROW + known);
      }
    },
    take(): Taken {
      parts.rows.end(opened.rows);
      parts.numbers.end(opened.numbers);
      parts.groups.end(opened.groups);
      parts.members.end(opened.members);
      const taken = {
        ...{ rows: parts.rows.take(), numbers: parts.numbers.take() },
        ...{ groups: parts.groups.take(), members: parts.members.take() },
        ...{ several, grouped: groups.size > 0 },
      };
      opened = begin();
      several = false;
      groups.clear();
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

/** Cells come first: what is filed is mostly a cell as it stands, whose bytes are then copied instead of encoded once more. */
function rowsInto(to: BinaryJson, plan: RowsPlan): (row: CleanRow) => void {
  const filed = filedColumns(plan);
  const nameColumn = plan.mapping.columns.findIndex((column) => column.to === 'name');
  /** Where the cells of the row begin, and where the last one ends. */
  const starts: number[] = [];

  const packText = (text: string, column: number, cells: readonly string[]): void => {
    if (text !== '' && text === cells[column]) to.again(starts[column] ?? 0, starts[column + 1] ?? 0);
    else to.text(text);
  };

  /** What is filed of the fields: by key, empty ones absent; of two columns for one field the first that is filled. */
  const packFields = ({ values, cells }: CleanRow): void => {
    const fields = to.object();
    for (const { column, key, date, earlier } of filed) {
      const value = values[column];
      if (value === undefined || value === '') continue;
      if (earlier.length > 0 && earlier.some((at) => values[at])) continue;
      to.text(key);
      packText(date ? (isoDate(value) ?? value) : value, column, cells);
    }
    to.end(fields);
  };

  return (row) => {
    const whole = to.array();
    to.integer(row.row);
    if (row.problem === null) to.null();
    else to.text(row.problem);
    const { cells, name } = row;
    const opened = to.array();
    for (let column = 0; column < cells.length; column++) {
      starts[column] = to.length;
      to.text(cells[column] ?? '');
    }
    starts[cells.length] = to.length;
    to.end(opened);
    const named = to.length;
    packText(name, nameColumn, cells);
    const folded = fold(name);
    if (folded === name) to.again(named, to.length);
    else to.text(folded);
    to.text(row.note);
    packFields(row);
    to.end(whole);
  };
}

/** Whether a number of the row was mended. */
export const isRepaired = (row: CleanRow): boolean =>
  row.problem === null && row.numbers.some((number) => number.msisdn !== null && number.repairs.length > 0);

/** No number is in a row twice. Gives how many there are. */
function packNumbers(to: BinaryJson, row: CleanRow, oneNumber: boolean): number {
  let read = 0;
  for (const { msisdn } of row.problem === null ? row.numbers : []) {
    if (msisdn === null || (oneNumber && read > 0)) continue;
    to.text(String(row.row * PER_ROW + read++));
    to.integer(msisdn);
  }
  return read;
}

function packGroup(to: BinaryJson, group: string): void {
  const one = to.array();
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
