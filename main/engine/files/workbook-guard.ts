import { appError, type AppError } from '#shared/errors.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { UNPACKED_LIMIT_MB } from './limits.ts';
import type { FileFormat } from './types.ts';
import { unpackEntry, zipEntries, type ZipEntry } from './zip-entries.ts';

const MEGABYTE = 1_048_576;
const MOST_ENTRIES = 10_000;
/** So much of one kind of byte is packed nowhere but in a bomb. */
const BOMB_RATIO = 500;
const BOMB_SIZE = 10 * MEGABYTE;
/** Most cells that repeated rows of an ODS may stand for. */
const MOST_REPEATED = 5_000_000;

/** Parts that say nothing about cells; they are not even unpacked. */
const NOT_NEEDED =
  /(?:^|\/)(?:media|drawings|embeddings|printerSettings|externalLinks|theme|pivot\w*|charts?\w*|customXml|docProps|ctrlProps|activeX|tables|threadedComments|persons|Thumbnails|Pictures|Configurations2|Object [^/]*)\/|comments\d*\.xml$|vmlDrawing|calcChain|\.(?:png|jpe?g|gif|emf|wmf|zip|xlsx|docx|rdf)$|\/$/i;

/** One checked part of a workbook. It is unpacked anew each time that it is asked for, so that nothing else of the file is in memory. */
export type WorkbookPart = { readonly name: string; readonly asNodeBuffer: () => Buffer };

/** A workbook that is safe to read: its needed parts by their names. */
export type SafeWorkbook = {
  readonly format: FileFormat;
  readonly files: Readonly<Record<string, WorkbookPart>>;
};

const damaged = (detail: string): Result<never, AppError> => err(appError('FILE_DAMAGED', { detail }));
const tooLarge = (detail: string): Result<never, AppError> => err(appError('FILE_TOO_LARGE', { detail }));

/**
 * Checks a packed workbook before anything reads it: its kind, the sizes it declares, that no part is larger than declared, that
 * no XML brings a document type (entities, XML 1.0 §4) and none is cut off. Pictures and the like count for nothing.
 *
 * @returns `FILE_DAMAGED` or `FILE_TOO_LARGE`; with the detail `unpacked`, limit and actual are megabytes unpacked
 */
export function safeWorkbook(zip: Buffer): Result<SafeWorkbook, AppError> {
  const entries = zipEntries(zip);
  if (!entries) return damaged('no directory');
  if (entries.length > MOST_ENTRIES) return tooLarge('too many parts');
  const format = formatOf(entries);
  if (!format) return damaged('no workbook inside');
  if (entries.some((one) => one.encrypted)) return damaged('password');
  const needed = entries.filter((one) => !NOT_NEEDED.test(one.name));
  const total = needed.reduce((sum, one) => sum + one.size, 0) / MEGABYTE;
  if (total > UNPACKED_LIMIT_MB) {
    const facts = { limit: UNPACKED_LIMIT_MB, actual: Math.ceil(total), detail: 'unpacked' };
    return err(appError('FILE_TOO_LARGE', facts));
  }
  if (needed.some((one) => one.size > BOMB_SIZE && one.size > one.packed * BOMB_RATIO))
    return tooLarge('packed too well');
  const files: Record<string, WorkbookPart> = {};
  for (const entry of needed) {
    const part = unpackEntry(zip, entry);
    if (!part) return damaged(`part ${entry.name}`);
    const fault = faultOf(entry.name, part);
    if (fault) return damaged(fault);
    if (entry.name === 'content.xml' && repeatedCells(part) > MOST_REPEATED) return tooLarge('repeated rows');
    const asNodeBuffer = () => unpackEntry(zip, entry) ?? Buffer.alloc(0);
    files[entry.name] = { name: entry.name, asNodeBuffer };
  }
  return ok({ format, files });
}

function formatOf(entries: readonly ZipEntry[]): FileFormat | null {
  const has = (name: RegExp): boolean => entries.some((one) => name.test(one.name));
  if (has(/^content\.xml$/) && has(/^META-INF\/manifest\.xml$/)) return 'ods';
  return has(/^\[Content_Types\]\.xml$/) && has(/(?:^|\/)workbook\d*\.(?:xml|bin)$/) ? 'xlsx' : null;
}

function faultOf(name: string, part: Buffer): string | null {
  if (!/\.(?:xml|rels)$/i.test(name) || part.length === 0) return null;
  if (part.includes('<!DOCTYPE') || part.includes('<!ENTITY')) return `document type in ${name}`;
  if (name.endsWith('manifest.xml') && part.includes('encryption-data')) return 'password';
  const root = /<([A-Za-z_][\w:.-]*)/.exec(part.toString('latin1', 0, 4_096))?.[1];
  const end = part.toString('latin1', Math.max(0, part.length - 200)).trimEnd();
  const whole = root !== undefined && (end.endsWith('/>') || new RegExp(`</${root}\\s*>$`).test(end));
  return whole ? null : `${name} is cut off`;
}

/** Cells with content that rows of an ODS stand for by being repeated. */
function repeatedCells(content: Buffer): number {
  let cells = 0;
  const text = content.toString('latin1');
  for (const [, times, row = ''] of text.matchAll(
    /<table:table-row[^>]*number-rows-repeated="(\d+)"[^>]*>(.*?)<\/table:table-row>/gs,
  )) {
    if (row.includes('office:')) cells += Number(times) * (row.match(/<table:table-cell/g)?.length ?? 1);
  }
  for (const [, times] of text.matchAll(/number-columns-repeated="(\d+)"[^>]*office:/g))
    cells += Number(times);
  return cells;
}
