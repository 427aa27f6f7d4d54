import { fromAbsolute, toCalendarDate, toZoned } from '@internationalized/date';

/** The moment (ms) at which the day began in `zone` (IANA) that `at` (ms) lies in. */
export const dayStart = (zone: string, at: number): number =>
  toZoned(toCalendarDate(fromAbsolute(at, zone)), zone)
    .toDate()
    .getTime();
