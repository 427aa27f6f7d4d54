import type { AppError } from '#shared/errors.ts';
import type { Space } from '#shared/ids.ts';
import type { DoneImport } from '#shared/ipc/imports.ts';
import { toAppError, type Link } from '../../lib/link.ts';
import { RowWindow } from '../../lib/row-window.svelte.ts';
import { saveRejected, type SavedRows } from './save-rejected.ts';
import { UndoImport } from './undo-import.svelte.ts';

/** The imports that were done in a space, newest first. */
export class ImportHistoryModel {
  readonly #link: Link;
  readonly #space: Space;

  readonly rows: RowWindow<DoneImport>;
  readonly undo: UndoImport;
  error: AppError | null = $state.raw(null);
  /** Import whose rejected rows are being saved. */
  saving: number | null = $state(null);
  saved: SavedRows | null = $state.raw(null);

  constructor(link: Link, space: Space) {
    this.#link = link;
    this.#space = space;
    this.rows = new RowWindow((cursor, limit) =>
      link.engine.imports.history({ space, limit, ...(cursor !== undefined && { cursor }) }),
    );
    this.undo = new UndoImport(link.engine, space, () => void this.rows.refresh());
  }

  /** Writes the rejected rows of an import to a file that the user chooses; `name` is suggested. */
  async save(id: number, name: string): Promise<void> {
    if (this.saving !== null) return;
    this.saving = id;
    this.error = null;
    try {
      this.saved = (await saveRejected(this.#link, this.#space, { done: id }, name)) ?? this.saved;
    } catch (thrown) {
      this.error = toAppError(thrown);
    } finally {
      this.saving = null;
    }
  }
}
