import type { AppError } from '#shared/errors.ts';
import type { Space } from '#shared/ids.ts';
import type { Contact } from '#shared/ipc/contacts.ts';
import type { Group } from '#shared/ipc/groups.ts';
import type { DoneImport } from '#shared/ipc/imports.ts';
import { toAppError, type EngineClient } from '../../lib/link.ts';
import { RuleDraft } from './rule-draft.svelte.ts';

/** Pause (ms) in writing after which the rule is tried. */
const PREVIEW_PAUSE = 300;
/** Imports that a condition can name: the newest ones. */
const IMPORTS_OFFERED = 50;

/** Whom a rule finds now. */
type Preview = { readonly count: number; readonly sample: readonly Contact[] };

/** A smart group as it is being written: its name, its rule, and whom that finds. */
export class RuleForm {
  readonly #engine: EngineClient;
  readonly #space: Space;
  readonly #id: number | null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Answers to older questions are dropped. */
  #asked = 0;

  name = $state('');
  readonly draft: RuleDraft;
  /** Null while it is being asked for, or the rule is not complete. */
  preview: Preview | null = $state.raw(null);
  /** Why the rule cannot be tried. */
  previewError: AppError | null = $state.raw(null);
  /** Why it was not stored. */
  error: AppError | null = $state.raw(null);
  imports: readonly DoneImport[] = $state.raw([]);
  /** Storing was tried: what is missing is said from then on. */
  isTried = $state(false);
  busy = $state(false);

  /** @param group the one to change; null for a new one */
  constructor(engine: EngineClient, space: Space, group: Group | null) {
    this.#engine = engine;
    this.#space = space;
    this.#id = group?.id ?? null;
    this.name = group?.name ?? '';
    this.draft = group?.rule ? RuleDraft.from(group.rule) : new RuleDraft();
    if (this.draft.of.length === 0) this.draft.addCondition();
  }

  /** Reads the imports that can be named. */
  async readImports(): Promise<void> {
    try {
      const { rows } = await this.#engine.imports.history({ space: this.#space, limit: IMPORTS_OFFERED });
      this.imports = rows.filter(({ purpose, undoneAt }) => purpose === 'contacts' && undoneAt === null);
    } catch (thrown) {
      this.error = toAppError(thrown);
    }
  }

  /** The rule was changed: finds out whom it finds as soon as the writer pauses. */
  changed(): void {
    clearTimeout(this.#timer);
    this.#asked++;
    this.preview = null;
    this.previewError = null;
    if (this.draft.rule) this.#timer = setTimeout(() => void this.#ask(), PREVIEW_PAUSE);
  }

  /** Stores the group; gives it, or null when that failed or something is missing. */
  async save(): Promise<Group | null> {
    this.isTried = true;
    const { rule } = this.draft;
    const name = this.name.trim();
    if (this.busy || name === '' || !rule || rule.of.length === 0) return null;
    this.busy = true;
    this.error = null;
    const written = { space: this.#space, name, rule };
    try {
      return await (this.#id === null
        ? this.#engine.groups.add(written)
        : this.#engine.groups.update({ ...written, id: this.#id }));
    } catch (thrown) {
      this.error = toAppError(thrown);
      return null;
    } finally {
      this.busy = false;
    }
  }

  /** Drops what is under way. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#asked++;
  }

  async #ask(): Promise<void> {
    const { rule } = this.draft;
    if (!rule) return;
    const asked = ++this.#asked;
    try {
      const preview = await this.#engine.groups.preview({ space: this.#space, rule });
      if (asked === this.#asked) this.preview = preview;
    } catch (thrown) {
      if (asked === this.#asked) this.previewError = toAppError(thrown);
    }
  }
}
