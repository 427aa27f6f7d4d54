import { open } from 'node:fs/promises';
import { appError, type AppError } from '#shared/errors.ts';
import type { TextEncoding } from '#shared/ipc/imports.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { pieceDecoder, sniffEncoding } from './encoding.ts';
import { isWorkbook, kindOf } from './file-kind.ts';
import { TEXT_LIMIT_MB, VCARD_LIMIT_MB, WORKBOOK_LIMIT_MB } from './limits.ts';
import { piecesOfFile, piecesOfText } from './text-pieces.ts';
import { divisionOf, rowsOfText, type Division, type Rows } from './text-rows.ts';
import {
  HEAD_ROWS,
  type FileFormat,
  type FileRow,
  type Head,
  type OnBatch,
  type ReadHow,
  type ReadInput,
  type ReadOutcome,
} from './types.ts';
import { rowsOfCards } from './vcard.ts';
import { readSheet } from './workbook.ts';

const MEGABYTE = 1_048_576;
const BATCH = 1_000;
const START_BYTES = 65_536;

/** A file whose kind is known and whose rows can be asked for. */
type Opened = Omit<Head, 'rows' | 'firstRow' | 'delimiter'> & {
  readonly rows: AsyncIterable<Rows> | Iterable<Rows>;
  /** Known once the first rows are there. */
  readonly delimiter: () => string | null;
};

/**
 * Reads the beginning of a file or of pasted text: what it is, how it is read, its first rows. The content decides, not the name.
 *
 * @returns `FILE_NOT_READ`, `FILE_TOO_LARGE` (limit in MB), `FILE_DAMAGED` or `FILE_EMPTY`
 */
export async function readHead(input: ReadInput, how: ReadHow): Promise<Result<Head, AppError>> {
  return guardedRead(async () => {
    const opened = await openInput(input, how, true);
    if (!opened.ok) return opened;
    const { rows: source, delimiter, ...facts } = opened.value;
    const rows: FileRow[] = [];
    for await (const piece of source) {
      for (const row of piece.rows) rows.push(row);
      if (rows.length >= HEAD_ROWS) break;
    }
    const first = rows[0];
    if (!first || (facts.format === 'vcard' && rows.length === 1)) return err(appError('FILE_EMPTY'));
    return ok({
      ...facts,
      delimiter: delimiter(),
      rows: rows.slice(0, HEAD_ROWS).map((one) => one.cells),
      firstRow: first.row,
    });
  });
}

/**
 * Reads all rows, about a thousand at a time; text is streamed, and the next batch waits for `onBatch`. Empty rows are left out but
 * counted in the numbers of the others.
 *
 * @throws the reason of `signal` once it is aborted, and whatever `onBatch` throws
 * @returns as {@link readHead}
 */
export async function readRows(
  input: ReadInput,
  how: ReadHow,
  onBatch: OnBatch,
  signal?: AbortSignal,
): Promise<ReadOutcome> {
  return guardedRead(async () => {
    signal?.throwIfAborted();
    const opened = await openInput(input, how, false);
    if (!opened.ok) return opened;
    let rows = 0;
    let batch: FileRow[] = [];
    let fraction = 0;
    const give = async (): Promise<void> => {
      signal?.throwIfAborted();
      rows += batch.length;
      const full = batch;
      batch = [];
      await onBatch({ rows: full, fraction });
    };
    for await (const piece of opened.value.rows) {
      const start = fraction;
      let at = 0;
      for (const row of piece.rows) {
        at++;
        if (batch.push(row) < BATCH) continue;
        fraction = start + ((piece.fraction - start) * at) / piece.rows.length;
        await give();
      }
      fraction = piece.fraction;
      signal?.throwIfAborted();
    }
    if (batch.length > 0) await give();
    return ok({ rows });
  });
}

/** Faults of the file system become an answer; everything else is thrown on. */
async function guardedRead<T>(work: () => Promise<Result<T, AppError>>): Promise<Result<T, AppError>> {
  try {
    return await work();
  } catch (fault) {
    if (fault instanceof Error && 'syscall' in fault && 'code' in fault)
      return err(appError('FILE_NOT_READ', { detail: String(fault.code) }));
    throw fault;
  }
}

async function openInput(
  input: ReadInput,
  how: ReadHow,
  headOnly: boolean,
): Promise<Result<Opened, AppError>> {
  if (input.kind === 'text') {
    const bytes = Buffer.byteLength(input.text);
    const format = kindOf(Buffer.alloc(0), input.text.slice(0, START_BYTES)) === 'vcard' ? 'vcard' : 'text';
    return ok(openedText(format, null, bytes, how, () => piecesOfText(input.text)));
  }
  const file = await open(input.path, 'r');
  let start: Buffer;
  let bytes: number;
  let encoding: TextEncoding;
  try {
    const facts = await file.stat();
    if (!facts.isFile()) return err(appError('FILE_NOT_READ', { detail: 'not a file' }));
    bytes = facts.size;
    if (bytes === 0) return err(appError('FILE_EMPTY'));
    const { buffer, bytesRead } = await file.read(Buffer.alloc(START_BYTES), 0, START_BYTES, 0);
    start = buffer.subarray(0, bytesRead);
    const packed = isWorkbook(start);
    const limit = packed ? WORKBOOK_LIMIT_MB : TEXT_LIMIT_MB;
    if (bytes > limit * MEGABYTE) return tooLarge(limit, bytes);
    if (packed) return openedSheet(await file.readFile(), how, headOnly);
    encoding = how.encoding ?? (await sniffEncoding(file));
  } finally {
    await file.close();
  }
  const kind = kindOf(start, pieceDecoder(encoding).decode(start));
  if (kind === 'foreign') return err(appError('FILE_DAMAGED', { detail: 'kind' }));
  if (kind === 'vcard' && bytes > VCARD_LIMIT_MB * MEGABYTE) return tooLarge(VCARD_LIMIT_MB, bytes);
  return ok(openedText(kind, encoding, bytes, how, () => piecesOfFile(input.path, encoding)));
}

const tooLarge = (limit: number, bytes: number): Result<never, AppError> =>
  err(appError('FILE_TOO_LARGE', { limit, actual: Math.ceil(bytes / MEGABYTE) }));

function openedSheet(bytes: Buffer, how: ReadHow, headOnly: boolean): Result<Opened, AppError> {
  const read = readSheet(bytes, how.sheet, headOnly);
  if (!read.ok) return read;
  const { format, sheets, sheet, rows } = read.value;
  return ok({
    format,
    encoding: null,
    delimiter: () => null,
    sheet,
    sheets,
    bytes: bytes.length,
    rows: [{ rows, fraction: 1 }],
  });
}

function openedText(
  format: FileFormat,
  encoding: TextEncoding | null,
  bytes: number,
  how: ReadHow,
  pieces: () => ReturnType<typeof piecesOfFile> | ReturnType<typeof piecesOfText>,
): Opened {
  let division: Division | null = null;
  const rows =
    format === 'vcard'
      ? rowsOfCards(pieces())
      : rowsOfText(pieces(), (first) => (division = divisionOf(first, how.delimiter)));
  return {
    format,
    encoding,
    bytes,
    sheet: null,
    sheets: [],
    rows,
    delimiter: () => division?.delimiter ?? null,
  };
}
