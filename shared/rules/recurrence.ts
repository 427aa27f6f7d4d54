import {
  CalendarDate,
  fromAbsolute,
  getDayOfWeek,
  parseTime,
  toCalendarDate,
  toCalendarDateTime,
  toZoned,
  type CalendarDateTime,
} from '@internationalized/date';
import { appError, type AppError } from '../errors.ts';
import type { Recurrence } from '../ipc/series.ts';

/** The calendar ends with the year after it; nothing is planned so far ahead. */
const LAST_YEAR = 9998;

/** The days of a pattern, numbered from 0 in their order. */
type Days = {
  readonly at: (index: number) => CalendarDate;
  /** An index whose day is not after `day`, and close to it. May be negative. */
  readonly before: (day: CalendarDate) => number;
};

/**
 * The first times of a recurrence after a moment (both ms since the epoch), at most `count`, in order. `begun`: when the series was
 * begun; times before it do not count for an end after so many times. A skipped time counts, so that the end is the day that was shown.
 * Gives fewer when the recurrence ends, and none when it never happens.
 */
export function occurrencesAfter(
  recurrence: Recurrence,
  after: number,
  count: number,
  begun = Number.NEGATIVE_INFINITY,
): number[] {
  const days = daysOf(recurrence);
  if (!days) return [];
  const { end } = recurrence;
  const last = end.kind === 'until' ? dayOf(end.day) : null;
  if (end.kind === 'until' && !last) return [];
  const stop =
    end.kind === 'times' ? firstIndexAfter(days, recurrence, begun) + end.times : Number.POSITIVE_INFINITY;
  const found: number[] = [];
  let previous = after;
  for (let index = firstIndexAfter(days, recurrence, after); index < stop && found.length < count; index++) {
    const day = days.at(index);
    if (day.year > LAST_YEAR || (last && day.compare(last) > 0)) break;
    const at = instantOf(day, recurrence);
    // Where a zone left out a whole day, two days begin at one moment.
    if (at > previous) found.push((previous = at));
  }
  return found;
}

/** The next time of a recurrence after a moment, `null` when there is none; see {@link occurrencesAfter}. */
export const nextAfter = (recurrence: Recurrence, after: number, begun?: number): number | null =>
  occurrencesAfter(recurrence, after, 1, begun)[0] ?? null;

/**
 * Why a recurrence cannot be begun at `now` (ms since the epoch); `null` when it can. `INVALID_SCHEDULE` with `detail`: `no-such-day` for
 * a day that its month does not have, `never` when no day is in it, `past` when all of its times have passed.
 */
export function recurrenceFault(recurrence: Recurrence, now: number): AppError | null {
  const { from, end } = recurrence;
  const bad = !dayOf(from) ? 'from' : end.kind === 'until' && !dayOf(end.day) ? 'until' : null;
  if (bad) return appError('INVALID_SCHEDULE', { field: bad, detail: 'no-such-day' });
  if (nextAfter(recurrence, now, now) !== null) return null;
  const ever = nextAfter(recurrence, Number.NEGATIVE_INFINITY) !== null;
  return appError('INVALID_SCHEDULE', { field: 'until', detail: ever ? 'past' : 'never' });
}

/** `null` for a day that does not exist. */
function dayOf(text: string): CalendarDate | null {
  const [year, month, day] = text.split('-').map(Number);
  // A day that its month does not have becomes the month's last.
  const date = new CalendarDate(year ?? 0, month ?? 0, day ?? 0);
  return date.toString() === text ? date : null;
}

function daysOf({ pattern, from }: Recurrence): Days | null {
  const first = dayOf(from);
  if (!first) return null;
  const { every } = pattern;
  switch (pattern.kind) {
    case 'daily':
      return {
        at: (index) => first.add({ days: index * every }),
        before: (day) => Math.floor(daysBetween(first, day) / every),
      };
    case 'weekly': {
      const weekdays = [...new Set(pattern.days)].sort((a, b) => a - b);
      const today = getDayOfWeek(first, 'en', 'mon') + 1;
      const monday = first.subtract({ days: today - 1 });
      const passed = weekdays.filter((weekday) => weekday < today).length;
      return {
        at(index) {
          const round = Math.floor((index + passed) / weekdays.length);
          const weekday = weekdays[index + passed - round * weekdays.length] ?? 1;
          return monday.add({ weeks: round * every, days: weekday - 1 });
        },
        before: (day) => Math.floor(daysBetween(monday, day) / (7 * every)) * weekdays.length - passed,
      };
    }
    case 'monthly': {
      const start = first.set({ day: 1 });
      const inMonth = (months: number) => start.add({ months }).set({ day: pattern.day });
      const passed = inMonth(0).compare(first) < 0 ? 1 : 0;
      return {
        at: (index) => inMonth((index + passed) * every),
        // One less: the day may come later in its month.
        before: (day) => Math.floor(monthsBetween(start, day) / every) - 1 - passed,
      };
    }
  }
}

const daysBetween = (from: CalendarDate, to: CalendarDate) =>
  to.calendar.toJulianDay(to) - from.calendar.toJulianDay(from);

const monthsBetween = (from: CalendarDate, to: CalendarDate) =>
  (to.year - from.year) * 12 + to.month - from.month;

/** The index of the first day whose time comes after a moment. */
function firstIndexAfter(days: Days, recurrence: Recurrence, after: number): number {
  if (after === Number.NEGATIVE_INFINITY) return 0;
  // A left out day moves a time into the next one, so the day before may still count.
  const near = toCalendarDate(fromAbsolute(after, recurrence.zone)).subtract({ days: 2 });
  let index = Math.max(0, days.before(near));
  while (days.at(index).year <= LAST_YEAR && instantOf(days.at(index), recurrence) <= after) index++;
  return index;
}

/** When the clocks of the zone show the time on a day: the first time, or the next one that there is. */
function instantOf(day: CalendarDate, { time, zone }: Recurrence): number {
  const wall = toCalendarDateTime(day, parseTime(time));
  const first = instant(wall, zone, 'earlier');
  if (toCalendarDateTime(fromAbsolute(first, zone)).compare(wall) === 0) return first;
  // The clocks go over it between these two, and the first moment after that is meant.
  let before = first;
  let since = instant(wall, zone, 'later');
  const { offset } = fromAbsolute(before, zone);
  while (since - before > 1) {
    const middle = Math.floor((before + since) / 2);
    if (fromAbsolute(middle, zone).offset === offset) before = middle;
    else since = middle;
  }
  return since;
}

const instant = (wall: CalendarDateTime, zone: string, which: 'earlier' | 'later') =>
  toZoned(wall, zone, which).toDate().getTime();
