import { fromAbsolute } from '@internationalized/date';
import type { Rules, WallTime } from './rules.ts';

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1_440;

/**
 * The moment (ms) at which the quiet period ends that covers `at` (ms); `null` when a message of this class may leave then. What counts is
 * the clock on the wall in the zone of the rules, so that a change of the clocks lengthens or shortens a night. A period that begins when
 * it ends is none.
 */
export function quietUntil(
  { quiet }: Pick<Rules, 'quiet'>,
  transactionClass: 'transactional' | 'promotional' | null,
  at: number,
): number | null {
  if (quiet.applies === 'none') return null;
  if (quiet.applies === 'promotional' && transactionClass !== 'promotional') return null;
  const from = minutesOf(quiet.from);
  const until = minutesOf(quiet.until);
  const wall = (moment: number) => {
    const { hour, minute } = fromAbsolute(moment, quiet.zone);
    return hour * 60 + minute;
  };
  const isQuiet = (moment: number) => {
    const time = wall(moment);
    return from <= until ? time >= from && time < until : time >= from || time < until;
  };
  if (!isQuiet(at)) return null;
  // Zones differ from UTC by whole minutes, so that a minute on the wall begins with one of UTC.
  let quietAt = Math.floor(at / MINUTE_MS) * MINUTE_MS;
  let end = quietAt;
  // Clocks set back leave the first guess inside; clocks set forward leave it behind the end, which is looked for then.
  do {
    quietAt = end;
    end += ((until - wall(end) + DAY_MINUTES) % DAY_MINUTES) * MINUTE_MS;
  } while (isQuiet(end));
  while (end - quietAt > MINUTE_MS) {
    const middle = quietAt + Math.floor((end - quietAt) / 2 / MINUTE_MS) * MINUTE_MS;
    if (isQuiet(middle)) quietAt = middle;
    else end = middle;
  }
  return end;
}

/** With less of a day than this (minutes) left for sending, quiet hours were hardly meant so. */
export const LITTLE_OPEN_MINUTES = 240;

/** How much of a day (minutes) quiet hours leave for sending, on a day without a change of the clocks. */
export const openMinutes = ({ from, until }: Pick<Rules['quiet'], 'from' | 'until'>): number =>
  (minutesOf(from) - minutesOf(until) + DAY_MINUTES) % DAY_MINUTES;

function minutesOf(time: WallTime): number {
  const [hours = '0', minutes = '0'] = time.split(':');
  return Number(hours) * 60 + Number(minutes);
}
