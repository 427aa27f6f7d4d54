import { readDate } from './dates.ts';
import { formatOfType, type Format } from './formats.ts';
import { badRequest, RefusedRequest, REFUSALS } from './refusals.ts';
import { readXml, UnreadableXml } from './xml-read.ts';

/** The object of a request body, or one inside it. In XML every value came as text. */
export type Body = { readonly value: object; readonly format: Format };

/**
 * Reads the body of a request in the format that its `Content-Type` names: a JSON object, or XML under `<request>`.
 * Throws {@link RefusedRequest}: General error without `Content-Type` (the document's word), 415 for another type,
 * 400 BAD_REQUEST for what cannot be read.
 */
export function readBody(contentType: string | undefined, body: unknown): Body {
  if (contentType === undefined || contentType.trim() === '') throw new RefusedRequest(REFUSALS.general);
  const format = formatOfType(contentType);
  if (format === null) throw new RefusedRequest(REFUSALS.unsupportedType);
  const value = parse(body, format);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new RefusedRequest(badRequest());
  }
  return { value, format };
}

function parse(body: unknown, format: Format): unknown {
  if (!(body instanceof Uint8Array)) throw new RefusedRequest(badRequest());
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body);
    return format === 'json' ? JSON.parse(text) : readXml(text, 'request');
  } catch (error) {
    // Bad UTF-8 (TypeError), bad JSON (SyntaxError) and bad XML are the sender's fault.
    const theirs =
      error instanceof SyntaxError || error instanceof TypeError || error instanceof UnreadableXml;
    if (theirs) throw new RefusedRequest(badRequest());
    throw error;
  }
}

function own({ value }: Body, name: string): unknown {
  return Object.getOwnPropertyDescriptor(value, name)?.value;
}

/** Refuses a request because of one field: 400 `[field : reason]`. */
export function refuseField(name: string, reason: string): never {
  throw new RefusedRequest(badRequest(name, reason));
}

/** A text that must be there and not empty. */
export function needText(body: Body, name: string): string {
  const given = own(body, name);
  if (typeof given !== 'string') refuseField(name, 'must be a string');
  if (given === '') refuseField(name, 'must not be empty');
  return given;
}

/** A text, or `null` when it is absent, `null` or empty. */
export function mayText(body: Body, name: string): string | null {
  const given = own(body, name);
  if (given === undefined || given === null || given === '') return null;
  if (typeof given !== 'string') refuseField(name, 'must be a string');
  return given;
}

/** One of some words, or `null` when absent or empty. */
export function mayWord<Word extends string>(body: Body, name: string, words: readonly Word[]): Word | null {
  const given = mayText(body, name);
  if (given === null) return null;
  return words.find((word) => word === given) ?? refuseField(name, `must be one of ${words.join(', ')}`);
}

/** A date as ms since 1970, or `null` when absent or empty. */
export function mayDate(body: Body, name: string): number | null {
  const given = mayText(body, name);
  return given === null ? null : (readDate(given) ?? refuseField(name, "must be yyyy-MM-dd'T'HH:mm:ss.SSSZ"));
}

/** A truth value; `false` when absent or empty. */
export function mayFlag(body: Body, name: string): boolean {
  const given = own(body, name);
  if (given === undefined || given === null || given === false) return false;
  if (given === true) return true;
  if (body.format === 'xml' && typeof given === 'string') {
    if (given === '' || given === 'false') return false;
    if (given === 'true') return true;
  }
  return refuseField(name, 'must be true or false');
}

/** A whole number from 0 to 10^12, or `null` when absent or empty. */
export function mayNumber(body: Body, name: string): number | null {
  const given = own(body, name);
  if (given === undefined || given === null || (body.format === 'xml' && given === '')) return null;
  const number = body.format === 'xml' && /^\d{1,12}$/.test(String(given)) ? Number(given) : given;
  if (typeof number !== 'number' || !Number.isInteger(number) || number < 0 || number > 1e12) {
    return refuseField(name, 'must be a whole number');
  }
  return number;
}

/** A string or a list of strings, at least one. */
export function needTexts(body: Body, name: string): readonly string[] {
  const given = own(body, name);
  const list: unknown = typeof given === 'string' ? [given] : given;
  if (!Array.isArray(list) || !list.every((item): item is string => typeof item === 'string')) {
    return refuseField(name, 'must be a string or a list of strings');
  }
  return list.length === 0 ? refuseField(name, 'must not be empty') : list;
}

/** An object, or `null` when it is absent or an empty element. */
export function mayObject(body: Body, name: string): Body | null {
  const given = own(body, name);
  if (given === undefined || given === null || (body.format === 'xml' && given === '')) return null;
  return isObject(given) ? { ...body, value: given } : refuseField(name, 'must be an object');
}

/** A list of objects, at least one. In XML a list of one cannot be told from an object. */
export function needObjects(body: Body, name: string): readonly Body[] {
  const given = own(body, name);
  const list: unknown = body.format === 'xml' && isObject(given) ? [given] : given;
  if (!Array.isArray(list) || !list.every(isObject)) return refuseField(name, 'must be a list of objects');
  return list.length === 0
    ? refuseField(name, 'must not be empty')
    : list.map((value) => ({ ...body, value }));
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
