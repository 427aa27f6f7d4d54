import type { AppError } from '#shared/errors.ts';
import { ok, type Result } from '#shared/result.ts';
import { replaceFile } from './replace-file.ts';
import { guarded, numberCell } from './spreadsheet-cell.ts';
import { eachRow, type TableToWrite } from './write-table.ts';

const NEEDS_QUOTES = /[",;|\t\n]|^\s|\s$/;

/**
 * Writes a table as CSV (RFC 4180): UTF-8 with byte order mark, CRLF, numbers that a spreadsheet keeps ({@link numberCell}), no cell
 * that it would run ({@link guarded}). Our own reader gives the same cells back.
 *
 * @throws the reason of `signal` once it is aborted
 */
export async function writeCsv(table: TableToWrite): Promise<Result<{ rows: number }, AppError>> {
  let rows = 0;
  const line = (cells: readonly string[]): string =>
    `${cells.map((cell, at) => quoted(table.numberColumns.has(at) ? numberCell(cell) : guarded(cell))).join(',')}\r\n`;
  const written = await replaceFile(table.path, async (write) => {
    await write(`\ufeff${table.header.map((cell) => quoted(guarded(cell))).join(',')}\r\n`);
    rows = await eachRow(table, line, write);
  });
  return written.ok ? ok({ rows }) : written;
}

function quoted(cell: string): string {
  const text = cell.includes('\r') ? cell.replace(/\r\n?/g, '\n') : cell;
  return NEEDS_QUOTES.test(text) || text.includes('"') ? `"${text.replaceAll('"', '""')}"` : text;
}
