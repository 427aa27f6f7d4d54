import { CalendarDateTime, fromAbsolute, toZoned } from '@internationalized/date';
import { localZone } from '../lib/time-zones.ts';

/** What a date field holds: a day (its first moment), or a day with a time. */
export type DateKind = 'date' | 'date-time';

/** A part of a written date, with the place it has in the text. */
type Piece = {
  readonly unit: 'day' | 'month' | 'year' | 'hour' | 'minute';
  readonly start: number;
  readonly end: number;
};

const PIECES: readonly Piece[] = [
  { unit: 'day', start: 0, end: 2 },
  { unit: 'month', start: 3, end: 5 },
  { unit: 'year', start: 6, end: 10 },
  { unit: 'hour', start: 11, end: 13 },
  { unit: 'minute', start: 14, end: 16 },
];

const DAY_FIRST = /^(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}|\d{2}))?(?:[\s,T]+(.+))?$/i;
const YEAR_FIRST = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[\s,T]+(.+))?$/i;
const TIME = /^(\d{1,2})(?:[:.](\d{2}))?(?::\d{2})?\s*(am|pm)?$/i;

/** Latin digits for Bangla ones. */
const latin = (text: string): string =>
  text.replace(/[০-৯]/g, (digit) => String(digit.charCodeAt(0) - 0x09e6));

/**
 * Reads a date as a person of the region types it: day, month, year, and a time on the 24-hour clock or with am/pm; Bangla
 * digits and the form `2026-11-29T20:00` are understood too. A missing year is the one that puts the date after `now`.
 *
 * @param now ms since 1970, for a missing year
 * @param zone the zone (IANA) whose clocks are meant
 * @returns ms since 1970; null when the text is no such date. A time that the clocks leave out is the one an hour later, one that they
 *   show twice is the first.
 */
export function readDateText(typed: string, kind: DateKind, now: number, zone = localZone()): number | null {
  const text = latin(typed).trim();
  const parts = dateParts(text);
  if (!parts) return null;
  const time = kind === 'date' ? { hour: 0, minute: 0 } : readTime(parts.time);
  if (!time || (kind === 'date' && parts.time !== undefined)) return null;
  const at = (year: number): number | null =>
    instantOf({ year, month: parts.month, day: parts.day, ...time }, zone);
  if (parts.year !== undefined) return at(parts.year < 100 ? 2000 + parts.year : parts.year);
  const thisYear = fromAbsolute(now, zone).year;
  const first = at(thisYear);
  return first !== null && first >= now ? first : at(thisYear + 1);
}

function dateParts(
  text: string,
): { year: number | undefined; month: number; day: number; time: string | undefined } | null {
  const byYear = YEAR_FIRST.exec(text);
  if (byYear) {
    const [, year, month, day, time] = byYear;
    return { year: Number(year), month: Number(month), day: Number(day), time };
  }
  const byDay = DAY_FIRST.exec(text);
  if (!byDay) return null;
  const [, day, month, year, time] = byDay;
  return {
    year: year === undefined ? undefined : Number(year),
    month: Number(month),
    day: Number(day),
    time,
  };
}

function readTime(text: string | undefined): { hour: number; minute: number } | null {
  const [, hourText, minuteText, half] = TIME.exec(text?.trim() ?? '') ?? [];
  if (hourText === undefined) return null;
  const typed = Number(hourText);
  const minute = Number(minuteText ?? 0);
  if (half !== undefined && (typed < 1 || typed > 12)) return null;
  const hour = half === undefined ? typed : (typed % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
  return hour < 24 && minute < 60 ? { hour, minute } : null;
}

/** The instant of a date that exists; null for the 31st of February. */
function instantOf(
  parts: { year: number; month: number; day: number; hour: number; minute: number },
  zone: string,
): number | null {
  const wall = new CalendarDateTime(parts.year, parts.month, parts.day, parts.hour, parts.minute);
  const isSame = wall.day === parts.day && wall.month === parts.month;
  return isSame ? toZoned(wall, zone).toDate().getTime() : null;
}

const two = (value: number): string => String(value).padStart(2, '0');

/** The text of an instant in a date field, in Latin digits: `29/11/2026 20:00`, as clocks in `zone` (IANA) show it. */
export function dateTextOf(at: number, kind: DateKind, zone = localZone()): string {
  const date = fromAbsolute(at, zone);
  const day = `${two(date.day)}/${two(date.month)}/${String(date.year).padStart(4, '0')}`;
  return kind === 'date' ? day : `${day} ${two(date.hour)}:${two(date.minute)}`;
}

/** Minutes that one press of an arrow key moves. */
const MINUTE_STEP = 5;

/**
 * The instant with the part at `caret` of its text moved by one step, and where that part stands, to be selected again.
 *
 * @param by 1 or −1
 */
export function stepDate(
  at: number,
  kind: DateKind,
  caret: number,
  by: number,
  zone = localZone(),
): { at: number; start: number; end: number } {
  const pieces = kind === 'date' ? PIECES.slice(0, 3) : PIECES;
  const piece = pieces.find((one) => caret <= one.end) ?? pieces.at(-1) ?? { unit: 'day', start: 0, end: 2 };
  /* The last day of a shorter month stands in for a day that it does not have. */
  const moved = fromAbsolute(at, zone).add({
    [`${piece.unit}s`]: piece.unit === 'minute' ? by * MINUTE_STEP : by,
  });
  return { at: moved.toDate().getTime(), start: piece.start, end: piece.end };
}
