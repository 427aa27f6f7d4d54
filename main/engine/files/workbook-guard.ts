import { zipSync, type Zippable } from 'fflate';
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

/** A workbook that is safe to read: its needed parts unpacked, checked and put together again without compression. */
export type SafeWorkbook = { readonly format: FileFormat; readonly bytes: Uint8Array };

const damaged = (detail: string): Result<never, AppError> => err(appError('FILE_DAMAGED', { detail }));
const tooLarge = (detail: string): Result<never, AppError> =>
  err(appError('FILE_TOO_LARGE', { limit: UNPACKED_LIMIT_MB, detail }));

/**
 * Checks a packed workbook before anything reads it: its kind, the sizes it declares, that no part is larger than declared, that
 * no XML brings a document type (entities, XML 1.0 §4) and none is cut off.
 */
export function safeWorkbook(zip: Buffer): Result<SafeWorkbook, AppError> {
  const entries = zipEntries(zip);
  if (!entries) return damaged('no directory');
  if (entries.length > MOST_ENTRIES) return tooLarge('too many parts');
  const format = formatOf(entries);
  if (!format) return damaged('no workbook inside');
  if (entries.some((one) => one.encrypted)) return damaged('password');
  const total = entries.reduce((sum, one) => sum + one.size, 0);
  if (total > UNPACKED_LIMIT_MB * MEGABYTE) return tooLarge('unpacked');
  if (entries.some((one) => one.size > BOMB_SIZE && one.size > one.packed * BOMB_RATIO))
    return tooLarge('packed too well');
  const parts: Zippable = {};
  for (const entry of entries) {
    if (NOT_NEEDED.test(entry.name)) continue;
    const part = unpackEntry(zip, entry);
    if (!part) return damaged(`part ${entry.name}`);
    const fault = faultOf(entry.name, part);
    if (fault) return damaged(fault);
    if (entry.name === 'content.xml' && repeatedCells(part) > MOST_REPEATED) return tooLarge('repeated rows');
    parts[entry.name] = [part, { level: 0 }];
  }
  return ok({ format, bytes: zipSync(parts) });
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
