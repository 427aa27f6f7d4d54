/** Keeps the newest few results of long work, so that asking the same again, also while it is under way, does not do it anew. */
export function createNewest<K, T>(size: number, isSame: (one: K, other: K) => boolean) {
  let kept: { readonly key: K; readonly value: Promise<T> }[] = [];
  return {
    /** The result for a key, made by `make` when it is not among the kept ones. A failure is not kept. */
    get(key: K, make: () => Promise<T>): Promise<T> {
      const found = kept.find((one) => isSame(one.key, key));
      if (found) return found.value;
      const value = make();
      const entry = { key, value };
      kept = [entry, ...kept].slice(0, size);
      value.catch(() => {
        kept = kept.filter((one) => one !== entry);
      });
      return value;
    },
  };
}
