import { describe, expect, it } from 'vitest';
import { coverageGaps } from '../../../main/engine/features/reports/coverage.ts';

const hour = 3_600_000;
const period = (from: number, until: number) => ({ from: from * hour, until: until * hour });

describe('gaps in what the archive covers', () => {
  it('has none before the first sweep, and none between sweeps that touch or overlap', () => {
    expect(coverageGaps([], 100 * hour)).toEqual([]);
    expect(coverageGaps([period(0, 40), period(40, 80), period(60, 110)], 100 * hour)).toEqual([]);
  });

  it('shows the time between two sweeps that nobody read', () => {
    expect(coverageGaps([period(0, 10), period(30, 110)], 100 * hour)).toEqual([period(10, 30)]);
  });

  it('counts only what the log can no longer tell', () => {
    expect(coverageGaps([period(0, 10)], 5 * hour)).toEqual([]);
    expect(coverageGaps([period(0, 10)], 50 * hour)).toEqual([period(10, 50)]);
  });

  it('takes a long sweep into account after a short later one', () => {
    expect(coverageGaps([period(0, 90), period(10, 20), period(95, 110)], 100 * hour)).toEqual([
      period(90, 95),
    ]);
  });
});
