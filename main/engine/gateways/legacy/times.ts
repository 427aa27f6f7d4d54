const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const UNITS = [
  ['d', 86_400],
  ['h', 3_600],
  ['m', 60],
  ['s', 1],
] as const;

/** Longest validity that the platform keeps; longer ones are cut there anyway (facts of the platform, "Parameters"). */
const MAX_VALIDITY_MINUTES = 48 * 60;

/** Bangladesh is at UTC+06:00 all year. */
const DHAKA_OFFSET_MINUTES = 6 * 60;

/**
 * `SendDateTime`: the delay until `sendAt` as `1d2h5m3s`, without parts that are zero, rounded up to seconds (API document,
 * "Send Schedule SMS"). Both times in ms since the epoch. `null` when the time has come: then the message goes at once.
 */
export function relativeDelay(sendAt: number, now: number): string | null {
  let seconds = Math.ceil((sendAt - now) / SECOND_MS);
  if (!Number.isSafeInteger(seconds) || seconds <= 0) return null;
  let text = '';
  for (const [letter, length] of UNITS) {
    const count = Math.floor(seconds / length);
    seconds -= count * length;
    if (count > 0) text += `${String(count)}${letter}`;
  }
  return text;
}

/** `ValidityPeriod` as `HH:mm`, at least a minute and at most 48 hours. */
export function validityPeriod(minutes: number): string {
  const kept = Math.min(Math.max(Math.round(minutes), 1), MAX_VALIDITY_MINUTES);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(Math.floor(kept / 60))}:${two(kept % 60)}`;
}

/** The last instant that has a four-digit year in Dhaka, in ms since the epoch. */
const LAST = Date.UTC(9999, 11, 31);

/** A time as legacy calls write it, in Dhaka: `2014/05/22 08:11:01`. Takes ms since the epoch; times outside the four-digit years are moved to their border. */
export function legacyDate(ms: number): string {
  const kept = Math.min(Math.max(Math.trunc(ms) || 0, 0), LAST);
  const local = new Date(kept + DHAKA_OFFSET_MINUTES * MINUTE_MS).toISOString();
  return local.slice(0, 19).replaceAll('-', '/').replace('T', ' ');
}

const DATE =
  /^(\d{4})[/-](\d{1,2})[/-](\d{1,2})(?:T|\s{1,9})(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,]\d{1,9})?)?$/;

/**
 * A date of a legacy answer in ms since the epoch: `2005/7/19 22:0:0` as in the API document's sample, or with leading zeros
 * as in real traffic. It carries no offset and is read as the time of the account's place, by default Dhaka; `null` for
 * anything that is no real date.
 *
 * @param offsetMinutes minutes east of Greenwich
 */
export function legacyInstant(value: unknown, offsetMinutes = DHAKA_OFFSET_MINUTES): number | null {
  const match = typeof value === 'string' ? DATE.exec(value.trim()) : null;
  if (match === null) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1)
    .map((part) => Number(part ?? 0));
  const local = Date.UTC(year, month - 1, day, hour, minute, second);
  const rolled = new Date(local);
  const real = year >= 1970 && rolled.getUTCMonth() === month - 1 && rolled.getUTCDate() === day;
  return real && hour <= 23 && minute <= 59 && second <= 59 ? local - offsetMinutes * MINUTE_MS : null;
}
