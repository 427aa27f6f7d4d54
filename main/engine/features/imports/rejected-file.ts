import { appError, type AppError } from '#shared/errors.ts';
import { err, type Result } from '#shared/result.ts';
import { writeCsv } from '../../files/write-csv.ts';

/** A rejected row as it stood; cells as a JSON array. */
export type RejectedRow = { readonly row: number; readonly problem: string; readonly cells: string };

const AT_ONCE = 500;

/** Thrown through the writer to end it when the rows are no longer those that were asked for. */
class Gone extends Error {}

/**
 * Writes rejected rows as CSV: the cells as they stood under their headings, then the number of the row in the file and why it was
 * rejected. Corrected there, the file can be imported again.
 *
 * @param page gives rows after one, in order, or `null` once they are gone: then nothing is written (`IMPORT_GONE`)
 */
export async function writeRejected(
  path: string,
  headings: readonly string[],
  page: (after: number, limit: number) => readonly RejectedRow[] | null,
): Promise<Result<{ rows: number }, AppError>> {
  const width = headings.length;
  async function* rows(): AsyncGenerator<string[]> {
    for (let after = 0; ;) {
      const found = page(after, AT_ONCE);
      if (!found) throw new Gone();
      for (const { row, problem, cells } of found) {
        const stood = JSON.parse(cells) as string[];
        const filled = Array.from({ length: Math.max(width, stood.length) }, (_, at) => stood[at] ?? '');
        yield [...filled, String(row), problem];
      }
      const last = found.at(-1);
      if (!last || found.length < AT_ONCE) return;
      after = last.row;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  const header = [...headings, 'Row', 'Reason'];
  try {
    return await writeCsv({ path, header, rows: rows(), numberColumns: new Set() });
  } catch (error) {
    if (error instanceof Gone) return err(appError('IMPORT_GONE'));
    throw error;
  }
}
