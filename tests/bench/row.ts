/**
 * One comparison, as `npm run bench -- --json` prints it. `ours` and `peer` are in `unit`; `ratio` is ours / peer. With `/s`
 * more is better, with `ms`, `MB` and `%` less.
 */
export type BenchRow = {
  readonly name: string;
  readonly ours: number;
  readonly peer: number;
  readonly peerName: string;
  readonly ratio: number;
  readonly unit: '/s' | 'ms' | 'MB' | '%';
  readonly note: string;
};

/** The middle value (the mean of the two middle ones of an even number); `NaN` without values. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}
