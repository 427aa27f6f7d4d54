import type { Space } from '#shared/ids.ts';
import type { Link } from '../lib/link.ts';

/** How much in the outbox waits for the user without having a page of its own: repeated sendings that stopped by themselves. */
export class OutboxMark {
  readonly #link: Link;

  count = $state(0);

  constructor(link: Link) {
    this.#link = link;
  }

  /** Follows one space; returns the function that stops it. What cannot be read is told by the outbox, not by its mark. */
  follow(space: Space): () => void {
    this.count = 0;
    return this.#link.follow(
      (signal) => this.#link.engine.series.watch({ space }, { signal }),
      (all) => {
        this.count = all.filter((one) => one.state === 'waiting' && one.trouble?.kind !== 'user').length;
      },
    );
  }
}
