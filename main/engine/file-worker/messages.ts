import type { AppError } from '#shared/errors.ts';
import type { ImportMapping } from '#shared/ipc/imports.ts';
import type { Result } from '#shared/result.ts';
import type { Head, ReadHow, ReadInput } from '../files/types.ts';

/** How the rows of a file are understood. */
export type RowsPlan = {
  readonly mapping: ImportMapping;
  /** By column: the key under which its value is filed; `null` for a column that is no field. */
  readonly keys: readonly (string | null)[];
  /** By column: values are dates, which are filed as `2026-11-22` where they can be read. */
  readonly dates: readonly boolean[];
  /** Only the first number of a row counts. */
  readonly oneNumber: boolean;
  /** Numbers that one row may bring; further ones go into its note as they stand. Absent: any. */
  readonly mostNumbers?: number;
};

/**
 * More than a batch has groups, or a row numbers. One whole number for two is taken apart by SQL much faster than an array; with a place
 * in a batch it stays below 2³⁰, where engines of JavaScript have whole numbers at little cost.
 */
export const PER_ROW = 1_048_576;

/** So many rows of cells lie together. */
export const CELLS_AT_ONCE = 125;

/**
 * Rows as binary JSON. A row stands at its place: its number less that of the first row of the batch. What an array has at the place of a
 * row that is left out is `null`.
 */
export type StagedJson = {
  /** `[name, fields]` by place, of rows without problem and note and with a name that folds to its lower case; `fields` is an object of values by key. */
  readonly rows: Uint8Array;
  /** The others, an object by place: `[name, fields, name folded, note, problem, cells]`; cells of rows with a problem, else `null`. */
  readonly others: Uint8Array;
  /** Cells by place, in arrays of {@link CELLS_AT_ONCE} rows. */
  readonly cells: Uint8Array;
  /** The first number of each row as a whole number, by place. */
  readonly numbers: Uint8Array;
  /** An object of further numbers, by place times {@link PER_ROW} plus position in the row. */
  readonly further: Uint8Array;
  /** `[name, name folded]` of the groups that rows are in. */
  readonly groups: Uint8Array;
  /** Place times {@link PER_ROW} plus index into groups. */
  readonly members: Uint8Array;
  /** There are {@link others}. */
  readonly mixed: boolean;
  /** A row has several numbers. */
  readonly several: boolean;
  /** A row has groups. */
  readonly grouped: boolean;
};

/** About a thousand rows. */
export type PackedRows = {
  readonly json: StagedJson;
  readonly firstRow: number;
  readonly lastRow: number;
  readonly count: number;
  /** Rows of which a number was mended. */
  readonly repaired: number;
  /** How much of the file is read, 0 to 1. */
  readonly fraction: number;
};

/** What the engine says to the thread. Every job has a number; `credit` allows another batch. */
export type ToThread =
  | { readonly kind: 'head'; readonly job: number; readonly input: ReadInput; readonly how: ReadHow }
  | {
      readonly kind: 'rows';
      readonly job: number;
      readonly input: ReadInput;
      readonly how: ReadHow;
      readonly plan: RowsPlan;
    }
  | { readonly kind: 'credit'; readonly job: number }
  | { readonly kind: 'stop'; readonly job: number };

/** What the thread says to the engine. */
export type FromThread =
  | { readonly kind: 'head'; readonly job: number; readonly result: Result<Head, AppError> }
  | { readonly kind: 'batch'; readonly job: number; readonly batch: PackedRows }
  /** A sign of life where there is no batch yet. */
  | { readonly kind: 'taken'; readonly job: number }
  | {
      readonly kind: 'ended';
      readonly job: number;
      readonly result: Result<{ readonly rows: number }, AppError>;
    };

/** Batches that may be under way: one is filed while the next one is made. */
export const CREDIT = 3;
