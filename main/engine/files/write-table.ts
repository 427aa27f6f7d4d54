/** A table to be written. */
export type TableToWrite = {
  /** Where the file is to be; an older one is replaced once the new one is complete. */
  readonly path: string;
  readonly header: readonly string[];
  readonly rows: Iterable<readonly string[]> | AsyncIterable<readonly string[]>;
  /** Indexes of the columns that hold numbers as E.164 digits, several separated by `; `. */
  readonly numberColumns: ReadonlySet<number>;
  /** Told now and then how many rows are written. */
  readonly onProgress?: (rows: number) => void;
  readonly signal?: AbortSignal;
};

/** Rows between two reports, and between two looks at the signal. */
const STEP = 500;

/**
 * Runs through the rows, reports on the way and stops when the signal says so.
 *
 * @throws the reason of the signal
 * @returns how many rows there were
 */
export async function eachRow<Row>(
  table: Pick<TableToWrite, 'onProgress' | 'signal'> & { readonly rows: Iterable<Row> | AsyncIterable<Row> },
  write: (row: Row, index: number) => string,
  out: (text: string) => Promise<void>,
): Promise<number> {
  let count = 0;
  let pending = '';
  table.signal?.throwIfAborted();
  for await (const row of table.rows) {
    pending += write(row, count);
    if (++count % STEP !== 0) continue;
    await out(pending);
    pending = '';
    table.onProgress?.(count);
    table.signal?.throwIfAborted();
  }
  await out(pending);
  table.onProgress?.(count);
  table.signal?.throwIfAborted();
  return count;
}
