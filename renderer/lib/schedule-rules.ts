import {
  fromAbsolute,
  getDayOfWeek,
  toCalendarDate,
  toZoned,
  Time,
  toCalendarDateTime,
} from '@internationalized/date';
import { localZone } from './time-zones.ts';

const DAY = 24 * 3_600_000;

/** How far ahead a sending can be planned, in days (API document, "Send SMS at the scheduled time"; the engine checks it too). */
export const FURTHEST_DAYS = 180;

/** What is wrong with a time to send. */
type ScheduleFault = 'empty' | 'past' | 'too-far';

/** Looks at a chosen time (ms; null while none is) as seen from `now` (ms). */
export function scheduleFault(at: number | null, now: number): ScheduleFault | null {
  if (at === null) return 'empty';
  if (at <= now) return 'past';
  return at - now > FURTHEST_DAYS * DAY ? 'too-far' : null;
}

/** A time that one press chooses. */
type QuickPick = { readonly key: 'tonight' | 'tomorrow' | 'sunday'; readonly at: number };

/** The times that offices choose most, those that are still to come, as clocks in `zone` (IANA) show them. */
export function quickPicks(now: number, zone = localZone()): QuickPick[] {
  const today = toCalendarDate(fromAbsolute(now, zone));
  const at = (days: number, hour: number): number =>
    toZoned(toCalendarDateTime(today.add({ days }), new Time(hour)), zone)
      .toDate()
      .getTime();
  const untilSunday = 7 - getDayOfWeek(today, 'en-US');
  const picks: QuickPick[] = [
    { key: 'tonight', at: at(0, 20) },
    { key: 'tomorrow', at: at(1, 9) },
    { key: 'sunday', at: at(untilSunday, 9) },
  ];
  return picks.filter((pick) => pick.at > now);
}
