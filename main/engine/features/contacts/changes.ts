/** Who is told of changes of people, and how many there were. */
export type PeopleChanges = ReturnType<typeof createPeopleChanges>;

/** One per space. */
export function createPeopleChanges() {
  const listeners = new Set<() => void>();
  let revision = 0;
  const tell = () => {
    for (const listener of listeners) listener();
  };
  return {
    /** Counts up with every change of people, groups, fields or the do-not-message list. */
    revision: (): number => revision,
    /** People, groups, fields or the do-not-message list changed. */
    changed() {
      revision++;
      tell();
    },
    /** Something became known of numbers: what is shown changed, but not who there is. */
    factsChanged: tell,
    /** Calls `listener` after each change, until the returned function is called. */
    onChange(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** Gives what `make` made since the last change, and makes it anew after one. */
    cached<T>(make: () => T): () => T {
      let kept: { readonly at: number; readonly value: T } | null = null;
      return () => {
        if (kept?.at !== revision) kept = { at: revision, value: make() };
        return kept.value;
      };
    },
  };
}
