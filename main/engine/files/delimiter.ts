import Papa from 'papaparse';
import type { ReadOptions } from '#shared/ipc/imports.ts';

/** A separator of the cells of a text file. */
export type Delimiter = NonNullable<ReadOptions['delimiter']>;

/** In this order where two fit equally: a comma is the one that also stands inside addresses. */
const CANDIDATES: readonly Delimiter[] = ['\t', ';', '|', ','];
const LOOKED_AT = 100;
/** Share of the rows that a separator must divide. */
const LEAST_SHARE = 0.5;

/** The line `sep=;` that Excel reads and writes at the start of a text file, or `null`. */
export function delimiterLine(text: string): { delimiter: Delimiter; length: number } | null {
  const found = /^"?sep=([,;\t|])"?\n/i.exec(text);
  const delimiter = CANDIDATES.find((one) => one === found?.[1]);
  return found && delimiter ? { delimiter, length: found[0].length } : null;
}

/** The separator that divides the rows most evenly, or `null` for a text of one column. */
export function sniffDelimiter(text: string): Delimiter | null {
  let best: Delimiter | null = null;
  let bestScore = 0;
  for (const delimiter of CANDIDATES) {
    const score = text.includes(delimiter) ? evenness(text, delimiter) : 0;
    if (score > bestScore + 0.005) {
      best = delimiter;
      bestScore = score;
    }
  }
  return best;
}

/** Share of the rows that have the most frequent number of cells, with a little for more cells; 0 where few are divided. */
function evenness(text: string, delimiter: Delimiter): number {
  const { data } = new Papa.Parser({ delimiter, newline: '\n', preview: LOOKED_AT }).parse(
    text,
    0,
    false,
  ) as {
    data: string[][];
  };
  const rows = data.filter((row) => row.some((cell) => cell.trim() !== ''));
  const divided = rows.filter((row) => row.length > 1);
  if (divided.length < rows.length * LEAST_SHARE && (rows[0]?.length ?? 0) < 2) return 0;
  if (divided.length < rows.length * (LEAST_SHARE / 2)) return 0;
  const often = new Map<number, number>();
  for (const row of divided) often.set(row.length, (often.get(row.length) ?? 0) + 1);
  const [width, times] = [...often].reduce((most, one) => (one[1] > most[1] ? one : most), [0, 0]);
  return times / rows.length + Math.min(width, 20) / 1_000;
}
