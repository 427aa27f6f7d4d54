import { expect } from 'vitest';

/**
 * Asks `read` again and again until the expectation that follows holds. The limit only has to be longer than the slowest
 * machine needs: nothing ever waits for it when all is well.
 *
 * @param limitMs in ms; 30 s when left out
 */
export const eventually = <T>(read: () => T | Promise<T>, limitMs = 30_000) =>
  expect.poll(read, { timeout: limitMs, interval: 100 });
