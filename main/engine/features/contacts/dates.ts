import { foldDigits } from '#shared/phone/digits.ts';

const YEAR_FIRST = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?$/u;
const DAY_FIRST = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})$/u;
const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const isLeap = (year: number) => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

/**
 * Reads a date as it is written here, the day before the month, or with the year first: `22/11/2026`, `২২-১১-২০২৬`, `2026-11-22`.
 *
 * @returns the date as `2026-11-22`, or `null` for anything else, years of two digits among it: they say no century
 */
export function isoDate(text: string): string | null {
  if (text.length > 40) return null;
  const plain = foldDigits(text).trim();
  const yearFirst = YEAR_FIRST.exec(plain);
  const [year, month, day] = yearFirst
    ? [yearFirst[1], yearFirst[2], yearFirst[3]]
    : (DAY_FIRST.exec(plain)?.slice(1).reverse() ?? []);
  if (year === undefined || month === undefined || day === undefined) return null;
  const most = DAYS[Number(month) - 1] ?? 0;
  if (Number(day) < 1 || Number(day) > most) return null;
  if (Number(month) === 2 && Number(day) === 29 && !isLeap(Number(year))) return null;
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/**
 * Reads a number as it is written here: Bangla digits, thousands or lakhs set off by commas, a sign before it, a dot for the
 * fraction. `null` for anything else.
 */
export function plainNumber(text: string): number | null {
  if (text.length > 40) return null;
  const plain = foldDigits(text).trim();
  if (!/^[+-]?\d+(?:,\d{2,3})*(?:\.\d+)?$|^[+-]?\.\d+$/u.test(plain)) return null;
  return Number(plain.replace(/,/gu, ''));
}

/** Days as `11-22` in which a date comes round within `days` days from `now` (ms), that day among them, by the local calendar. */
export function comingDays(now: number, days: number): string[] {
  const start = new Date(now);
  const found = new Set<string>();
  // A year holds every day there is, but for 29 February, which is kept on 28 February in other years.
  for (let n = 0; n <= Math.min(days, 366); n++) {
    const day = new Date(start.getFullYear(), start.getMonth(), start.getDate() + n);
    const text = `${String(day.getMonth() + 1).padStart(2, '0')}-${String(day.getDate()).padStart(2, '0')}`;
    found.add(text);
    if (text === '02-28' && !isLeap(day.getFullYear())) found.add('02-29');
  }
  return [...found];
}
