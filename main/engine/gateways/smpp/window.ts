/** Lets a few in at a time, in the order they came. */
export type Window = {
  /** Waits for a place; `false` when the signal was given or the window closed first, and no place is taken. */
  enter(signal?: AbortSignal): Promise<boolean>;
  /** Gives a place back. */
  leave(): void;
  /** Turns everybody away, now and later. */
  close(): void;
};

/** A window of `places`. */
export function createWindow(places: number): Window {
  let free = places;
  let closed = false;
  const waiting = new Set<(entered: boolean) => void>();

  return {
    enter(signal) {
      if (closed || signal?.aborted) return Promise.resolve(false);
      if (free > 0) {
        free -= 1;
        return Promise.resolve(true);
      }
      return new Promise((resolve) => {
        const aborted = (): void => settle(false);
        const settle = (entered: boolean): void => {
          waiting.delete(settle);
          signal?.removeEventListener('abort', aborted);
          resolve(entered);
        };
        signal?.addEventListener('abort', aborted);
        waiting.add(settle);
      });
    },
    leave() {
      const [next] = waiting;
      if (next === undefined) free += 1;
      else next(true);
    },
    close() {
      closed = true;
      for (const settle of [...waiting]) settle(false);
    },
  };
}
