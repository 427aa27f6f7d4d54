import type { DeliveryWindow } from './submission.ts';

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1_440;

/**
 * The first time from `start` on (ms) at which a window is open, by the clock of a time zone `offsetMinutes` east of
 * Greenwich. A window without days never opens; then `start` is given, as if there were none.
 */
export function opensAt(window: DeliveryWindow | null, start: number, offsetMinutes: number): number {
  if (window === null || window.days.length === 0) return start;
  const { fromMinute, toMinute } = window;
  const length = toMinute > fromMinute ? toMinute - fromMinute : toMinute - fromMinute + DAY_MINUTES;
  const local = start + offsetMinutes * MINUTE_MS;
  const midnight = Math.floor(local / (DAY_MINUTES * MINUTE_MS)) * DAY_MINUTES * MINUTE_MS;
  for (let day = -1; day <= 7; day += 1) {
    const opening = midnight + (day * DAY_MINUTES + fromMinute) * MINUTE_MS;
    if (!window.days.includes(new Date(opening).getUTCDay())) continue;
    if (local < opening) return opening - offsetMinutes * MINUTE_MS;
    if (local < opening + length * MINUTE_MS) return start;
  }
  return start;
}
