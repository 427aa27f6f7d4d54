import { describe, expect, it } from 'vitest';
import { phaseOf } from '../../../main/engine/features/campaigns/view.ts';

describe('the phase of a campaign', () => {
  it.each([
    ['held', { held: 5, 'left-out': 1 }, 0, false],
    ['sending', { queued: 3, accepted: 2 }, 0, false],
    ['sending', { uncertain: 1, accepted: 2 }, 0, false],
    ['paused', { queued: 3, accepted: 2 }, 0, true],
    ['paused', { held: 3 }, 0, true],
    ['review', { uncertain: 1, delivered: 2 }, 1, false],
    ['awaiting-reports', { 'at-operator': 1, delivered: 2 }, 0, false],
    ['finished', { delivered: 2, refused: 1, cancelled: 4, 'left-out': 1 }, 0, true],
  ] as const)('is %s', (phase, counts, undecided, paused) => {
    expect(phaseOf(counts, undecided, paused)).toBe(phase);
  });

  it('is scheduled while its time is ahead, wherever it is held', () => {
    const here = { here: true, atGateway: false };
    const there = { here: false, atGateway: true };
    expect(phaseOf({ held: 5 }, 0, false, here)).toBe('scheduled');
    expect(phaseOf({ accepted: 5 }, 0, false, there)).toBe('scheduled');
    expect(phaseOf({ held: 5 }, 0, true, here)).toBe('paused');
    expect(phaseOf({ accepted: 3, queued: 2 }, 0, false, there)).toBe('sending');
    expect(phaseOf({ cancelled: 5 }, 0, false, there)).toBe('finished');
  });
});
