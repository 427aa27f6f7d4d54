import type { Space } from '#shared/ids.ts';
import type { CampaignView } from '#shared/ipc/campaign-view.ts';
import type { Link } from '../../lib/link.ts';
import { RowWindow } from '../../lib/row-window.svelte.ts';

/** Shortest time (ms) between two readings of the list while messages change. */
const REFRESH_GAP = 1000;

/** The campaigns of one space, newest first, kept up to date while it is open. */
export class CampaignListModel {
  readonly #link: Link;
  readonly space: Space;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly rows: RowWindow<CampaignView>;

  constructor(link: Link, space: Space) {
    this.#link = link;
    this.space = space;
    this.rows = new RowWindow((cursor, limit) =>
      link.engine.campaigns.list({ space, limit, ...(cursor === undefined ? {} : { cursor }) }),
    );
  }

  /** Reads the list and follows the changes of its messages. Returns the function that stops it. */
  start(): () => void {
    void this.rows.reload();
    let isSnapshot = true;
    const stop = this.#link.follow(
      (signal) => this.#link.engine.messages.changes({ space: this.space }, { signal }),
      () => {
        if (!isSnapshot) this.#refreshSoon();
        isSnapshot = false;
      },
    );
    return () => {
      stop();
      clearTimeout(this.#timer);
    };
  }

  #refreshSoon(): void {
    if (this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.rows.refresh();
    }, REFRESH_GAP);
  }
}
