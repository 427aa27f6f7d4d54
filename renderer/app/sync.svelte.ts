import type { AppError } from '#shared/errors.ts';
import type { Space } from '#shared/ids.ts';
import type { SyncView } from '#shared/ipc/messages.ts';
import { toAppError, type Link } from '../lib/link.ts';

/** What the sync mark can say. */
export type SyncKind = 'engine' | 'starting' | 'running' | 'failed' | 'gaps' | 'never' | 'fresh';

/** How fresh the reports are, live. */
export class SyncState {
  view: SyncView | null = $state.raw(null);
  error: AppError | null = $state.raw(null);
  #asking = $state(false);
  readonly #link: Link;

  constructor(link: Link) {
    this.#link = link;
  }

  kind: SyncKind = $derived.by(() => {
    const engine = this.#link.engineState.current.state;
    if (engine !== 'running') return engine === 'starting' ? 'starting' : 'engine';
    if (this.#asking || this.view?.running) return 'running';
    if (this.error || this.view?.failed) return 'failed';
    if (!this.view) return 'never';
    if (this.view.gaps.length > 0) return 'gaps';
    return this.at === null ? 'never' : 'fresh';
  });

  /** When reports were last fetched, in any way. */
  get at(): number | null {
    const times = [this.view?.lastReportPull, this.view?.lastLogSweep].filter(
      (one) => typeof one === 'number',
    );
    return times.length === 0 ? null : Math.max(...times);
  }

  /** Follows one space; returns the function that stops it. */
  follow(space: Space): () => void {
    this.view = null;
    this.error = null;
    return this.#link.follow(
      (signal) => this.#link.engine.messages.syncState({ space }, { signal }),
      (view) => {
        this.view = view;
      },
      (error) => {
        this.error = error;
      },
    );
  }

  /** Fetches now. */
  async now(space: Space): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    this.error = null;
    try {
      this.view = await this.#link.engine.messages.sync({ space });
    } catch (thrown) {
      this.error = toAppError(thrown);
    } finally {
      this.#asking = false;
    }
  }
}
