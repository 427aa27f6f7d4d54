import type { AppError } from '#shared/errors.ts';
import type { Space } from '#shared/ids.ts';
import type { DraftView } from '#shared/ipc/drafts.ts';
import { act } from '../../lib/act.ts';
import { toAppError, type Link } from '../../lib/link.ts';

/** Rows read at a time. */
const PAGE = 50;

/** The drafts of one space: how many there are, live, and the list while it is open. */
export class DraftList {
  readonly #link: Link;
  readonly #space: Space;
  #cursor: string | undefined;
  #run = 0;

  /** 0 until known. */
  total = $state(0);
  /** Last changed first; null while the list is closed or not read yet. */
  rows: readonly DraftView[] | null = $state.raw(null);
  hasMore = $state(false);
  /** The one that was removed last and can come back. */
  removed: DraftView | null = $state.raw(null);
  error: AppError | null = $state.raw(null);
  busy = $state(false);

  constructor(link: Link, space: Space) {
    this.#link = link;
    this.#space = space;
  }

  /** Follows the number of drafts. Returns the function that stops it. */
  start(): () => void {
    const { engine } = this.#link;
    return this.#link.follow(
      (signal) => engine.drafts.watch({ space: this.#space }, { signal }),
      ({ total }) => {
        this.total = total;
      },
    );
  }

  /** Reads the list from its beginning. */
  load(): Promise<void> {
    this.#cursor = undefined;
    return this.#read([]);
  }

  /** Reads the next rows. */
  more(): Promise<void> {
    return this.#read(this.rows ?? []);
  }

  /** Forgets the rows. */
  close(): void {
    this.#run++;
    this.rows = null;
    this.removed = null;
    this.error = null;
  }

  /**
   * Removes a draft; it can come back until the list is closed.
   *
   * @returns whether it was removed
   */
  remove(draft: DraftView): Promise<boolean> {
    return act(this, async () => {
      await this.#link.engine.drafts.remove({ space: this.#space, id: draft.id });
      this.removed = draft;
      this.rows = (this.rows ?? []).filter((one) => one.id !== draft.id);
    });
  }

  /** Brings back the one that was removed last. */
  async undo(): Promise<void> {
    const { removed } = this;
    if (!removed) return;
    await act(this, async () => {
      await this.#link.engine.drafts.restore({ space: this.#space, id: removed.id });
      this.removed = null;
      await this.load();
    });
  }

  async #read(before: readonly DraftView[]): Promise<void> {
    const run = ++this.#run;
    try {
      const page = await this.#link.engine.drafts.list({
        space: this.#space,
        limit: PAGE,
        ...(this.#cursor !== undefined && { cursor: this.#cursor }),
      });
      if (run !== this.#run) return;
      this.rows = [...before, ...page.rows];
      this.#cursor = page.next;
      this.hasMore = page.next !== undefined;
      this.error = null;
    } catch (thrown) {
      if (run === this.#run) this.error = toAppError(thrown);
    }
  }
}
