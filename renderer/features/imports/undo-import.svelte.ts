import type { AppError } from '#shared/errors.ts';
import type { Space } from '#shared/ids.ts';
import type { DoneImport } from '#shared/ipc/imports.ts';
import { act } from '../../lib/act.ts';
import { toAppError, type EngineClient } from '../../lib/link.ts';

/** What must be known of an import to take it back. */
export type Undoable = Pick<DoneImport, 'id' | 'purpose' | 'fileName' | 'counts'>;

/** What taking back did; see {@link import('#shared/ipc/imports.ts').importsContract}. */
export type Undone = {
  readonly id: number;
  readonly removed: number;
  readonly restored: number;
  readonly kept: number;
};

/** Taking a whole import back: asking, doing, telling. */
export class UndoImport {
  readonly #engine: EngineClient;
  readonly #space: Space;
  readonly #onundone: () => void;

  /** The import that the user is asked about; null while nobody is asked. */
  asked: Undoable | null = $state.raw(null);
  busy = $state(false);
  error: AppError | null = $state.raw(null);
  /** Numbers that may get messages again then; null while that is being counted, and where the import brought none. */
  frees: number | null = $state(null);
  /** The one that was taken back last. */
  done: Undone | null = $state.raw(null);

  /** `onundone` is called after one was taken back. */
  constructor(engine: EngineClient, space: Space, onundone: () => void = () => undefined) {
    this.#engine = engine;
    this.#space = space;
    this.#onundone = onundone;
  }

  /** Asks whether to take it back. */
  ask(one: Undoable): void {
    this.asked = one;
    this.error = null;
    this.frees = null;
    if (this.isCounting) void this.#count(one);
  }

  /** How much it does is not known yet. */
  get isCounting(): boolean {
    return this.asked?.purpose === 'do-not-message' && this.frees === null && this.error === null;
  }

  /** Closes the question. */
  close(): void {
    if (!this.busy) this.asked = null;
  }

  /** Takes the import back that was asked about. */
  async confirm(): Promise<void> {
    const { asked } = this;
    if (!asked) return;
    await act(this, async () => {
      const told = await this.#engine.imports.undo({ space: this.#space, id: asked.id });
      this.done = { id: asked.id, ...told };
      this.asked = null;
      this.#onundone();
    });
  }

  async #count(one: Undoable): Promise<void> {
    try {
      const { numbers } = await this.#engine.imports.frees({ space: this.#space, id: one.id });
      if (this.asked === one) this.frees = numbers;
    } catch (thrown) {
      if (this.asked === one) this.error = toAppError(thrown);
    }
  }
}
