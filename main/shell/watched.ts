/** A value that others want to hear about when it changes. */
export type Watched<T> = {
  get(): T;
  /** Replaces the value and tells every listener, in the order in which they came. */
  set(value: T): void;
  /** Calls `listener` with each later value until the returned function is called. */
  watch(listener: (value: T) => void): () => void;
};

/** Makes a {@link Watched} that starts with `value`. */
export function watched<T>(value: T): Watched<T> {
  const listeners = new Set<(value: T) => void>();
  let current = value;
  return {
    get: () => current,
    set(next) {
      current = next;
      for (const listener of [...listeners]) listener(next);
    },
    watch(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
