import Papa from 'papaparse';
import { CELL_LIMIT } from './types.ts';

/** UTF-16 units given to the parser at a time, and after a row with a broken quote. */
const SLICE = 65_536;
const SMALL_SLICE = 2_048;
/** Longest row in UTF-16 units that quotes may hold together. Beyond it a quote is not closed, or the line is no row of a table. */
const LONGEST_RECORD = 262_144;
/** Longest line in UTF-16 units that is divided into cells; what stands behind belongs to its last cell. */
const LONGEST_LINE = 4_194_304;
/** More cells than any spreadsheet program shows in a screen; the rest stays together in the last one. */
const MOST_CELLS = 1_000;

/** Stands for "no separator": it never occurs, because NUL is taken out of every text. */
const NO_DELIMITER = '\0';

type Parsed = { data: string[][]; errors: { type: string; row?: number }[]; meta: { cursor: number } };

/** Takes text as it comes and gives the rows that are complete, empty ones too, so that they can be counted. */
export type RecordReader = { add(text: string): string[][]; end(): string[][] };

/**
 * Divides text with line ends `\n` into rows and cells. Papa Parse does the reading; this keeps it within bounds that it does not
 * have. A quote that is not closed, or closed in the wrong place, is taken as a character of its line, so that it never swallows the
 * rows behind it; cells are cut behind {@link CELL_LIMIT}; memory is bounded by one long line.
 */
export function recordReader(delimiter: string | null): RecordReader {
  const mark = delimiter ?? NO_DELIMITER;
  let rest = '';
  let slice = SLICE;
  /** Cells of the first row that is divided, which is usually the heading; 0: not met yet. */
  let width = 0;
  /** Cells of a line that is too long to be held, while its end is looked for. */
  let overlong: string[] | null = null;

  const parse = (text: string, preview = 0): Parsed =>
    new Papa.Parser({ delimiter: mark, newline: '\n', preview }).parse(text, 0, true) as Parsed;

  const plainLine = (line: string): string[] => withinBounds(line.split(mark), mark);

  /** Takes the first line of `rest` with its quotes as characters. */
  const takeLine = (out: string[][]): void => {
    const end = rest.indexOf('\n');
    out.push(plainLine(rest.slice(0, end)));
    rest = rest.slice(end + 1);
    slice = SMALL_SLICE;
  };

  const takeRows = (out: string[][], text: string, parsed: Parsed): void => {
    width ||= parsed.data.find((row) => row.length > 1)?.length ?? 0;
    if (isUsual(parsed, text)) {
      for (const row of parsed.data) out.push(row);
      rest = rest.slice(parsed.meta.cursor);
      slice = Math.min(SLICE, slice * 2);
      return;
    }
    const fault = firstFault(parsed, text, mark, width);
    const good = fault === null ? parsed.data : parsed.data.slice(0, fault);
    for (const row of good) out.push(withinBounds(row, mark));
    const length = good.length === parsed.data.length ? parsed.meta.cursor : lengthOf(text, good.length);
    rest = rest.slice(length);
    if (fault !== null) takeLine(out);
    else slice = Math.min(SLICE, slice * 2);
  };

  const lengthOf = (text: string, rows: number): number => (rows === 0 ? 0 : parse(text, rows).meta.cursor);

  /** Looks for the end of an overlong line; its last cell takes what there is room for. */
  const skipOverlong = (out: string[][]): boolean => {
    if (!overlong) return false;
    const end = rest.indexOf('\n');
    const more = end < 0 ? rest : rest.slice(0, end);
    const last = overlong.length - 1;
    overlong[last] = cut((overlong[last] ?? '') + more.slice(0, CELL_LIMIT + 1));
    rest = end < 0 ? '' : rest.slice(end + 1);
    if (end < 0) return true;
    out.push(overlong);
    overlong = null;
    return false;
  };

  const digest = (last: boolean): string[][] => {
    const out: string[][] = [];
    let window = slice;
    while (rest !== '') {
      if (skipOverlong(out) || rest === '') break;
      const text = rest.slice(0, window);
      const hasLine = text.includes('\n');
      const parsed = hasLine ? parse(text) : null;
      if (parsed && parsed.data.length > 0) takeRows(out, text, parsed);
      else if (
        parsed &&
        (window >= LONGEST_RECORD || (last && window >= rest.length) || broken(parsed, text))
      )
        takeLine(out);
      else if (!parsed && text.length >= LONGEST_LINE) {
        overlong = plainLine(text);
        rest = rest.slice(text.length);
      } else if (window >= rest.length) break;
      else {
        window *= 2;
        continue;
      }
      window = slice;
    }
    return out;
  };

  return {
    add(text) {
      rest += text;
      // Small pieces are gathered: the parser is called for whole slices.
      return rest.length >= SLICE ? digest(false) : [];
    },
    end() {
      if (rest !== '' || overlong) rest += '\n';
      return digest(true);
    },
  };
}

/** Whether there is nothing to look after: each line is a row, and none is long enough to hold too much. */
function isUsual({ data, errors, meta }: Parsed, text: string): boolean {
  if (errors.length > 0) return false;
  let lines = 0;
  for (let at = 0; at < meta.cursor; lines++) {
    const end = text.indexOf('\n', at);
    if (end - at > MOST_CELLS) return false;
    at = end + 1;
  }
  return lines === data.length;
}

/** Index of the first row whose quotes are broken or hold rows of the table together; `null`: all are well. */
function firstFault({ data, errors }: Parsed, text: string, delimiter: string, width: number): number | null {
  if (!text.includes('"')) return null;
  let first = data.length;
  for (const { type, row } of errors) if (type === 'Quotes' && row !== undefined && row < first) first = row;
  for (let at = 0; at < first; at++) {
    if (data[at]?.some((cell) => cell.includes('\n') && holdsRows(cell, width, delimiter))) return at;
  }
  return first < data.length ? first : null;
}

/** Whether the row that is not complete yet can never be: a quote in it is followed by more than blanks. */
function broken({ errors }: Parsed, text: string): boolean {
  return errors.length > (/"\s*$/.test(text.slice(-SMALL_SLICE)) ? 1 : 0);
}

/** Whether the lines inside a cell are divided as the rows of the table are: then a quote stands where none belongs. */
function holdsRows(cell: string, width: number, delimiter: string): boolean {
  const inner = cell.split('\n').slice(1, -1);
  if (inner.length < 2) return false;
  const cells = inner[0]?.split(delimiter).length ?? 0;
  return cells > 1 && cells === width && inner.every((line) => line.split(delimiter).length === cells);
}

function withinBounds(cells: string[], delimiter: string): string[] {
  const kept =
    cells.length <= MOST_CELLS
      ? cells
      : [...cells.slice(0, MOST_CELLS - 1), cells.slice(MOST_CELLS - 1).join(delimiter)];
  for (let at = 0; at < kept.length; at++) {
    const cell = kept[at] ?? '';
    if (cell.length > CELL_LIMIT) kept[at] = cut(cell);
  }
  return kept;
}

/** Through a buffer, because a slice would keep the whole piece it was cut from in memory. */
function cut(cell: string): string {
  return cell.length > CELL_LIMIT
    ? Buffer.from(cell.slice(0, CELL_LIMIT + 1), 'utf16le').toString('utf16le')
    : cell;
}
