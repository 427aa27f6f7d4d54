import { readDate } from './dates.ts';
import { badRequest, RefusedRequest } from './refusals.ts';

/** The query of a request: a value, or several when a name was repeated. */
export type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 1_000;

/** One value, or `null` when the name is absent or empty. A repeated name is refused. */
export function readText(query: Query, name: string): string | null {
  const value = query[name];
  if (value === undefined || value === '') return null;
  if (typeof value !== 'string') throw new RefusedRequest(badRequest(name, 'must be given once'));
  return value;
}

/** A `String[]` parameter, as a comma list, as a repeated name, or both; `null` when absent or empty. */
export function readList(query: Query, name: string): ReadonlySet<string> | null {
  const value = query[name];
  if (value === undefined) return null;
  const items = [value].flat().flatMap((item) => item.split(','));
  const wanted = items.map((item) => item.trim()).filter((item) => item !== '');
  return wanted.length === 0 ? null : new Set(wanted);
}

/** `limit`: 50 when absent, never more than 1,000 whatever was asked for. */
export function readLimit(query: Query): number {
  const text = readText(query, 'limit');
  if (text === null) return DEFAULT_LIMIT;
  if (!/^\d{1,9}$/.test(text) || Number(text) === 0) {
    throw new RefusedRequest(badRequest('limit', 'must be a whole number above 0'));
  }
  return Math.min(Number(text), MAX_LIMIT);
}

/** A date parameter as ms since 1970, or `null` when absent. A plus sign that was not percent-encoded is refused. */
export function readTime(query: Query, name: string): number | null {
  const text = readText(query, name);
  if (text === null) return null;
  const time = readDate(text);
  if (time === null) throw new RefusedRequest(badRequest(name, "must be yyyy-MM-dd'T'HH:mm:ss.SSSZ"));
  return time;
}
