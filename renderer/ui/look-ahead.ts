import type { VirtualizerHandle } from 'virtua/svelte';

/** How many rows before an end of the window more are asked for. */
const AHEAD = 20;

/** A window of a longer list, and how more of it is asked for. */
type Window = {
  readonly rows: readonly unknown[];
  /** Index in the whole list of `rows[0]`. */
  readonly firstIndex: number;
  readonly onEndReached: (() => void) | undefined;
  readonly onStartReached: (() => void) | undefined;
};

/** Asks once for more rows when an end of the window comes near; again only after the list has changed. */
export class LookAhead {
  #askedAtEnd: unknown = null;
  #askedAtStart: unknown = null;

  /** To be called whenever the table has scrolled or its size has changed. */
  look(handle: VirtualizerHandle, { rows, firstIndex, onEndReached, onStartReached }: Window): void {
    if (rows.length === 0) return;
    const top = handle.getScrollOffset();
    const last = handle.findItemIndex(top + handle.getViewportSize());
    if (last >= rows.length - AHEAD && this.#askedAtEnd !== rows) {
      this.#askedAtEnd = rows;
      onEndReached?.();
    }
    if (firstIndex > 0 && handle.findItemIndex(top) <= AHEAD && this.#askedAtStart !== rows) {
      this.#askedAtStart = rows;
      onStartReached?.();
    }
  }
}
