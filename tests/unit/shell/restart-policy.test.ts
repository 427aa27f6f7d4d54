import { describe, expect, it } from 'vitest';
import { waitBeforeRestart } from '../../../main/shell/restart-policy.ts';

const NOW = 1_800_000_000_000;

describe('restarting an engine that ended', () => {
  it('waits longer each time and gives up after five restarts in five minutes', () => {
    const restarts: number[] = [];
    const waits = [0, 1, 2, 3, 4, 5].map(() => {
      const wait = waitBeforeRestart(restarts, NOW);
      restarts.push(NOW);
      return wait;
    });
    expect(waits).toEqual([1_000, 2_000, 5_000, 5_000, 5_000, null]);
  });

  it('forgets what is longer ago', () => {
    const restarts = Array.from({ length: 5 }, () => NOW - 5 * 60_000);
    expect(waitBeforeRestart(restarts, NOW)).toBe(1_000);
  });
});
