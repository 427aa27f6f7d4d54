import type { AppError } from '#shared/errors.ts';
import type { Space } from '#shared/ids.ts';
import type { Found } from '#shared/ipc/recipients.ts';
import { toAppError, type EngineClient } from '../../lib/link.ts';

/** Pause (ms) in typing after which is searched. */
const PAUSE = 150;
/** Rows that a search shows. */
const SHOWN = 20;

/** Finds people and groups while their name is typed. The answer to a search that has changed since is dropped. */
export class PeopleSearch {
  readonly #engine: EngineClient;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #run = 0;

  text = $state('');
  isOpen = $state(false);
  /** The answer to {@link text}; null while it is awaited. */
  found: readonly Found[] | null = $state.raw(null);
  /** The row that Enter takes. */
  active = $state(0);
  error: AppError | null = $state.raw(null);

  constructor(engine: EngineClient) {
    this.#engine = engine;
  }

  /** Opens the list and searches, at once where nothing is typed. */
  open(space: Space): void {
    if (this.isOpen) return;
    this.isOpen = true;
    this.search(space, 0);
  }

  /** Closes the list and forgets the answer. */
  close(): void {
    clearTimeout(this.#timer);
    this.#run++;
    this.isOpen = false;
    this.found = null;
    this.error = null;
  }

  /** Searches for what is typed, after a pause (ms). */
  search(space: Space, pause = PAUSE): void {
    clearTimeout(this.#timer);
    const run = ++this.#run;
    this.isOpen = true;
    this.#timer = setTimeout(() => void this.#ask(space, run), pause);
  }

  /** Moves the row that Enter takes, around the ends. */
  move(step: 1 | -1): void {
    const length = this.found?.length ?? 0;
    if (length > 0) this.active = (this.active + step + length) % length;
  }

  async #ask(space: Space, run: number): Promise<void> {
    try {
      const found = await this.#engine.recipients.find({ space, search: this.text.trim(), limit: SHOWN });
      if (run !== this.#run) return;
      this.found = found;
      this.active = 0;
      this.error = null;
    } catch (thrown) {
      if (run === this.#run) this.error = toAppError(thrown);
    }
  }
}
