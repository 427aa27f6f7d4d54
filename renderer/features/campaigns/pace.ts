const MINUTE = 60_000;

/** A time left (ms) as roughly as it is known: whole minutes, below that steps of five seconds. Never less than is left. */
export function roughly(ms: number): number {
  const step = ms > 90_000 ? MINUTE : 5000;
  return Math.ceil(ms / step) * step;
}

/** How much of a `total` above 0 is done as a share of one, in whole percent; less than all is never 100 %. */
export function shareDone({ done, total }: { readonly done: number; readonly total: number }): number {
  return Math.floor((done / total) * 100) / 100;
}
