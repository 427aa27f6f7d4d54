import type { FaultPlan } from '../../main/practice/core/faults.ts';

/** Answers of 429 and 503 ask for a second of patience each; so many of both are expected in a run at most, which keeps it short. */
const BUSY_ANSWERS = 12;

/**
 * What goes wrong at the gateway of a run: every kind of fault there is, besides the kills.
 *
 * @param requests about so many send requests are expected
 * @param isPatient whether late answers come before the client gives up on them
 */
export function faultsOf(seed: number, requests: number, isPatient: boolean): FaultPlan {
  const busy = Math.min(0.005, BUSY_ANSWERS / 2 / requests);
  return {
    seed,
    delayMs: isPatient ? 300 : 1_400,
    send: {
      resetBefore: 0.006,
      http429: busy,
      http500Before: 0.006,
      http503Before: busy,
      dropAfter: 0.008,
      delay: 0.006,
      http500After: 0.006,
      truncated: 0.006,
      notJson: 0.006,
    },
    read: { http500: 0.02, drop: 0.03, truncate: 0.03, repeat: 0.1 },
  };
}
