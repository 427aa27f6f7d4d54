import type { Clock } from '../../../main/engine/clock.ts';

/** A clock that stands still until it is moved. */
export function manualClock(
  start = 1_795_000_000_000,
): Clock & { advance(ms: number): void; /** Timers that wait. */ pending(): number } {
  let now = start;
  let timers: { at: number; run: () => void }[] = [];
  return {
    now: () => now,
    monotonic: () => now - start,
    after(ms, run) {
      const timer = { at: now + ms, run };
      timers.push(timer);
      return { cancel: () => void (timers = timers.filter((other) => other !== timer)) };
    },
    pending: () => timers.length,
    advance(ms) {
      now += ms;
      const due = timers.filter((timer) => timer.at <= now);
      timers = timers.filter((timer) => timer.at > now);
      for (const timer of due) timer.run();
    },
  };
}
