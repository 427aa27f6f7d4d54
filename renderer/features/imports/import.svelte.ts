import { appError, type AppError } from '#shared/errors.ts';
import type { Space } from '#shared/ids.ts';
import type { Field } from '#shared/ipc/contacts.ts';
import type { Group } from '#shared/ipc/groups.ts';
import type {
  ColumnTarget,
  ImportCounts,
  ImportMapping,
  ImportPreview,
  ImportPurpose,
  ImportRules,
  ImportSource,
  ImportState,
  ReadOptions,
} from '#shared/ipc/imports.ts';
import { toAppError, type Link } from '../../lib/link.ts';
import { CheckedRows } from './checked-rows.svelte.ts';
import { faultOf, isSameShape, withTarget } from './column-choices.ts';
import { saveRejected, type SavedRows } from './save-rejected.ts';

/** Where rows come from, and how that is called; the name is empty for pasted text. */
export type NamedSource = { readonly name: string; readonly source: ImportSource };

/** What the user looks at. The engine's work and its end have views of their own. */
type View = 'source' | 'columns' | 'result';

/** What was said about the columns of an import that is no longer open. */
type Kept = { readonly preview: ImportPreview; readonly mapping: ImportMapping; readonly rules: ImportRules };

const PLAIN_RULES: ImportRules = { existing: 'fill', groups: [] };
const BEGUN: Omit<ImportState, 'phase'> = {
  done: 0,
  total: null,
  fraction: null,
  ratePerSecond: null,
  timeLeft: null,
  counts: null,
  repaired: 0,
  importId: null,
  listId: null,
  error: null,
};

/** After these it is not known whether a commit was carried out. */
const isOpen = ({ code }: AppError): boolean => code === 'LINK_LOST' || code === 'IMPORT_GONE';

/** How many rows an import writes: all that are new or change. */
export const comingIn = (counts: ImportCounts): number => counts.new + counts.updated;

/**
 * The one import that is prepared in a space, from its source to its end. It outlives the panel, so that closing that loses nothing
 * and an import under way goes on. Answers that come late, after another source was chosen, are dropped.
 */
export class ImportModel {
  readonly #link: Link;
  readonly space: Space;
  #generation = 0;
  #unfollow: () => void = () => undefined;
  #options: ReadOptions = {};
  #source: NamedSource | null = null;
  #kept: Kept | null = null;
  #token: string | null = null;
  #begunAt = 0;
  #isStopping = false;

  purpose: ImportPurpose = $state('contacts');
  view: View = $state('source');
  preview: ImportPreview | null = $state.raw(null);
  mapping: ImportMapping | null = $state.raw(null);
  rules: ImportRules = $state.raw(PLAIN_RULES);
  state: ImportState | null = $state.raw(null);
  rows: CheckedRows | null = $state.raw(null);
  error: AppError | null = $state.raw(null);
  busy: 'open' | 'reread' | 'check' | 'commit' | 'stop' | 'save' | null = $state(null);
  /** Something that the user should know about what just happened. */
  notice: 'gone' | 'stopped' | 'changed' | null = $state(null);
  /** People of the import that was stopped who stay, because they were changed meanwhile. */
  leftBehind = $state(0);
  /** A source that came while another import is prepared: the user decides. */
  offered: NamedSource | null = $state.raw(null);
  /** A source that was not opened, because an import is open that this page does not know. */
  refused: NamedSource | null = $state.raw(null);
  /** Columns or rules were changed after the rows were checked. */
  isStale = $state(false);
  /** Cells were corrected since the rows were checked; checking again reads the file anew. */
  isCorrected = $state(false);
  saved: SavedRows | null = $state.raw(null);
  /** Whoever asked for this import has been told that it is done. */
  isTold = $state(false);
  fields: readonly Field[] = $state.raw([]);
  groups: readonly Group[] = $state.raw([]);

  constructor(link: Link, space: Space) {
    this.#link = link;
    this.space = space;
  }

  /** What is going on now. */
  get step(): View | 'checking' | 'committing' | 'done' {
    const phase = this.state?.phase;
    if (phase === 'checking' || phase === 'committing' || phase === 'done') return phase;
    if (this.busy === 'commit') return 'committing';
    return this.view;
  }

  /** There is something that closing could lose. */
  get isPrepared(): boolean {
    return this.preview !== null && this.step !== 'done';
  }

  /** Name of the file; empty for pasted text. */
  get fileName(): string {
    return this.preview?.fileName ?? this.#source?.name ?? '';
  }

  /** Every row has been checked, with the columns and rules as they are now. */
  get isChecked(): boolean {
    return this.state?.phase === 'checked' && !this.isStale;
  }

  /** Takes a source: at once when nothing is prepared or the user is choosing one, else after asking. */
  offer(source: NamedSource): void {
    if (this.step === 'committing') return;
    if (this.isPrepared && this.view !== 'source') this.offered = source;
    else void this.open(source);
  }

  /** Opens a source and drops what was prepared. `replace` drops an import that this page does not know, too. */
  async open(source: NamedSource, replace = false): Promise<void> {
    if (this.#source?.source !== source.source) this.#options = {};
    const isReplacing = replace || this.isPrepared || this.busy === 'open';
    const generation = this.#begin(source);
    this.busy = 'open';
    const { space, purpose } = this;
    try {
      const preview = await this.#link.engine.imports.open({
        space,
        purpose,
        source: source.source,
        options: this.#options,
        ...(isReplacing && { replace: true }),
      });
      if (generation !== this.#generation) {
        /* Nobody waits for it any more. Where another source followed, that one has replaced it already. */
        this.#forget(preview.id);
        return;
      }
      this.#take(preview);
      void this.#readChoices();
    } catch (thrown) {
      if (generation !== this.#generation) return;
      this.error = toAppError(thrown);
      if (this.error.code === 'IMPORT_BUSY') this.refused = source;
    } finally {
      if (generation === this.#generation) this.busy = null;
    }
  }

  /** Opens the last source again, with what was said about its columns. */
  async openAgain(): Promise<void> {
    this.#keep();
    if (this.#source) await this.open(this.#source, true);
  }

  /** Reads the same source in another way. The last wish counts, in whatever order answers come. */
  async reread(options: ReadOptions): Promise<void> {
    const { preview } = this;
    if (!preview) return;
    this.#options = { ...this.#options, ...options };
    const generation = ++this.#generation;
    this.busy = 'reread';
    this.error = null;
    try {
      const next = await this.#link.engine.imports.reopen({
        space: this.space,
        id: preview.id,
        options: this.#options,
      });
      if (generation === this.#generation) this.#take(next);
    } catch (thrown) {
      if (generation === this.#generation) this.#fail(thrown);
    } finally {
      if (generation === this.#generation) this.busy = null;
    }
  }

  /** Says what a column is. */
  setTarget(index: number, target: ColumnTarget): void {
    if (this.mapping) this.setMapping(withTarget(this.mapping, index, target));
  }

  /** Says what the columns are. */
  setMapping(mapping: ImportMapping): void {
    this.mapping = mapping;
    this.isStale = true;
  }

  /** Says what happens with the rows. */
  setRules(rules: Partial<ImportRules>): void {
    this.rules = { ...this.rules, ...rules };
    this.isStale = true;
  }

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
      this.state = { ...BEGUN, phase: 'checking' };
      try {
        await this.#link.engine.imports.check({ space: this.space, id: preview.id, mapping, rules: wanted });
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
    if (this.#token === null) this.#begunAt = Date.now();
    const token = (this.#token ??= crypto.randomUUID());
    await this.#act('commit', async () => {
      this.notice = null;
      try {
        await this.#link.engine.imports.commit({ space: this.space, id: preview.id, expected, token });
      } catch (thrown) {
        const error = toAppError(thrown);
        if (!isOpen(error)) this.#token = null;
        if (error.code !== 'IMPORT_CHANGED') throw thrown;
        this.notice = 'changed';
        this.rows?.show(this.rows.class);
      }
    });
  }

  /** Stops checking or writing; nothing of it stays written. Then the columns are there again. */
  async stop(): Promise<void> {
    const { preview } = this;
    if (!preview || this.#isStopping) return;
    this.#isStopping = true;
    this.busy = 'stop';
    try {
      await this.#link.engine.imports.cancel({ space: this.space, id: preview.id });
    } catch (thrown) {
      this.#isStopping = false;
      this.#fail(thrown);
    } finally {
      if (this.busy === 'stop') this.busy = null;
    }
  }

  /** Drops what is prepared. */
  drop(): void {
    if (this.preview && this.step !== 'done') this.#forget(this.preview.id);
    this.reset();
  }

  /** Begins anew, without a source. */
  reset(purpose: ImportPurpose = this.purpose): void {
    this.#begin(null);
    this.#kept = null;
    this.#options = {};
    this.purpose = purpose;
    this.rules = PLAIN_RULES;
    this.busy = null;
  }

  /** Writes the rejected rows to a file that the user chooses; `name` is suggested. */
  async save(name: string): Promise<void> {
    const { preview, state } = this;
    if (!preview) return;
    const of = state?.importId ? { done: state.importId } : { id: preview.id };
    await this.#act('save', async () => {
      this.saved = (await saveRejected(this.#link, this.space, of, name)) ?? this.saved;
    });
  }

  /** Makes everything as it is before a source is read. Whatever is under way belongs to the past then. */
  #begin(source: NamedSource | null): number {
    this.#unfollow();
    this.#unfollow = () => undefined;
    this.#source = source;
    this.#token = null;
    this.#isStopping = false;
    this.view = 'source';
    this.preview = null;
    this.mapping = null;
    this.state = null;
    this.rows = null;
    this.error = null;
    this.notice = null;
    this.offered = null;
    this.refused = null;
    this.saved = null;
    this.isStale = false;
    this.isCorrected = false;
    this.isTold = false;
    return ++this.#generation;
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
    this.#unfollow = this.#link.follow(
      (signal) => this.#link.engine.imports.watch({ space: this.space, id }, { signal }),
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
    const numberColumn = Math.max(
      0,
      mapping.columns.findIndex(({ to }) => to === 'number'),
    );
    const rows = new CheckedRows(
      this.#link.engine,
      { space: this.space, id: preview.id },
      numberColumn,
      (now) => {
        if (this.rows !== rows || !this.state) return;
        this.state = { ...this.state, counts: now };
        this.isCorrected = true;
      },
    );
    this.rows = rows;
    this.isCorrected = false;
    rows.show(
      counts && counts.rejected > 0
        ? 'rejected'
        : counts?.new === 0 && counts.updated > 0
          ? 'updated'
          : 'new',
    );
    this.view = 'result';
  }

  async #afterStop(): Promise<void> {
    const before = this.#generation;
    const kept = this.state?.kept ?? 0;
    await this.openAgain();
    if (this.#generation !== before + 1) return;
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
    if (this.#isStopping) {
      await this.#afterStop();
      return;
    }
    const generation = this.#generation;
    const done = this.#token !== null ? await this.#findDone(preview) : null;
    if (generation !== this.#generation) return;
    if (done !== null && state) {
      this.state = { ...state, phase: 'done', counts: done.counts, importId: done.id };
      this.busy = null;
      return;
    }
    this.#keep();
    const source = this.#source;
    const kept = this.#kept;
    this.#begin(source);
    this.#kept = kept;
    this.busy = null;
    this.notice = 'gone';
  }

  async #findDone({ fileName, purpose }: ImportPreview) {
    try {
      const { rows } = await this.#link.engine.imports.history({ space: this.space, limit: 5 });
      return (
        rows.find((one) => one.at >= this.#begunAt && one.fileName === fileName && one.purpose === purpose) ??
        null
      );
    } catch {
      /* Then it counts as gone, which is true of the prepared import. */
      return null;
    }
  }

  /** Reads what columns and people can be put into. */
  async #readChoices(): Promise<void> {
    const { space } = this;
    try {
      const [fields, groups] = await Promise.all([
        this.#link.engine.contacts.fields({ space }),
        this.#link.engine.groups.list({ space }),
      ]);
      this.fields = fields;
      this.groups = groups.filter(({ rule }) => rule === null);
    } catch (thrown) {
      this.error = toAppError(thrown);
    }
  }

  /** Nobody waits for the answer: an import that is gone already is as good. */
  #forget(id: string): void {
    this.#link.engine.imports.cancel({ space: this.space, id }).catch(() => undefined);
  }

  #fail(thrown: unknown): void {
    const error = toAppError(thrown);
    if (error.code === 'IMPORT_GONE') void this.#lose(error);
    else this.error = error;
  }

  async #act(what: 'check' | 'commit' | 'save', call: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    const generation = this.#generation;
    this.busy = what;
    this.error = null;
    try {
      await call();
    } catch (thrown) {
      if (generation === this.#generation) this.#fail(thrown);
    } finally {
      if (this.busy === what) this.busy = null;
    }
  }
}
