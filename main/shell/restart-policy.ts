/** Waits before the first, second, third and every later restart, in ms. */
const WAITS_MS = [1_000, 2_000, 5_000];

/** More restarts than this within {@link WINDOW_MS} and the engine is given up. */
const MAX_RESTARTS = 5;

/** The time that is looked back on, in ms. */
const WINDOW_MS = 5 * 60_000;

/**
 * Says how long to wait before a process that ended is started again, in ms, or `null` when it ends too often for
 * that to make sense.
 *
 * @param restarts times of the earlier restarts, in ms since 1970
 * @param now in ms since 1970
 */
export function waitBeforeRestart(restarts: readonly number[], now: number): number | null {
  const recent = restarts.filter((at) => at > now - WINDOW_MS).length;
  if (recent >= MAX_RESTARTS) return null;
  return WAITS_MS[Math.min(recent, WAITS_MS.length - 1)] ?? null;
}
