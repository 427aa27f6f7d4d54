import { type AppError, appError } from '#shared/errors.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { GatewayReport, InboundMessage, LookupAnswer, Reading } from '../gateway.ts';
import { entriesOf, readDocument } from './read-document.ts';
import { type Fields, objectOf } from './read-fields.ts';
import { readRestInbound } from './read-inbox.ts';
import { readKeyReport } from './read-key.ts';
import {
  isDeliveryReport,
  isLegacyInbox,
  isLegacyLookup,
  readDeliveryReport,
  readLegacyInbox,
  readLegacyLookups,
  readLegacyReport,
} from './read-legacy.ts';
import { readRestLookup } from './read-lookups.ts';
import { readRestReport } from './read-reports.ts';
import { readSmppInbound, readSmppLookup, readSmppReport } from './read-smpp.ts';

/** Reads entries of a list, each a `null` when it cannot be told what it is about. */
type EntryReader = {
  readonly report?: (entry: Fields) => GatewayReport | null;
  readonly inbound?: (entry: Fields) => InboundMessage | null;
  readonly lookup?: (entry: Fields) => LookupAnswer | null;
};

/** Reads whole bodies of a form of their own; what it does not have is read as REST. */
type BodyReader = { readonly recognises: (body: string) => boolean } & Partial<Reading>;

/** Bodies that are no list of REST entries, by how they begin. One more protocol: one more line. */
const BODIES: readonly BodyReader[] = [
  { recognises: isDeliveryReport, reports: readDeliveryReport },
  { recognises: isLegacyInbox, inbox: readLegacyInbox },
  { recognises: isLegacyLookup, lookups: readLegacyLookups },
];

/**
 * Entries inside `results` that are not REST's own carry one key that says whose they are, such as `{"smpp":{…}}`, and their
 * readers leave them in `raw` whole. One more protocol: one more line.
 */
const MARKED: Readonly<Record<string, EntryReader>> = {
  legacy: { report: readLegacyReport },
  key: { report: readKeyReport },
  smpp: { report: readSmppReport, inbound: readSmppInbound, lookup: readSmppLookup },
};

const REST: EntryReader = {
  report: readRestReport,
  inbound: readRestInbound,
  lookup: readRestLookup,
};

/** See {@link Reading}. Nothing here throws; a body that is nothing known fails with `GATEWAY_UNREADABLE`. */
export const reading: Reading = {
  reports(body) {
    const own = readerOf(body)?.reports;
    if (own) return own(body);
    const read = readEntries(body, ['results'], (reader) => reader.report);
    return read.ok ? ok({ reports: read.value.entries, skipped: read.value.skipped }) : read;
  },
  inbox(body) {
    const own = readerOf(body)?.inbox;
    if (own) return own(body);
    const read = readEntries(body, ['results'], (reader) => reader.inbound);
    return read.ok ? ok({ messages: read.value.entries, skipped: read.value.skipped }) : read;
  },
  lookups(body) {
    const own = readerOf(body)?.lookups;
    if (own) return own(body);
    const read = readEntries(body, ['results', 'ncResults'], (reader) => reader.lookup);
    return read.ok ? ok({ answers: read.value.entries, skipped: read.value.skipped }) : read;
  },
};

function readerOf(body: string): BodyReader | undefined {
  return BODIES.find((one) => one.recognises(body));
}

type Entries<T> = { readonly entries: readonly T[]; readonly skipped: number };

function readEntries<T>(
  body: string,
  names: readonly string[],
  pick: (reader: EntryReader) => ((entry: Fields) => T | null) | undefined,
): Result<Entries<T>, AppError> {
  const document = readDocument(body);
  if (!document.ok) return err(appError('GATEWAY_UNREADABLE', { detail: document.error }));
  const list = entriesOf(document.value, names);
  if (list === null) return err(appError('GATEWAY_UNREADABLE', { detail: 'no list of results' }));
  const entries: T[] = [];
  for (const one of list) {
    const fields = objectOf(one);
    const entry = fields === null ? null : (pick(readerFor(fields))?.(fields) ?? null);
    if (entry !== null) entries.push(entry);
  }
  return ok({ entries, skipped: list.length - entries.length });
}

function readerFor(entry: Fields): EntryReader {
  const [marker, ...others] = Object.keys(entry);
  if (marker === undefined || others.length > 0 || !Object.hasOwn(MARKED, marker)) return REST;
  return MARKED[marker] ?? REST;
}
