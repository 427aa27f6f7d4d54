import type { AppError } from '#shared/errors.ts';
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
} from '#shared/ipc/imports.ts';
import type { CheckedRows } from './checked-rows.svelte.ts';
import { withTarget } from './column-choices.ts';
import type { SavedRows } from './save-rejected.ts';

/** Where rows come from, and how that is called; the name is empty for pasted text. */
export type NamedSource = { readonly name: string; readonly source: ImportSource };

/** What the user looks at. The engine's work and its end have views of their own. */
type View = 'source' | 'columns' | 'result';

/** What happens with the rows unless the user says otherwise. */
export const PLAIN_RULES: ImportRules = { existing: 'fill', groups: [] };

/** How many rows an import writes: all that are new or change. */
export const comingIn = (counts: ImportCounts): number => counts.new + counts.updated;

/** An import as it stands: where it comes from, what was said about it, how far it is. */
export class PreparedImport {
  /** Where the rows come from; null before a source was chosen. */
  protected source: NamedSource | null = null;

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
    return this.preview?.fileName ?? this.source?.name ?? '';
  }

  /** Every row has been checked, with the columns and rules as they are now. */
  get isChecked(): boolean {
    return this.state?.phase === 'checked' && !this.isStale;
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

  /** Makes everything as it is before a source is read. */
  protected clear(source: NamedSource | null): void {
    this.source = source;
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
  }
}
