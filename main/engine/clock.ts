/** A pending timer. */
export type Timer = { cancel(): void };

/** Time as the engine sees it; tests give one that they move by hand. */
export type Clock = {
  /** Wall time, ms since the epoch. */
  now(): number;
  /** Monotonic ms, for durations and rates: unaffected by a changed wall clock. */
  monotonic(): number;
  /** Calls `run` once after `ms`, or after an hour if that is sooner: whoever waits for longer looks and waits again. */
  after(ms: number, run: () => void): Timer;
};

/** Timers longer than this wake early and are planned anew by whoever set them; beyond 2^31 ms they would fire at once. */
const LONGEST_TIMER_MS = 3_600_000;

/** The computer's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(ms, run) {
    const handle = setTimeout(run, Math.min(ms, LONGEST_TIMER_MS));
    return { cancel: () => clearTimeout(handle) };
  },
};
