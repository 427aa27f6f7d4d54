import type { WantedPlace } from '#shared/ipc/shell.ts';

/** Passes on what the user asked for, once: to the page that is there, or else to the next one. */
export type Wanted = {
  ask(place: WantedPlace): void;
  /** What was asked for and not yet passed on; `null` when nothing was. */
  take(): WantedPlace | null;
  /** Calls `listener` whenever something is asked for, until the returned function is called. */
  watch(listener: () => void): () => void;
};

/** Makes a {@link Wanted}. A page that loads later must not be led to what was asked for long before, so each is told once. */
export function createWanted(): Wanted {
  const listeners = new Set<() => void>();
  let open: WantedPlace | null = null;
  return {
    ask(place) {
      open = place;
      for (const listener of [...listeners]) listener();
    },
    take() {
      const taken = open;
      open = null;
      return taken;
    },
    watch(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
