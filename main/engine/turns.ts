/** Longest time (ms) that the work for one sending keeps the engine from everything else, as far as it can be cut. */
const SLICE_MS = 8;

/** Entries that are worked on between two looks at the clock. */
export const SLICE = 2_000;

/**
 * Lets others in during long work: `turn` waits for them when this work has had its time. Gives how long the longest stretch took, in ms.
 */
export function createTurns(): { turn(): Promise<void> | null; readonly longest: number } {
  let since = performance.now();
  let longest = 0;
  return {
    turn() {
      const took = performance.now() - since;
      longest = Math.max(longest, took);
      if (took < SLICE_MS) return null;
      return new Promise((resolve) => {
        setImmediate(() => {
          since = performance.now();
          resolve();
        });
      });
    },
    get longest() {
      return longest;
    },
  };
}
