import type { Period } from './queries.ts';

/**
 * The holes between swept periods: times whose log nobody has read and, being older than the log reaches back, nobody
 * can read any more. Time before the first sweep is no gap, and neither is time the log still holds.
 *
 * @param sweeps by their beginning, ms since the epoch
 * @param readableSince the log still answers for everything after this
 */
export function coverageGaps(sweeps: readonly Period[], readableSince: number): Period[] {
  const gaps: Period[] = [];
  let covered: number | null = null;
  for (const { from, until } of sweeps) {
    if (covered !== null && from > covered) {
      const end = Math.min(from, readableSince);
      if (end > covered) gaps.push({ from: covered, until: end });
    }
    covered = Math.max(covered ?? until, until);
  }
  if (covered !== null && covered < readableSince) gaps.push({ from: covered, until: readableSince });
  return gaps;
}
