/** Times are rounded up to this many ms, so that thousands of items share one entry. */
const GRAIN_MS = 20;

/** Items that wait for a time of the gateway's clock. */
export class DueList<T> {
  readonly #byTime = new Map<number, T[]>();

  /** Whether nothing waits. */
  get empty(): boolean {
    return this.#byTime.size === 0;
  }

  /** Adds an item that is due at a time (ms). */
  add(at: number, item: T): void {
    const time = Math.ceil(at / GRAIN_MS) * GRAIN_MS;
    const items = this.#byTime.get(time);
    if (items === undefined) this.#byTime.set(time, [item]);
    else items.push(item);
  }

  /** Takes out everything that is due. */
  take(now: number): T[] {
    const due = [...this.#byTime.keys()].filter((time) => time <= now).sort((left, right) => left - right);
    const items = due.flatMap((time) => this.#byTime.get(time) ?? []);
    for (const time of due) this.#byTime.delete(time);
    return items;
  }
}
