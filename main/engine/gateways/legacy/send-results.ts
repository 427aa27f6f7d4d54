import { linesOf } from './lines.ts';
import { readDocument } from '../reading/read-document.ts';
import { idOf, integerOf, listOf, objectOf } from '../reading/read-fields.ts';
import type { SendEndpoint } from './requests.ts';

/** What an answer says of one message: its code, and id and number where it names them. */
export type SendResult = {
  /** NaN when there is none or it is no number: then no table knows it. */
  readonly code: number;
  readonly messageId: string | null;
  readonly destination: string | null;
};

/** The answer to a send request: a result for each message, or the count of the first XML call. */
export type SendBody =
  | { readonly kind: 'results'; readonly results: readonly SendResult[] }
  | { readonly kind: 'count'; readonly status: number };

/** Most results that are read; a request has at most a few hundred numbers. */
const MAX_RESULTS = 10_000;
/** Fewest digits of a number above zero that is an id and not just a sign of success. */
const MIN_ID_DIGITS = 6;

/**
 * Reads the answer to a send request by its first character: XML with `results` or `RESPONSE`, JSON with `results`, or a
 * number for each recipient on its own line; values may be strings or numbers. `null` for anything else.
 */
export function readSendBody(body: string, endpoint: SendEndpoint): SendBody | null {
  const text = body.trim();
  if (/^-?\d/.test(text)) return linesBody(text, endpoint);
  const document = readDocument(text);
  if (!document.ok) return null;
  const { root, value } = document.value;
  const fields = objectOf(value);
  if (root?.toLowerCase() === 'response') {
    const status = integerOf(fields?.['status']);
    return status === null ? null : { kind: 'count', status };
  }
  const entries = root === null ? jsonEntries(value) : listOf(fields?.['result']);
  if (entries === null || entries.length === 0 || entries.length > MAX_RESULTS) return null;
  return { kind: 'results', results: entries.map(resultOf) };
}

function jsonEntries(value: unknown): readonly unknown[] | null {
  if (Array.isArray(value)) return value;
  const fields = objectOf(value);
  return listOf(fields?.['results']) ?? listOf(fields?.['result']);
}

function resultOf(entry: unknown): SendResult {
  const fields = objectOf(entry) ?? {};
  return {
    code: integerOf(fields['status']) ?? Number.NaN,
    messageId: idOf(fields['messageid']) ?? idOf(fields['messageId']),
    destination: idOf(fields['destination']),
  };
}

function linesBody(text: string, endpoint: SendEndpoint): SendBody | null {
  const lines = linesOf(text).slice(0, MAX_RESULTS);
  if (!lines.every((line) => /^[+-]?\d{1,30}$/.test(line))) return null;
  const [only] = lines;
  if (endpoint === 'xml-v1' && only !== undefined && lines.length === 1) {
    const status = integerOf(only);
    return status === null ? null : { kind: 'count', status };
  }
  return { kind: 'results', results: lines.map((line) => lineResult(line, endpoint)) };
}

/** Above zero is the message's id; zero is success in v3 only (facts of the platform, "Replies"). */
function lineResult(line: string, endpoint: SendEndpoint): SendResult {
  const digits = line.replace(/^[+-]?0*/, '');
  if (line.startsWith('-') || digits === '') {
    const code = line.startsWith('-') ? Number(line) : endpoint === 'plain-v1' ? Number.NaN : 0;
    return { code, messageId: null, destination: null };
  }
  return { code: 0, messageId: digits.length >= MIN_ID_DIGITS ? line : null, destination: null };
}
