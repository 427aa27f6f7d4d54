import type { AppError } from '#shared/errors.ts';
import type { ReadOptions, TextEncoding } from '#shared/ipc/imports.ts';
import type { RejectReason, Repair } from '#shared/phone/msisdn.ts';
import type { Result } from '#shared/result.ts';

/** Where rows come from: a file of this computer, `name` as the user knows it, or text that was pasted. */
export type ReadInput =
  | { readonly kind: 'file'; readonly path: string; readonly name: string }
  | { readonly kind: 'text'; readonly text: string };

/** How a file is to be read; what is absent is guessed from the content. */
export type ReadHow = ReadOptions;

/** What a file turned out to be. `text` is every kind of delimited text. */
export type FileFormat = 'text' | 'xlsx' | 'ods' | 'xls' | 'vcard';

/** The beginning of a file and the way it is read. */
export type Head = {
  readonly format: FileFormat;
  /** `null` for workbooks and pasted text. */
  readonly encoding: TextEncoding | null;
  /** `null` for workbooks and vCards, and for a text of one column. */
  readonly delimiter: string | null;
  /** Index into `sheets`; `null` for anything but a workbook. */
  readonly sheet: number | null;
  /** Names of the sheets, hidden ones last. */
  readonly sheets: readonly string[];
  /** The first {@link HEAD_ROWS} rows that are not empty, cells whole (up to {@link CELL_LIMIT}). */
  readonly rows: string[][];
  /** Where the first of `rows` stands in the file; the first row is 1. */
  readonly firstRow: number;
  /** Size of the file, or of the text in UTF-8. */
  readonly bytes: number;
};

/** A row as the file counts it: 1-based, headings and empty rows included. */
export type FileRow = { readonly row: number; readonly cells: string[] };

/** About a thousand rows, and how much of the file was read when they were complete (0 to 1). */
export type RowBatch = { readonly rows: FileRow[]; readonly fraction: number };

/** Takes a batch; the next one is not read before the promise is settled. */
export type OnBatch = (batch: RowBatch) => void | Promise<void>;

/** Outcome of reading everything: how many rows there were, empty ones not counted. */
export type ReadOutcome = Result<{ readonly rows: number }, AppError>;

/** A number of a row: as it was written, and what it is or why it is none. */
export type RowNumber = {
  readonly input: string;
  readonly msisdn: string | null;
  /** What was mended to read it. */
  readonly repairs: readonly Repair[];
  readonly reason: RejectReason | null;
};

/** A row understood by a mapping. */
export type CleanRow = {
  readonly row: number;
  /** As they stand in the file. */
  readonly cells: string[];
  readonly name: string;
  /** Those that were read come first in the order of the row; unreadable ones are here only when none was read. */
  readonly numbers: readonly RowNumber[];
  /** Note columns, then what stood in number columns and is no number. */
  readonly note: string;
  readonly groups: readonly string[];
  /** By index of the column, filled for columns that go to a field; `''` for the others. */
  readonly values: readonly string[];
  /** Why there is no person in the row: a {@link RejectReason}, `no-number` or `cell-too-long`. */
  readonly problem: RejectReason | 'no-number' | 'cell-too-long' | null;
  /** Index of the column where that is to be corrected. */
  readonly column: number | null;
};

/** So many rows are in a {@link Head}. */
export const HEAD_ROWS = 200;

/** Longest cell in UTF-16 units. A longer one is cut after one unit more, so that it is still seen to be too long. */
export const CELL_LIMIT = 32_768;
