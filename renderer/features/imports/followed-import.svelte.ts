import { appError, type AppError } from '#shared/errors.ts';
import type { Space } from '#shared/ids.ts';
import type {
  ImportMapping,
  ImportPreview,
  ImportPurpose,
  ImportRules,
  ImportState,
  ReadOptions,
} from '#shared/ipc/imports.ts';
import { toAppError, type Link } from '../../lib/link.ts';
import { CheckedRows, firstClass } from './checked-rows.svelte.ts';
import { isSameShape, numberColumnOf } from './column-choices.ts';
import { findDone, readPlaces } from './import-places.ts';
import { PLAIN_RULES, PreparedImport, type NamedSource } from './prepared-import.svelte.ts';

/** What was said about the columns of an import that is no longer open. */
type Kept = { readonly preview: ImportPreview; readonly mapping: ImportMapping; readonly rules: ImportRules };

/**
 * Opening a source and following what the engine makes of it, to its end or loss. Answers that come late, after another source was
 * chosen, are dropped.
 */
export class FollowedImport extends PreparedImport {
  protected readonly link: Link;
  readonly space: Space;
  /** Grows with every beginning: an answer to an older one comes too late. */
  protected generation = 0;
  /** Of the commit whose outcome is not known yet. */
  protected token: string | null = null;
  /** When that commit was begun (ms). */
  protected begunAt = 0;
  protected isStopping = false;
  #unfollow: () => void = () => undefined;
  #options: ReadOptions = {};
  #kept: Kept | null = null;

  constructor(link: Link, space: Space) {
    super();
    this.link = link;
    this.space = space;
  }

  /** Takes a source: at once when nothing is prepared or the user is choosing one, else after asking. */
  offer(source: NamedSource): void {
    if (this.step === 'committing') return;
    if (this.isPrepared && this.view !== 'source') this.offered = source;
    else void this.open(source);
  }

  /** Opens a source and drops what was prepared. `replace` drops an import that this page does not know, too. */
  async open(source: NamedSource, replace = false): Promise<void> {
    if (this.source?.source !== source.source) this.#options = {};
    const isReplacing = replace || this.isPrepared || this.busy === 'open';
    const generation = this.begin(source);
    this.busy = 'open';
    const { space, purpose } = this;
    try {
      const preview = await this.link.engine.imports.open({
        space,
        purpose,
        source: source.source,
        options: this.#options,
        ...(isReplacing && { replace: true }),
      });
      if (generation !== this.generation) {
        /* Nobody waits for it any more. Where another source followed, that one has replaced it already. */
        this.forget(preview.id);
        return;
      }
      this.#take(preview);
      void this.#readChoices();
    } catch (thrown) {
      if (generation !== this.generation) return;
      this.error = toAppError(thrown);
      if (this.error.code === 'IMPORT_BUSY') this.refused = source;
    } finally {
      if (generation === this.generation) this.busy = null;
    }
  }

  /** Opens the last source again, with what was said about its columns. */
  async openAgain(): Promise<void> {
    this.#keep();
    if (this.source) await this.open(this.source, true);
  }

  /** Reads the same source in another way. The last wish counts, in whatever order answers come. */
  async reread(options: ReadOptions): Promise<void> {
    const { preview } = this;
    if (!preview) return;
    this.#options = { ...this.#options, ...options };
    const generation = ++this.generation;
    this.busy = 'reread';
    this.error = null;
    try {
      const next = await this.link.engine.imports.reopen({
        space: this.space,
        id: preview.id,
        options: this.#options,
      });
      if (generation === this.generation) this.#take(next);
    } catch (thrown) {
      if (generation === this.generation) this.fail(thrown);
    } finally {
      if (generation === this.generation) this.busy = null;
    }
  }

  /** Begins anew, without a source. */
  reset(purpose: ImportPurpose = this.purpose): void {
    this.begin(null);
    this.#kept = null;
    this.#options = {};
    this.purpose = purpose;
    this.rules = PLAIN_RULES;
    this.busy = null;
  }

  /** Begins with another source, or with none. Whatever is under way belongs to the past then; gives the number of the new beginning. */
  protected begin(source: NamedSource | null): number {
    this.#unfollow();
    this.#unfollow = () => undefined;
    this.token = null;
    this.isStopping = false;
    this.clear(source);
    return ++this.generation;
  }

  /** Nobody waits for the answer: an import that is gone already is as good. */
  protected forget(id: string): void {
    this.link.engine.imports.cancel({ space: this.space, id }).catch(() => undefined);
  }

  protected fail(thrown: unknown): void {
    const error = toAppError(thrown);
    if (error.code === 'IMPORT_GONE') void this.#lose(error);
    else this.error = error;
  }

  #take(preview: ImportPreview): void {
    const kept = this.#kept;
    const isSame = kept !== null && isSameShape(kept.preview, preview);
    const isOther = this.preview?.id !== preview.id;
    this.preview = preview;
    this.mapping = isSame ? kept.mapping : preview.mapping;
    if (isSame) this.rules = kept.rules;
    this.#kept = null;
    this.isStale = this.state?.phase === 'checked';
    this.view = 'columns';
    if (isOther) this.#follow(preview.id);
  }

  #keep(): void {
    const { preview, mapping, rules } = this;
    if (preview && mapping) this.#kept = { preview, mapping, rules };
  }

  #follow(id: string): void {
    this.#unfollow();
    this.#unfollow = this.link.follow(
      (signal) => this.link.engine.imports.watch({ space: this.space, id }, { signal }),
      (state) => this.#hear(state),
      (error) => void this.#lose(error),
    );
  }

  #hear(state: ImportState): void {
    const before = this.state?.phase;
    this.state = state;
    if (state.phase === 'checked' && before !== 'checked') this.#showRows(state);
    else if (state.phase === 'cancelled') void this.#lose(appError('IMPORT_GONE'));
    else if (state.phase === 'failed') {
      this.error = state.error && appError(state.error.code, state.error.facts);
      this.view = 'columns';
    }
  }

  #showRows({ counts }: ImportState): void {
    const { preview, mapping } = this;
    if (!preview || !mapping) return;
    const prepared = { space: this.space, id: preview.id };
    const rows = new CheckedRows(this.link.engine, prepared, numberColumnOf(mapping), (now) => {
      if (this.rows !== rows || !this.state) return;
      this.state = { ...this.state, counts: now };
      this.isCorrected = true;
    });
    this.rows = rows;
    this.isCorrected = false;
    rows.show(firstClass(counts));
    this.view = 'result';
  }

  async #afterStop(): Promise<void> {
    const before = this.generation;
    const kept = this.state?.kept ?? 0;
    await this.openAgain();
    if (this.generation !== before + 1) return;
    this.notice = 'stopped';
    this.leftBehind = kept;
  }

  /** The engine no longer knows the import. One that was being written may have been finished: the history tells. */
  async #lose(error: AppError): Promise<void> {
    const { preview, state } = this;
    if (error.code !== 'IMPORT_GONE' || !preview) {
      this.error = error;
      return;
    }
    if (this.isStopping) {
      await this.#afterStop();
      return;
    }
    const generation = this.generation;
    const done =
      this.token !== null ? await findDone(this.link.engine, this.space, preview, this.begunAt) : null;
    if (generation !== this.generation) return;
    if (done !== null && state) {
      this.state = { ...state, phase: 'done', counts: done.counts, importId: done.id };
      this.busy = null;
      return;
    }
    this.#keep();
    const source = this.source;
    const kept = this.#kept;
    this.begin(source);
    this.#kept = kept;
    this.busy = null;
    this.notice = 'gone';
  }

  /** Reads what columns and people can be put into. */
  async #readChoices(): Promise<void> {
    try {
      const { fields, groups } = await readPlaces(this.link.engine, this.space);
      this.fields = fields;
      this.groups = groups;
    } catch (thrown) {
      this.error = toAppError(thrown);
    }
  }
}
