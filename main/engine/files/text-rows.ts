import type { FileRow } from './types.ts';
import { delimiterLine, sniffDelimiter, type Delimiter } from './delimiter.ts';
import { recordReader } from './records.ts';
import { unguarded } from './spreadsheet-cell.ts';
import type { TextPiece } from './text-pieces.ts';

/** Rows of a piece of a file, empty ones left out, and how much of the whole has been read (0 to 1). */
export type Rows = { readonly rows: FileRow[]; readonly fraction: number };

/** How a text is divided, and how many UTF-16 units of it say so rather than being rows. */
export type Division = { readonly delimiter: Delimiter | null; readonly skipped: number };

/** Finds out how a text is divided by its first piece; a chosen separator wins. */
export function divisionOf(firstPiece: string, chosen: Delimiter | undefined): Division {
  const line = delimiterLine(firstPiece);
  return {
    delimiter: chosen ?? line?.delimiter ?? sniffDelimiter(firstPiece),
    skipped: line?.length ?? 0,
  };
}

/** Rows of a delimited text. Cells lose the guard of {@link unguarded}; trailing empty cells and empty rows are left out. */
export async function* rowsOfText(
  pieces: AsyncIterable<TextPiece> | Iterable<TextPiece>,
  division: (firstPiece: string) => Division,
): AsyncGenerator<Rows> {
  let reader: ReturnType<typeof recordReader> | null = null;
  let row = 0;
  /** Whether there was an apostrophe anywhere: a guard begins with one. */
  let guards = false;
  const numbered = (records: string[][]): FileRow[] => {
    const rows: FileRow[] = [];
    for (const record of records) {
      row++;
      const cells = withoutTail(record, guards);
      if (cells.length > 0) rows.push({ row, cells });
    }
    return rows;
  };
  for await (const { text, fraction } of pieces) {
    guards ||= text.includes("'");
    if (!reader) {
      const { delimiter, skipped } = division(text);
      reader = recordReader(delimiter);
      yield { rows: numbered(reader.add(text.slice(skipped))), fraction };
    } else yield { rows: numbered(reader.add(text)), fraction };
  }
  if (reader) yield { rows: numbered(reader.end()), fraction: 1 };
}

/** Takes empty cells off the end and, where there are any, guards off the beginnings; nothing is left of a row of blanks. */
function withoutTail(record: string[], guards: boolean): string[] {
  let length = record.length;
  while (length > 0 && isBlank(record[length - 1] ?? '')) length--;
  record.length = length;
  if (guards) for (let at = 0; at < length; at++) record[at] = unguarded(record[at] ?? '');
  return record;
}

const isBlank = (cell: string): boolean => cell === '' || cell.trim() === '';
