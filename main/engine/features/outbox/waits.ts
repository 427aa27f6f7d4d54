import type { Clock, Timer } from '../../clock.ts';

/** Bounds (ms) of the wait a busy gateway may ask for: no loop without a pause, and no silence that looks like a fault. */
const SHORTEST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 5 * 60_000;

/** A wait (ms) that a gateway asked for, within bounds. */
export const boundedWait = (ms: number) => Math.min(Math.max(ms, SHORTEST_WAIT_MS), LONGEST_WAIT_MS);

/** One account's pause between requests, while its gateway is busy or its network gone. `ended` is called when it is over. */
export function createWait(clock: Clock, ended: () => void) {
  let timer: Timer | null = null;
  let until = 0;
  return {
    /** Whether nothing is to be handed over now. */
    get isOn() {
      return timer !== null;
    },
    /** Waits for `ms`. Of two waits that were asked for, the longer one counts. */
    atLeast(ms: number): void {
      const end = clock.monotonic() + ms;
      if (timer && end <= until) return;
      timer?.cancel();
      until = end;
      timer = clock.after(ms, () => {
        timer = null;
        ended();
      });
    },
    /** Forgets the wait without saying so: nothing is handed over any more anyway. */
    cancel: () => timer?.cancel(),
  };
}

/** {@link createWait}'s value. */
export type Wait = ReturnType<typeof createWait>;
