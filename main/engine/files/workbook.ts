import { parse_zip, read, type ParsingOptions, type WorkBook } from '@e965/xlsx';
import { appError, type AppError } from '#shared/errors.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { cellText } from './cell-text.ts';
import { CELL_LIMIT, HEAD_ROWS, type FileFormat, type FileRow } from './types.ts';
import { safeWorkbook, type SafeWorkbook } from './workbook-guard.ts';

declare module '@e965/xlsx' {
  /** The library has this beside `read` and does not declare it: it takes the parts of an archive that is open already. */
  export function parse_zip(archive: Pick<SafeWorkbook, 'files'>, how?: ParsingOptions): WorkBook;
}

/** No workbook has more columns. */
const MOST_COLUMNS = 16_384;
const HOW: ParsingOptions = {
  type: 'buffer',
  dense: true,
  cellFormula: false,
  cellHTML: false,
  cellText: false,
  cellNF: true,
};

const SHARED_TEXTS = /(?:^|\/)sharedStrings\.(?:xml|bin)$/i;

/** One sheet of a workbook, rows that are not empty alone. */
export type Sheet = {
  readonly format: FileFormat;
  readonly sheets: readonly string[];
  /** Index into `sheets`. */
  readonly sheet: number;
  readonly rows: FileRow[];
};

type Listed = { readonly name: string; readonly index: number };

/**
 * Reads one sheet of a workbook (XLSX, XLSM, XLSB, ODS or XLS). Without a chosen sheet it is the first one that has something in it.
 *
 * @param headOnly stop after the rows of a preview
 */
export function readSheet(
  bytes: Buffer,
  sheet: number | undefined,
  headOnly: boolean,
): Result<Sheet, AppError> {
  const packed = bytes.readUInt16BE(0) === 0x504b;
  const safe = packed ? safeWorkbook(bytes) : ok({ format: 'xls' as const, files: null });
  if (!safe.ok) return safe;
  const { format, files } = safe.value;
  // Old and open-document workbooks are one stream: they are read once, whatever is wanted of them.
  const whole = format === 'xlsx' ? null : files ? unzipped(files, HOW) : attempt(() => read(bytes, HOW));
  const list = whole ?? unzipped(withoutTexts(files), { ...HOW, sheets: [] });
  if (!list) return err(appError('FILE_DAMAGED'));
  const sheets = listed(list);
  const rowsOf = ({ index, name }: Listed): FileRow[] | null => {
    const limit = headOnly ? { sheetRows: HEAD_ROWS * 5 } : {};
    const book = whole ?? unzipped(files ?? {}, { ...HOW, ...limit, sheets: index });
    return book?.Sheets[name] ? rowsOfSheet(book, name) : null;
  };
  const wanted = sheet === undefined ? sheets.keys() : [sheet];
  let taken = 0;
  let rows: FileRow[] | null = [];
  for (taken of wanted) {
    const one = sheets[taken];
    if (!one) break;
    rows = rowsOf(one);
    if (!rows || rows.length > 0) break;
  }
  if (!rows) return err(appError('FILE_DAMAGED', { detail: 'sheet' }));
  return ok({
    format,
    sheets: sheets.map((one) => one.name),
    sheet: rows.length > 0 || sheet !== undefined ? taken : 0,
    rows,
  });
}

const unzipped = (files: SafeWorkbook['files'], how: ParsingOptions): WorkBook | null =>
  attempt(() => parse_zip({ files }, how));

function attempt(reading: () => WorkBook): WorkBook | null {
  try {
    return reading();
  } catch {
    // The library throws for whatever it cannot read: damage, a password, another kind of file.
    return null;
  }
}

/** The texts that cells share may be most of a workbook, and the list of its sheets needs none of them. */
const withoutTexts = (files: SafeWorkbook['files'] | null): SafeWorkbook['files'] =>
  Object.fromEntries(Object.entries(files ?? {}).filter(([name]) => !SHARED_TEXTS.test(name)));

/** Sheets in the order of the workbook, hidden ones behind the others. */
function listed(book: WorkBook): Listed[] {
  const all = book.SheetNames.map((name, index) => ({
    name,
    index,
    hidden: (book.Workbook?.Sheets?.[index]?.Hidden ?? 0) !== 0,
  }));
  return [...all.filter((one) => !one.hidden), ...all.filter((one) => one.hidden)];
}

/** Rows are looked up by their keys, because a workbook may say that its only cell stands in row 1,048,576. */
function rowsOfSheet(book: WorkBook, name: string): FileRow[] {
  const data = book.Sheets[name]?.['!data'] ?? [];
  const from1904 = book.Workbook?.WBProps?.date1904 ?? false;
  const rows: FileRow[] = [];
  for (const key of Object.keys(data)) {
    const row = data[Number(key)];
    if (!row) continue;
    const cells: string[] = [];
    for (const column of Object.keys(row)) {
      const at = Number(column);
      const cell = row[at];
      if (!cell || at >= MOST_COLUMNS) continue;
      const text = cellText(cell, from1904).replace(/\r\n?/g, '\n').replaceAll('\0', '');
      if (text.trim() === '') continue;
      while (cells.length < at) cells.push('');
      cells[at] = text.length > CELL_LIMIT ? text.slice(0, CELL_LIMIT + 1) : text;
    }
    if (cells.length > 0) rows.push({ row: Number(key) + 1, cells });
  }
  return rows;
}
