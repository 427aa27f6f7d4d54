import { XMLBuilder } from 'fast-xml-parser';
import { type AppError, appError } from '#shared/errors.ts';
import { err, ok, type Result } from '#shared/result.ts';

/** The two formats of the REST API (API document, "Content-Type & Accept header"). */
export type RestFormat = 'json' | 'xml';

/** A request as plain values; a member that is `undefined` is left out. */
export type Payload = { readonly [name: string]: PayloadValue };
export type PayloadValue = string | number | boolean | undefined | Payload | readonly (string | Payload)[];

/** Media type of a format, for `Content-Type` and `Accept`. */
export const MEDIA_TYPES: Readonly<Record<RestFormat, string>> = {
  json: 'application/json',
  xml: 'application/xml',
};

const builder = new XMLBuilder({ suppressEmptyNode: false });

/** What XML 1.0 cannot hold even as a reference (§2.2): control characters, two non-characters, halves of surrogate pairs. */
const NOT_XML = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

/**
 * Writes a request. In XML it stands in `<request>`, and a list is one element for each of its values. Error: `INVALID_INPUT`
 * with the name of the field whose text XML cannot carry, since leaving characters out would change a message unseen.
 */
export function writeBody(format: RestFormat, payload: Payload): Result<string, AppError> {
  if (format === 'json') return ok(JSON.stringify(payload));
  const field = unwritable('request', payload);
  if (field !== null)
    return err(appError('INVALID_INPUT', { field, detail: 'a character that XML cannot carry' }));
  const body: unknown = builder.build({ request: withoutUndefined(payload) });
  if (typeof body !== 'string') return err(appError('UNEXPECTED'));
  // A reader of XML turns a bare carriage return into a line feed; written as a reference it arrives.
  return ok(`<?xml version="1.0" encoding="UTF-8"?>${body.replaceAll('\r', '&#13;')}`);
}

function unwritable(name: string, value: PayloadValue): string | null {
  if (typeof value === 'string') return NOT_XML.test(value) ? name : null;
  if (typeof value !== 'object') return null;
  for (const [key, member] of Object.entries(value)) {
    const field = unwritable(Array.isArray(value) ? name : key, member);
    if (field !== null) return field;
  }
  return null;
}

function withoutUndefined(value: PayloadValue): unknown {
  if (typeof value !== 'object') return value;
  if (isList(value)) return value.map(withoutUndefined);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([name, member]) => [name, withoutUndefined(member)]),
  );
}

function isList(value: Payload | readonly (string | Payload)[]): value is readonly (string | Payload)[] {
  return Array.isArray(value);
}
