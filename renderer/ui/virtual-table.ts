import type { Snippet } from 'svelte';

/** Rows that can be chosen one by one, several at once or all; a table with this gets a column of boxes. */
export type RowChoice<Row> = {
  readonly has: (row: Row) => boolean;
  /** Chooses these rows or drops them. */
  readonly set: (rows: readonly Row[], chosen: boolean) => void;
  /** State of the box in the head: all of the list, none of it, some. */
  readonly all: boolean | 'some';
  /** Chooses everything in the list, or nothing. */
  readonly setAll: (chosen: boolean) => void;
  /** Name of a row's box. */
  readonly label: (row: Row) => string;
  /** Name of the box in the head. */
  readonly allLabel: string;
};

/** One column of a {@link import('./VirtualTable.svelte').default VirtualTable}. */
export type Column<Row> = {
  readonly key: string;
  readonly header: string;
  /** A CSS grid track: `120px`, `minmax(160px, 1fr)`. */
  readonly width: string;
  readonly align?: 'start' | 'end';
  /** The cell as plain text (ellipsised, with the whole text as tooltip)… */
  readonly text?: (row: Row) => string;
  /** …or as a snippet. */
  readonly cell?: Snippet<[Row]>;
};
