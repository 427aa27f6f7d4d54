/**
 * Statuses that turn a message down for now and not for good (API document, "Statuses"), with how many times the usual wait they ask for:
 * a network that cannot be reached, too many messages to one number (wait an hour at least), a fault of the platform's own.
 */
const TEMPORARY: ReadonlyMap<number, number> = new Map([
  [16, 1],
  [20, 60],
  [21, 1],
]);
/** Each further wait is so many times as long as the one before. */
const GROWTH = 4;
/**
 * No wait is longer than this (ms): by then the message may be stale, and the user is better asked. A time that is further ahead is one of
 * a clock that was wrong.
 */
export const LONGEST_WAIT_MS = 4 * 3_600_000;

/**
 * How long (ms) to wait before a message is tried again that was refused with a status; `null` when trying again would not help.
 *
 * @param retries how often it was tried again before
 * @param usual the first wait after an ordinary temporary refusal, ms
 */
export function retryDelay(statusId: number | null, retries: number, usual: number): number | null {
  const times = statusId === null ? undefined : TEMPORARY.get(statusId);
  return times === undefined ? null : Math.min(usual * times * GROWTH ** retries, LONGEST_WAIT_MS);
}
