import type { Clock } from '../../clock.ts';

/** How fast something goes and how long it will take yet. */
export type Pace = { readonly ratePerSecond: number | null; readonly timeLeft: number | null };

/** Nothing is said about a pace in the first moments. */
const SETTLE_MS = 500;

/** Measures from now on; `fraction` (0 to 1) is how much is done, `done` counts what was done. */
export function startPace(clock: Clock): (done: number, fraction: number) => Pace {
  const started = clock.monotonic();
  return (done, fraction) => {
    const ms = clock.monotonic() - started;
    if (ms < SETTLE_MS || done === 0) return { ratePerSecond: null, timeLeft: null };
    return {
      ratePerSecond: Math.round((done * 1000) / ms),
      timeLeft: fraction > 0 ? Math.max(0, Math.round((ms * (1 - fraction)) / fraction)) : null,
    };
  };
}
