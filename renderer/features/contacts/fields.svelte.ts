import type { AppError } from '#shared/errors.ts';
import type { Space } from '#shared/ids.ts';
import type { Field } from '#shared/ipc/contacts.ts';
import { act } from '../../lib/act.ts';
import type { EngineClient } from '../../lib/link.ts';

/** Changing the user's own fields. One thing at a time. */
export class FieldsModel {
  readonly #engine: EngineClient;
  readonly #space: Space;
  readonly #changed: () => Promise<void>;

  name = $state('');
  kind: Field['kind'] = $state('text');
  /** The one whose name and kind are written above; null for a new one. */
  editing: Field | null = $state.raw(null);
  /** The one whose removal is asked about, because people have a value in it. */
  removing: Field | null = $state.raw(null);
  isNameMissing = $state(false);
  error: AppError | null = $state.raw(null);
  busy = $state(false);

  /** @param changed called after each change; resolves when the fields are read anew */
  constructor(engine: EngineClient, space: Space, changed: () => Promise<void>) {
    this.#engine = engine;
    this.#space = space;
    this.#changed = changed;
  }

  /** Begins to change a field, or goes back to a new one with `null`. */
  edit(field: Field | null): void {
    this.editing = field;
    this.removing = null;
    this.name = field?.name ?? '';
    this.kind = field?.kind ?? 'text';
    this.isNameMissing = false;
    this.error = null;
  }

  /** Stores the new field, or the changed one. */
  async save(): Promise<void> {
    const name = this.name.trim();
    this.isNameMissing = name === '';
    if (this.isNameMissing) return;
    const { editing, kind } = this;
    const written = { space: this.#space, name, kind };
    const isDone = await this.#change(() =>
      editing
        ? this.#engine.contacts.updateField({ ...written, id: editing.id })
        : this.#engine.contacts.addField(written),
    );
    if (isDone) this.edit(null);
  }

  /** Moves a field to a place of the list (0: first). */
  async move({ id, name, kind }: Field, place: number): Promise<void> {
    await this.#change(() =>
      this.#engine.contacts.updateField({ space: this.#space, id, name, kind, place }),
    );
  }

  /** Removes an unused field at once, and asks about one that people have a value in. */
  async askRemoval(field: Field): Promise<void> {
    if (field.used === 0) await this.remove(field);
    else this.removing = field;
  }

  /** Removes a field with the values that the user was told of. */
  async remove({ id, used }: Field): Promise<void> {
    await this.#change(() => this.#engine.contacts.removeField({ space: this.#space, id, used }));
    this.removing = null;
  }

  async #change(call: () => Promise<unknown>): Promise<boolean> {
    const isDone = await act(this, call);
    await this.#changed();
    return isDone;
  }
}
