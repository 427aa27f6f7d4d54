import { microsFromDecimal, type Money } from '#shared/money.ts';
import type { GatewayError, GatewayStatus } from '../gateway.ts';

/** An object of unknown shape, from JSON or XML. */
export type Fields = Readonly<Record<string, unknown>>;

/** Longest id that is believed; the platform's are 18 to 40 characters. */
const MAX_ID = 200;
/** Longest name, description or action that is kept outside `raw`. */
const MAX_WORDS = 1_000;
/** Longest message text that is kept outside `raw`. */
const MAX_TEXT = 20_000;

/** The value as an object, or `null` when it is anything else. */
export function objectOf(value: unknown): Fields | null {
  return isObject(value) ? value : null;
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The entries of a list; one object alone counts as a list of one. `null` when there is no list. */
export function listOf(value: unknown): readonly unknown[] | null {
  if (Array.isArray(value)) return value;
  return typeof value === 'object' && value !== null ? [value] : null;
}

/** Text, or a number as text; `null` when empty, of another type, or longer than an id or number may be. */
export function idOf(value: unknown): string | null {
  const text = typeof value === 'string' ? value.trim() : Number.isFinite(value) ? String(value) : '';
  return text === '' || text.length > MAX_ID ? null : text;
}

/** A message's text as it came, capped; `null` when there is none. */
export function textOf(value: unknown): string | null {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value.slice(0, MAX_TEXT) : null;
}

/** An integer given as a number or as digits; `null` for anything else. */
export function integerOf(value: unknown): number | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : null;
  if (typeof value !== 'string' || !/^\s*[+-]?\d{1,15}\s*$/.test(value)) return null;
  return Number(value);
}

/** Parts of a message: 1 to 255, as many as the concatenation header can number (3GPP TS 23.040 §9.2.3.24.1); `null` for anything else. */
export function partsOf(value: unknown): number | null {
  const parts = integerOf(value);
  return parts !== null && parts >= 1 && parts <= 255 ? parts : null;
}

/** A decimal amount, as a number or as text, in a currency; `null` when either is missing or not understood. */
export function moneyOf(amount: unknown, currency: unknown): Money | null {
  if (typeof currency !== 'string' || !/^\s*[A-Za-z]{3}\s*$/.test(currency)) return null;
  const decimal =
    typeof amount === 'number' || (typeof amount === 'string' && /^\s*[+-]?\d{1,15}(\.\d+)?\s*$/.test(amount))
      ? amount
      : null;
  const micros = decimal === null ? null : microsFromDecimal(decimal);
  return micros === null ? null : { micros, currency: currency.trim().toUpperCase() };
}

const DATE =
  /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?\s*(?:Z|([+-])(\d\d):?(\d\d))$/i;

/**
 * A time of an answer in ms since the epoch: `2015-02-12T09:51:43.123+0100` (API document, "Getting delivery reports"), also
 * with a colon in the offset, with `Z`, or without milliseconds. `null` without an offset, since it would be a guess.
 */
export function instantOf(value: unknown): number | null {
  const match = typeof value === 'string' ? DATE.exec(value.trim()) : null;
  if (match === null) return null;
  const part = (index: number): number => Number(match[index] ?? 0);
  const [year, month, day, hour, minute, second] = [part(1), part(2), part(3), part(4), part(5), part(6)];
  const ms = Math.trunc(Number(`0.${match[7] ?? '0'}`) * 1_000);
  const offset = (part(9) * 60 + part(10)) * (match[8] === '-' ? -1 : 1);
  const local = Date.UTC(year, month - 1, day, hour, minute, second, ms);
  const rolled = new Date(local);
  const real = year >= 1970 && rolled.getUTCMonth() === month - 1 && rolled.getUTCDate() === day;
  if (!real || hour > 23 || minute > 59 || second > 59 || Math.abs(offset) > 18 * 60) return null;
  return local - offset * 60_000;
}

/** A status object (API document, "Status object example"); every part of it may be missing. */
export function statusOf(value: unknown): GatewayStatus {
  const fields = objectOf(value) ?? {};
  return {
    id: integerOf(fields['id']),
    groupId: integerOf(fields['groupId']),
    groupName: wordsOf(fields['groupName']),
    name: wordsOf(fields['name']),
    description: wordsOf(fields['description']),
    action: wordsOf(fields['action']),
  };
}

/** An error object (API document, "Error object example"); `null` when there is none. */
export function errorOf(value: unknown): GatewayError | null {
  const fields = objectOf(value);
  if (fields === null) return null;
  return {
    id: integerOf(fields['id']),
    groupId: integerOf(fields['groupId']),
    groupName: wordsOf(fields['groupName']),
    name: wordsOf(fields['name']),
    description: wordsOf(fields['description']),
    permanent: truthOf(fields['permanent']),
  };
}

/** A name or description, capped; `null` for anything but text. */
export function wordsOf(value: unknown): string | null {
  return typeof value === 'string' ? value.slice(0, MAX_WORDS) : null;
}

/** A boolean, or its words or numbers; `null` for anything else. The document writes `permanent` as a boolean in samples and as 0, 1 or NULL in its table ("GSM Error Codes"). */
export function truthOf(value: unknown): boolean | null {
  const word = typeof value === 'string' ? value.trim().toLowerCase() : value;
  if (word === true || word === 1 || word === '1' || word === 'true') return true;
  return word === false || word === 0 || word === '0' || word === 'false' ? false : null;
}
