/** Range of an instant that has a four-digit year, in ms since the epoch. */
const FIRST = Date.UTC(1970, 0, 1);
const LAST = Date.UTC(9999, 11, 31);

/**
 * An instant (ms since the epoch) as requests write it: `2015-02-22T16:42:05.390+00:00`, its offset with a colon (facts of the
 * platform, "Logs" and "Scheduling"). Times outside the four-digit years are moved to their border; `undefined` stays.
 */
export function requestTime(ms: number): string;
export function requestTime(ms: number | undefined): string | undefined;
export function requestTime(ms: number | undefined): string | undefined {
  if (ms === undefined || Number.isNaN(ms)) return undefined;
  const instant = new Date(Math.min(Math.max(ms, FIRST), LAST));
  return instant.toISOString().replace('Z', '+00:00');
}
