import type { Log } from '../../../logging/log.ts';
import type { Clock, Timer } from '../../clock.ts';

/** Longest wait (ms) without looking at the clock: it may be set, and the computer may have slept. */
const LONGEST_STEP_MS = 60_000;

/** Calls `turn` for one after the other whose time has come. */
type Turns = {
  /** Looks whether something is due, and when to look again. */
  wake(): void;
  /** Begins no turn any more, and waits for the one under way. */
  stop(): Promise<void>;
};

/**
 * Keeps the time of series. `next` gives when something is due (ms since the epoch; `null`: never), `turn` deals with what is due first
 * and changes that. A turn that throws is tried again a step later.
 */
export function createTurns(deps: {
  readonly clock: Clock;
  readonly log: Log;
  readonly next: () => number | null;
  readonly turn: () => Promise<void>;
}): Turns {
  const { clock, log, next, turn } = deps;
  let timer: Timer | null = null;
  let busy = false;
  let running = Promise.resolve();
  let stopped = false;

  function wait(): void {
    const at = next();
    if (at === null || stopped) return;
    timer = clock.after(Math.min(Math.max(at - clock.now(), 0), LONGEST_STEP_MS), wake);
  }

  async function run(): Promise<void> {
    try {
      for (let at = next(); !stopped && at !== null && at <= clock.now(); at = next()) await turn();
      busy = false;
      wait();
    } catch (error) {
      log.error('series-turn-failed', error);
      busy = false;
      // What is due would fail again at once.
      if (!stopped) timer = clock.after(LONGEST_STEP_MS, wake);
    }
  }

  function wake(): void {
    if (stopped || busy) return;
    timer?.cancel();
    timer = null;
    busy = true;
    running = run();
  }

  return {
    wake,
    async stop() {
      stopped = true;
      timer?.cancel();
      await running;
    },
  };
}
