import type { Snippet } from 'svelte';

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
