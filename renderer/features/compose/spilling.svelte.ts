import type { AppError } from '#shared/errors.ts';
import type { SendRequest } from '#shared/ipc/plan.ts';
import type { MergedMessage } from '#shared/ipc/recipients.ts';
import { toAppError, type EngineClient } from '../../lib/link.ts';

/** Rows read at a time. */
const PAGE = 100;

/** The people whose message takes a number of parts or more. */
export class Spilling {
  readonly #engine: EngineClient;
  #request: SendRequest | null = null;
  #cursor: string | undefined;
  #run = 0;

  /** Least parts of the rows; null while the list is closed. */
  parts: number | null = $state(null);
  rows: readonly MergedMessage[] = $state.raw([]);
  hasMore = $state(false);
  busy = $state(false);
  error: AppError | null = $state.raw(null);

  constructor(engine: EngineClient) {
    this.#engine = engine;
  }

  /** Opens the list. */
  open(request: SendRequest, parts: number): void {
    this.#request = request;
    this.parts = parts;
    this.rows = [];
    this.#cursor = undefined;
    this.busy = false;
    void this.more();
  }

  /** Closes it and drops what is under way. */
  close(): void {
    this.#run++;
    this.parts = null;
    this.rows = [];
  }

  /** Reads the next rows. */
  async more(): Promise<void> {
    const { parts } = this;
    if (this.busy || parts === null || !this.#request) return;
    const run = ++this.#run;
    this.busy = true;
    this.error = null;
    try {
      const page = await this.#engine.recipients.spilling({
        request: this.#request,
        parts,
        limit: PAGE,
        ...(this.#cursor !== undefined && { cursor: this.#cursor }),
      });
      if (run !== this.#run) return;
      this.rows = [...this.rows, ...page.rows];
      this.#cursor = page.next;
      this.hasMore = page.next !== undefined;
    } catch (thrown) {
      if (run === this.#run) this.error = toAppError(thrown);
    } finally {
      if (run === this.#run) this.busy = false;
    }
  }
}
