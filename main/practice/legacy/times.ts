const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const LONGEST_DELAY_MS = 180 * DAY_MS;
const LONGEST_VALIDITY_MS = 48 * HOUR_MS;

/**
 * Reads `SendDateTime` (API document, "Send Schedule SMS"), a delay such as `1d2h5m3s` of which parts may be left
 * out; gives ms, or `null` when it is none or lies more than 180 days ahead.
 */
export function readDelay(text: string): number | null {
  const match = /^(?=\d)(?:(\d{1,8})d)?(?:(\d{1,8})h)?(?:(\d{1,8})m)?(?:(\d{1,8})s)?$/i.exec(text);
  if (match === null) return null;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0));
  const ms = days * DAY_MS + hours * HOUR_MS + minutes * MINUTE_MS + seconds * SECOND_MS;
  return ms <= LONGEST_DELAY_MS ? ms : null;
}

/** Reads `ValidityPeriod`, hours and minutes such as `01:00`; gives ms, at most 48 hours, or `null` when it is none. */
export function readValidity(text: string): number | null {
  const [, hours, minutes] = /^(\d{1,4}):([0-5]\d)$/.exec(text) ?? [];
  const ms = Number(hours) * HOUR_MS + Number(minutes) * MINUTE_MS;
  return ms > 0 ? Math.min(ms, LONGEST_VALIDITY_MS) : null;
}

/** `padded`: `2014/05/22 08:01:09`; `document`: `2014/5/22 8:1:9`, as the sample of the API document has it. */
export type DateStyle = 'padded' | 'document';

/** Writes a time (ms since 1970) at an offset of minutes east of Greenwich. */
export function writeLegacyDate(time: number, offsetMinutes: number, style: DateStyle): string {
  const local = new Date(time + offsetMinutes * MINUTE_MS).toISOString();
  const padded = local.slice(0, 19).replaceAll('-', '/').replace('T', ' ');
  return style === 'padded' ? padded : padded.replace(/([/ :])0(\d)/g, '$1$2');
}

/** Reads a date as {@link writeLegacyDate} writes it, in either style, or with `-` and `T`; `null` when it is none. */
export function readLegacyDate(text: string, offsetMinutes: number): number | null {
  const match = /^(\d{4})[/-](\d{1,2})[/-](\d{1,2})[ T](\d{1,2}):(\d{1,2}):(\d{1,2})$/.exec(text);
  if (match === null) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number);
  const time = Date.UTC(year, month - 1, day, hour, minute, second);
  const back = new Date(time);
  const real = back.getUTCMonth() === month - 1 && back.getUTCDate() === day && back.getUTCHours() === hour;
  return real ? time - offsetMinutes * MINUTE_MS : null;
}
