import { appError, type AppError } from '#shared/errors.ts';
import type { Space } from '#shared/ids.ts';
import type { ContactChoice, Field } from '#shared/ipc/contacts.ts';
import type { ExportState } from '#shared/ipc/exports.ts';
import { toAppError, type Link } from '../../lib/link.ts';
import type { ExportColumns } from './export-columns.svelte.ts';

/** Writing some contacts to a file, from the choice of a place to the end. */
export class ExportModel {
  readonly #link: Link;
  readonly #space: Space;
  #unfollow: () => void = () => undefined;
  #id: string | null = null;
  #isOver = false;

  fields: readonly Field[] = $state.raw([]);
  state: ExportState | null = $state.raw(null);
  /** Name of the file that is or was written. */
  file = $state('');
  busy: 'start' | 'stop' | null = $state(null);
  error: AppError | null = $state.raw(null);

  constructor(link: Link, space: Space) {
    this.#link = link;
    this.#space = space;
  }

  /** The file is being written. */
  get isWriting(): boolean {
    return this.state?.phase === 'writing';
  }

  /** Reads the user's fields and offers them. Returns the function that ends everything. */
  start(columns: ExportColumns): () => void {
    void this.#readFields(columns);
    return () => {
      this.#isOver = true;
      this.#unfollow();
    };
  }

  /** Asks for a place and writes there; `name` is suggested, without its ending. */
  async write(choice: ContactChoice, { format, wanted }: ExportColumns, name: string): Promise<void> {
    if (this.busy || this.isWriting) return;
    this.busy = 'start';
    this.error = null;
    this.state = null;
    try {
      const place = await this.#link.shell.files.chooseSave({ name: `${name}.${format}`, format });
      if (!place || this.#isOver) return;
      this.file = place.name;
      const { id } = await this.#link.engine.exports.start({
        space: this.#space,
        choice,
        format,
        columns: wanted,
        save: place.handle,
      });
      this.#id = id;
      this.#follow(id);
    } catch (thrown) {
      this.error = toAppError(thrown);
    } finally {
      this.busy = null;
    }
  }

  /** Stops writing; no file stays. */
  async stop(): Promise<void> {
    if (this.#id === null || this.busy) return;
    this.busy = 'stop';
    try {
      await this.#link.engine.exports.cancel({ id: this.#id });
    } catch (thrown) {
      this.error = toAppError(thrown);
    } finally {
      this.busy = null;
    }
  }

  /** Back to the choice of columns. */
  again(): void {
    this.#unfollow();
    this.state = null;
    this.error = null;
  }

  #follow(id: string): void {
    this.#unfollow();
    this.state = { phase: 'writing', done: 0, total: 0, timeLeft: null, error: null };
    this.#unfollow = this.#link.follow(
      (signal) => this.#link.engine.exports.watch({ id }, { signal }),
      (state) => {
        this.state = state;
        if (state.error) this.error = appError(state.error.code, state.error.facts);
      },
      (error) => {
        /* The engine restarted and knows nothing of it: the file was not replaced. */
        this.state = null;
        this.error = error.code === 'NOT_FOUND' ? appError('FILE_NOT_WRITTEN') : error;
      },
    );
  }

  async #readFields(columns: ExportColumns): Promise<void> {
    try {
      this.fields = await this.#link.engine.contacts.fields({ space: this.#space });
      columns.offer(this.fields);
    } catch (thrown) {
      this.error = toAppError(thrown);
    }
  }
}
