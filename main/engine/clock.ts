/** A pending timer. */
export type Timer = { cancel(): void };

/** Time as the engine sees it; tests give one that they move by hand. */
export type Clock = {
  /** Wall time, ms since the epoch. */
  now(): number;
  /** Monotonic ms, for durations and rates: unaffected by a changed wall clock. */
  monotonic(): number;
  /** Calls `run` once after `ms`. */
  after(ms: number, run: () => void): Timer;
};

/** The computer's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(ms, run) {
    const handle = setTimeout(run, ms);
    return { cancel: () => clearTimeout(handle) };
  },
};
