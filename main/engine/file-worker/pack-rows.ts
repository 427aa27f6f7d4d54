import { foldForSearch } from '#shared/search-fold.ts';
import { isoDate } from '../features/contacts/dates.ts';
import type { CleanRow } from '../files/types.ts';
import { BinaryJson } from './binary-json.ts';
import { CELLS_AT_ONCE, PER_ROW, type PackedRows, type RowsPlan, type StagedJson } from './messages.ts';

/**
 * Latin and Bangla letters of which folding changes nothing but the case of Latin ones: no digits, and nothing that composing (NFC)
 * decomposes, joins or puts into another order.
 */
const UNCOMPOSED = /^[\0-\x7f\u0980-\u09bb\u09bd-\u09d6\u09d8-\u09db\u09e0-\u09e5\u09f0-\u09fd]*$/;
/** Two Bangla vowel signs that are composed to one. */
const JOINED = '\u09c7\u09be';

/** Whether folding a text is what SQL's `lower` does, which knows Latin letters alone. */
const foldsToLower = (text: string): boolean => UNCOMPOSED.test(text) && !text.includes(JOINED);

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

/** The parts of {@link StagedJson}, in memory of their own, which can be handed over. */
type Parts = Pick<StagedJson, 'rows' | 'others' | 'cells' | 'numbers' | 'further' | 'groups' | 'members'>;
type Taken = StagedJson & Readonly<Record<keyof Parts, Uint8Array<ArrayBuffer>>>;

/** Packs rows as {@link StagedJson} says, in their order and with rising numbers. */
function packer(plan: RowsPlan) {
  const rows = new BinaryJson();
  const others = new BinaryJson();
  const cells = cellsInto();
  const numbers = new BinaryJson();
  const further = new BinaryJson();
  const groups = new BinaryJson();
  const members = new BinaryJson();
  const packPerson = personInto(cells, plan);
  const begin = () => ({
    ...{ rows: rows.array(), others: others.object(), numbers: numbers.array() },
    ...{ further: further.object(), groups: groups.array(), members: members.array() },
  });
  /** Groups that are packed, by where they stand. */
  const known = new Map<string, number>();
  let opened = begin();
  /** Place of the next row. */
  let next = 0;
  let mixed = false;
  let several = false;

  /** Gives how many numbers there are. None is in a row twice. */
  const packNumbers = (row: CleanRow, place: number): number => {
    if (row.problem !== null) {
      numbers.null();
      return 0;
    }
    let read = 0;
    for (const { msisdn } of row.numbers) {
      if (msisdn === null || (plan.oneNumber && read > 0)) continue;
      if (read === 0) numbers.integer(msisdn);
      else {
        further.text(String(place * PER_ROW + read));
        further.integer(msisdn);
      }
      read++;
    }
    if (read === 0) numbers.null();
    return read;
  };

  return {
    size: () => rows.length + others.length + cells.packed.length,
    /** `place`: where it stands; `alone`: all of it is packed together, because it will be replaced together. */
    add(row: CleanRow, place: number, alone: boolean): void {
      for (; next < place; next++) {
        rows.null();
        cells.none();
        numbers.null();
      }
      next++;
      cells.add(row.cells);
      if (!alone && row.problem === null && row.note === '' && foldsToLower(row.name)) {
        const one = rows.array();
        packPerson(rows, row);
        rows.end(one);
      } else {
        mixed = true;
        rows.null();
        others.text(String(place));
        const one = others.array();
        packPerson(others, row);
        if (foldsToLower(row.name)) others.null();
        else others.text(foldForSearch(row.name));
        others.text(row.note);
        if (row.problem === null) others.null();
        else others.text(row.problem);
        if (alone || row.problem !== null) others.copy(cells.packed, cells.from(), cells.packed.length);
        else others.null();
        others.end(one);
      }
      if (packNumbers(row, place) > 1) several = true;
      for (const group of row.groups) {
        const at = known.get(group) ?? known.size;
        if (at === known.size) packGroup(groups, group);
        known.set(group, at);
        members.integer(place * PER_ROW + at);
      }
    },
    take(): Taken {
      rows.end(opened.rows);
      others.end(opened.others);
      numbers.end(opened.numbers);
      further.end(opened.further);
      groups.end(opened.groups);
      members.end(opened.members);
      const taken = {
        ...{ rows: rows.take(), others: others.take(), cells: cells.take() },
        ...{ numbers: numbers.take(), further: further.take() },
        ...{ groups: groups.take(), members: members.take() },
        ...{ mixed, several, grouped: known.size > 0 },
      };
      opened = begin();
      next = 0;
      mixed = false;
      several = false;
      known.clear();
      return taken;
    },
  };
}

/** Packs a single row, as the first one of a batch of its own. */
export function packOne(row: CleanRow, plan: RowsPlan): StagedJson {
  const one = packer(plan);
  one.add(row, 0, true);
  return one.take();
}

/** Packs cells in arrays of arrays, and keeps in mind where those of the last row are. */
function cellsInto() {
  const packed = new BinaryJson();
  let whole = packed.array();
  let part = packed.array();
  let rows = 0;
  let last = 0;
  /** Where the cells of the last row begin, and where the last one ends. */
  const starts: number[] = [];
  const room = () => {
    if (rows === CELLS_AT_ONCE) {
      packed.end(part);
      part = packed.array();
      rows = 0;
    }
    rows++;
  };
  return {
    packed,
    starts,
    /** Where the last row begins. */
    from: () => last,
    none() {
      room();
      packed.null();
    },
    add(cells: readonly string[]) {
      room();
      last = packed.array();
      for (let column = 0; column < cells.length; column++) {
        starts[column] = packed.length;
        packed.text(cells[column] ?? '');
      }
      starts[cells.length] = packed.length;
      packed.end(last);
    },
    take() {
      packed.end(part);
      packed.end(whole);
      const taken = packed.take();
      whole = packed.array();
      part = packed.array();
      rows = 0;
      return taken;
    },
  };
}

/** Packs name and fields. Both are mostly cells as they stand, whose bytes are then copied instead of encoded once more. */
function personInto(
  { packed, starts }: ReturnType<typeof cellsInto>,
  plan: RowsPlan,
): (to: BinaryJson, row: CleanRow) => void {
  const filed = filedColumns(plan);
  const nameColumn = plan.mapping.columns.findIndex((column) => column.to === 'name');

  const packText = (to: BinaryJson, text: string, column: number, cells: readonly string[]): void => {
    if (text !== '' && text === cells[column]) to.copy(packed, starts[column] ?? 0, starts[column + 1] ?? 0);
    else to.text(text);
  };

  return (to, { name, values, cells }) => {
    packText(to, name, nameColumn, cells);
    // By key, empty ones absent; of two columns for one field the first that is filled.
    const fields = to.object();
    for (const { column, key, date, earlier } of filed) {
      const value = values[column];
      if (value === undefined || value === '') continue;
      if (earlier.length > 0 && earlier.some((at) => values[at])) continue;
      to.text(key);
      packText(to, date ? (isoDate(value) ?? value) : value, column, cells);
    }
    to.end(fields);
  };
}

/** Whether a number of the row was mended. */
export const isRepaired = (row: CleanRow): boolean =>
  row.problem === null && row.numbers.some((number) => number.msisdn !== null && number.repairs.length > 0);

function packGroup(to: BinaryJson, group: string): void {
  const one = to.array();
  to.text(group);
  to.text(foldForSearch(group));
  to.end(one);
}

/** Collects rows into batches of about `size` bytes or `most` rows of the file, whichever comes first. */
export function rowPacker(plan: RowsPlan, size: number, most: number) {
  const packed = packer(plan);
  let firstRow = 0;
  let lastRow = 0;
  let count = 0;
  let repaired = 0;
  return {
    /** Whether a row, by its number, still belongs to the batch; else it is to be taken first. */
    fits: (row: number): boolean => count === 0 || (row - firstRow < most && packed.size() < size),
    add(row: CleanRow): void {
      if (count === 0) firstRow = row.row;
      lastRow = row.row;
      count++;
      if (isRepaired(row)) repaired++;
      packed.add(row, row.row - firstRow, false);
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
