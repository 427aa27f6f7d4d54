import type { Clock } from '../../clock.ts';

const WINDOW_MS = 10_000;

/** How quickly lookups are answered, true only while the program runs. */
export function createRates(clock: Clock) {
  const answers = new Map<number, { at: number; count: number }[]>();
  return {
    /** `count` numbers of a lookup were answered just now. */
    add(id: number, count: number): void {
      if (count === 0) return;
      const at = clock.monotonic();
      const kept = (answers.get(id) ?? []).filter((entry) => entry.at > at - WINDOW_MS);
      const last = kept.at(-1);
      // Entries of the same tenth of a second are merged, so that the list stays at a hundred.
      if (last && at - last.at < 100) last.count += count;
      else kept.push({ at, count });
      answers.set(id, kept);
    },
    forget: (id: number): void => void answers.delete(id),
    /** Numbers a second over the last ten seconds; `null` when there were none. */
    perSecond(id: number): number | null {
      const now = clock.monotonic();
      const kept = (answers.get(id) ?? []).filter((entry) => entry.at > now - WINDOW_MS);
      const first = kept[0];
      if (!first) return null;
      const total = kept.reduce((sum, entry) => sum + entry.count, 0);
      return (total * 1_000) / Math.max(1_000, now - first.at);
    },
  };
}
