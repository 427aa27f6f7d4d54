import { appError, type AppError } from '#shared/errors.ts';

/** A message that may go on to the call library, in its own wire form. */
export type RequestMessage =
  | { readonly i: string; readonly p: { readonly u: string; readonly b: unknown } }
  | { readonly i: string; readonly t: typeof ABORT };

/** What became of a raw message. `id` is the call to answer, where it could be told. */
export type ReadMessage =
  | { readonly kind: 'message'; readonly message: RequestMessage }
  | { readonly kind: 'refused'; readonly id: string; readonly error: AppError }
  | { readonly kind: 'unreadable'; readonly why: 'not-text' | 'too-large' | 'not-json' | 'no-id' };

const REQUEST = 1;
const ABORT = 4;
const MAX_ID = 40;
const MAX_PATH = 200;
/** The call library writes the id first, so it can be read from a message that is too large to be parsed. */
const LEADING_ID = /^\{"i":"([0-9A-Za-z_-]{1,40})"/;

/**
 * Judges a raw message of the other side before anything else looks at it: at most `maxBytes` of UTF-8, JSON text, a call or
 * the withdrawal of one. Only what a call needs is passed on; headers, methods and streams towards us have no use here.
 */
export function readMessage(raw: unknown, maxBytes: number): ReadMessage {
  if (typeof raw !== 'string') {
    const id = isRecord(raw) ? raw['i'] : null;
    return isId(id) ? refused(id, 'not-text') : { kind: 'unreadable', why: 'not-text' };
  }
  const bytes = byteLengthOver(raw, maxBytes);
  if (bytes !== null) {
    const id = LEADING_ID.exec(raw.slice(0, 64))?.[1];
    const error = appError('PAYLOAD_TOO_LARGE', { limit: maxBytes, actual: bytes });
    return id === undefined ? { kind: 'unreadable', why: 'too-large' } : { kind: 'refused', id, error };
  }
  const parsed = parse(raw);
  if (parsed === undefined) return { kind: 'unreadable', why: 'not-json' };
  if (!isRecord(parsed) || !isId(parsed['i'])) return { kind: 'unreadable', why: 'no-id' };
  return readEnvelope(parsed['i'], parsed);
}

function readEnvelope(id: string, envelope: Record<string, unknown>): ReadMessage {
  const type = envelope['t'] ?? REQUEST;
  if (type === ABORT) return { kind: 'message', message: { i: id, t: ABORT } };
  const payload = envelope['p'];
  if (type !== REQUEST || !isRecord(payload)) return refused(id, 'not a call');
  const { u: path, b: body, m: method } = payload;
  if (method !== undefined && method !== 'POST') return refused(id, 'not a call');
  if (typeof path !== 'string' || !path.startsWith('/') || path.length > MAX_PATH) {
    return refused(id, 'not the name of a call');
  }
  // A call without input carries no body; everything else is wrapped by the library in an object.
  if (body !== undefined && !isRecord(body)) return refused(id, 'undecodable');
  return { kind: 'message', message: { i: id, p: { u: path, b: body ?? {} } } };
}

function refused(id: string, detail: string): ReadMessage {
  return { kind: 'refused', id, error: appError('INVALID_INPUT', { detail }) };
}

/** The size in bytes when it is over the limit. Counted only when the number of units leaves it open. */
function byteLengthOver(text: string, limit: number): number | null {
  if (text.length * 3 <= limit) return null;
  const bytes = text.length > limit ? text.length : Buffer.byteLength(text);
  return bytes > limit ? bytes : null;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= MAX_ID;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
