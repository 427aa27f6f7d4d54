import type { AppError } from '#shared/errors.ts';
import type { ImportRules } from '#shared/ipc/imports.ts';
import { OPENED_IMPORT } from '#shared/ipc/opened-import.ts';
import { toAppError } from '../../lib/link.ts';
import { faultOf } from './column-choices.ts';
import { FollowedImport } from './followed-import.svelte.ts';
import { saveRejected } from './save-rejected.ts';

/** After these it is not known whether a commit was carried out. */
const isOpen = ({ code }: AppError): boolean => code === 'LINK_LOST' || code === 'IMPORT_GONE';

/**
 * The one import that is prepared in a space, from its source to its end: checking, writing, stopping. It outlives the panel, so that
 * closing that loses nothing and an import under way goes on.
 */
export class ImportModel extends FollowedImport {
  /** Checks every row; {@link state} tells how far that is. */
  async check(): Promise<void> {
    const { preview, mapping, rules } = this;
    if (!preview || !mapping || faultOf(mapping) || this.busy) return;
    const newGroup = rules.newGroup?.trim();
    const wanted: ImportRules = {
      existing: rules.existing,
      groups: rules.groups,
      ...(newGroup && { newGroup }),
    };
    const before = this.state;
    await this.#act('check', async () => {
      this.notice = null;
      this.saved = null;
      this.isStale = false;
      this.state = { ...OPENED_IMPORT, phase: 'checking' };
      try {
        await this.link.engine.imports.check({ space: this.space, id: preview.id, mapping, rules: wanted });
      } catch (thrown) {
        this.state = before;
        this.isStale = true;
        throw thrown;
      }
    });
  }

  /** Writes what was checked. The token lives until the outcome is known, so that nothing is written twice. */
  async commit(): Promise<void> {
    const { preview } = this;
    const expected = this.state?.counts;
    if (!preview || !expected || !this.isChecked) return;
    if (this.token === null) this.begunAt = Date.now();
    const token = (this.token ??= crypto.randomUUID());
    await this.#act('commit', async () => {
      this.notice = null;
      try {
        await this.link.engine.imports.commit({ space: this.space, id: preview.id, expected, token });
      } catch (thrown) {
        const error = toAppError(thrown);
        if (!isOpen(error)) this.token = null;
        if (error.code !== 'IMPORT_CHANGED') throw thrown;
        this.notice = 'changed';
        this.rows?.show(this.rows.class);
      }
    });
  }

  /** Stops checking or writing; nothing of it stays written. Then the columns are there again. */
  async stop(): Promise<void> {
    const { preview } = this;
    if (!preview || this.isStopping) return;
    this.isStopping = true;
    this.busy = 'stop';
    try {
      await this.link.engine.imports.cancel({ space: this.space, id: preview.id });
    } catch (thrown) {
      this.isStopping = false;
      this.fail(thrown);
    } finally {
      if (this.busy === 'stop') this.busy = null;
    }
  }

  /** Drops what is prepared. */
  drop(): void {
    if (this.preview && this.step !== 'done') this.forget(this.preview.id);
    this.reset();
  }

  /** Writes the rejected rows to a file that the user chooses; `name` is suggested. */
  async save(name: string): Promise<void> {
    const { preview, state } = this;
    if (!preview) return;
    const of = state?.importId ? { done: state.importId } : { id: preview.id };
    await this.#act('save', async () => {
      this.saved = (await saveRejected(this.link, this.space, of, name)) ?? this.saved;
    });
  }

  async #act(what: 'check' | 'commit' | 'save', call: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    const generation = this.generation;
    this.busy = what;
    this.error = null;
    try {
      await call();
    } catch (thrown) {
      if (generation === this.generation) this.fail(thrown);
    } finally {
      if (this.busy === what) this.busy = null;
    }
  }
}
