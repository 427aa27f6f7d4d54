import { randomUUID } from 'node:crypto';
import { appError, type AppError } from '#shared/errors.ts';
import type {
  ImportCounts,
  ImportMapping,
  ImportPreview,
  ImportPurpose,
  ImportRow,
  ImportRules,
  ImportState,
  ReadOptions,
} from '#shared/ipc/imports.ts';
import { OPENED_IMPORT } from '#shared/ipc/opened-import.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { foldForSearch } from '#shared/search-fold.ts';
import { isRepaired, packOne } from '../../file-worker/pack-rows.ts';
import { understand } from '../../file-worker/understand.ts';
import type { Head, ReadInput } from '../../files/types.ts';
import { classifySqliteError } from '../../store/sqlite-errors.ts';
import { changeQuery } from './commit-queries.ts';
import type { ImportsBase } from './base.ts';
import { planImport, type ImportPlan } from './plan.ts';
import { startPace } from './progress.ts';
import { changesOf, rowView, shownCell } from './row-view.ts';
import { sameCounts, stagedCounts, stageGroups } from './staging.ts';
import { CLASSES, type StagedRow } from './staging-queries.ts';

/** Rows that a preview shows. */
const PREVIEW_ROWS = 20;
/** Rows that are sorted anew at once. */
const AT_ONCE = 1_000;
const REJECTED = CLASSES.indexOf('rejected');

/** What was asked to be checked, and what came of it. */
type Check = {
  readonly mapping: ImportMapping;
  readonly rules: ImportRules;
  /** Becomes another one when the ids of new fields do. */
  plan: ImportPlan;
  readonly sorting: ReturnType<ImportsBase['staging']['sorting']>;
  readonly changes: ReturnType<typeof changeQuery>;
  /** Counts up with every change of contacts; what was sorted at another one must be sorted anew. */
  revision: number;
};

/** An import that is being prepared: one file, its mapping, its staged rows. */
export type Prepared = ReturnType<typeof createPrepared>;

/** Makes one from a file or pasted text whose beginning was read. */
export function createPrepared(
  base: ImportsBase,
  opened: { readonly purpose: ImportPurpose; readonly input: ReadInput; readonly fileName: string },
) {
  const { store, clock, log, files, contacts, groups, staging } = base;
  const { purpose, input, fileName } = opened;
  const id = randomUUID();
  const listeners = new Set<() => void>();
  let state = OPENED_IMPORT;
  let how: ReadOptions = {};
  let head: Head | null = null;
  let check: Check | null = null;
  let reading: AbortController | null = null;
  let read: Promise<void> = Promise.resolve();
  /** Counts up with every reading that begins or is stopped: whatever belongs to an earlier one is over. */
  let turn = 0;
  let dropped = false;

  function say(more: Partial<ImportState>): void {
    state = { ...state, ...more };
    for (const listener of listeners) listener();
  }

  function headings(mapping: ImportMapping): string[] {
    const first = mapping.header ? (head?.rows[0] ?? []) : [];
    return mapping.columns.map((_, at) => first[at] ?? '');
  }

  /** Ends what is being read. Whether the caller may go on: nobody else began or stopped anything meanwhile. */
  async function stopReading(): Promise<boolean> {
    const mine = ++turn;
    reading?.abort();
    reading = null;
    for (let waited: typeof read | null = null; waited !== read;) {
      waited = read;
      await waited;
    }
    return mine === turn && !dropped;
  }

  async function readAll(checking: Check, { signal }: AbortController): Promise<void> {
    const pace = startPace(clock);
    let rows = 0;
    let repaired = 0;
    let fraction = 0;
    const mine = turn;
    const over = () => signal.aborted || mine !== turn;
    try {
      staging.clear();
      stageGroups(staging, groups.names(), checking.rules);
      const outcome = await files.rows(
        { input, how, plan: checking.plan.rows },
        (batch) => {
          if (over()) return;
          store.transaction(() => {
            staging.stage(batch);
            checking.sorting.range(batch.firstRow, batch.lastRow, batch.count);
          });
          rows += batch.count;
          repaired += batch.repaired;
          fraction = batch.fraction;
          say({ done: rows, fraction, repaired, ...pace(rows, fraction) });
        },
        signal,
      );
      if (over()) return;
      if (!outcome.ok) return say({ phase: 'failed', error: outcome.error });
      const counts = stagedCounts(staging);
      if (counts.rows !== outcome.value.rows)
        throw new Error('Rows were lost between the file and the check');
      check = checking;
      say({ phase: 'checked', done: rows, total: rows, fraction: 1, timeLeft: 0, counts });
    } catch (error) {
      if (over()) return;
      const known = classifySqliteError(error);
      say({ phase: 'failed', error: known ?? unexpected(error) });
    }
  }

  const planned = (mapping: ImportMapping, nextField = staging.nextField()) =>
    planImport(purpose, mapping, headings(mapping), contacts.fields(), nextField);

  /** Whether the columns would still become what they were checked for. */
  function samePlan({ mapping, plan }: Check): boolean {
    const now = planned(mapping, plan.nextField);
    const told = ({ rows, newFields }: ImportPlan) => JSON.stringify([rows.keys, rows.dates, [...newFields]]);
    return now.ok && told(now.value) === told(plan);
  }

  /** Foresees the ids of new fields anew. Gives what keys become, in an order in which none becomes one that still has to. */
  function foreseen(seen: Check): [key: string, to: string][] {
    if (staging.nextField() === seen.plan.nextField || !samePlan(seen)) return [];
    const now = planned(seen.mapping);
    if (!now.ok) return [];
    const keys = [...now.value.newFields.keys()];
    const become = [...seen.plan.newFields.keys()].map((key, at): [string, string] => [key, keys[at] ?? key]);
    seen.plan = now.value;
    return become.reverse();
  }

  function unexpected(error: unknown): AppError {
    return appError('UNEXPECTED', { incident: log.error('imports.failed', error) });
  }

  function view(staged: StagedRow, { plan, rules, changes }: Check): ImportRow {
    return rowView(staged, plan.rows, () => {
      const change = changes(staged.row);
      return change ? changesOf(change, rules.existing, (key) => plan.names.get(key) ?? key) : [];
    });
  }

  return {
    id,
    purpose,
    fileName,
    state: (): ImportState => state,
    say,
    /** Calls `listener` after each change, until the returned function is called. */
    onChange(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** What was checked, once it is; it is what a commit writes. */
    checked: (): Check | null => (['checked', 'committing'].includes(state.phase) ? check : null),
    headings,
    /** Headings of the columns as they are mapped, or of the whole first row before. */
    columnNames: (): string[] => (check ? headings(check.mapping) : []),
    /** The first row, by which a mapping is remembered. */
    firstRow: (): readonly string[] => head?.rows[0] ?? [],
    /** Counts up when what is staged is no longer what it was. */
    turn: (): number => turn,
    /** Stops everything for good: whatever is still asked is refused. */
    async drop(): Promise<void> {
      dropped = true;
      await stopReading();
    },

    /** Reads the beginning, in another way when it was read before. */
    async read(options: ReadOptions): Promise<Result<ImportPreview, AppError>> {
      if (!(await stopReading())) return err(appError('IMPORT_GONE'));
      const mine = turn;
      check = null;
      state = OPENED_IMPORT;
      say({});
      const found = await files.head(input, options);
      if (mine !== turn || dropped) return err(appError('IMPORT_GONE'));
      if (!found.ok) return found;
      head = found.value;
      how = options;
      const { mapping, remembered } = base.mappingFor(purpose, head.rows);
      return ok({
        id,
        purpose,
        fileName,
        format: head.format,
        encoding: head.encoding,
        delimiter: head.delimiter,
        sheet: head.sheet,
        sheets: [...head.sheets],
        rows: head.rows.slice(0, PREVIEW_ROWS).map((cells) => cells.map(shownCell)),
        mapping,
        remembered,
      });
    },

    /** Begins to read everything; the state tells how it ends. `IMPORT_GONE` where something else was asked meanwhile. */
    async check(mapping: ImportMapping, rules: ImportRules): Promise<Result<null, AppError>> {
      const refused = refuseGroups(base, rules);
      if (refused) return err(refused);
      const plan = planned(mapping);
      if (!plan.ok) return plan;
      if (!(await stopReading())) return err(appError('IMPORT_GONE'));
      const checking: Check = {
        mapping,
        rules,
        plan: plan.value,
        sorting: staging.sorting(purpose, rules.existing),
        changes: changeQuery(store.db, rules.existing),
        revision: contacts.revision(),
      };
      check = null;
      reading = new AbortController();
      state = OPENED_IMPORT;
      say({ phase: 'checking', fraction: 0 });
      read = readAll(checking, reading);
      return ok(null);
    },

    /** A page of rows; without a class the rejected ones come first. */
    rows(
      rowClass: ImportRow['class'] | undefined,
      cursor: string | undefined,
      limit: number,
    ): Result<{ rows: ImportRow[]; next?: string }, AppError> {
      const place = /^([ro])(\d{1,15})$/.exec(cursor ?? (rowClass === undefined ? 'r0' : 'o0'));
      if (!place) return err(appError('INVALID_INPUT', { field: 'cursor' }));
      const seen = check;
      if (!seen) return ok({ rows: [] });
      const after = Number(place[2]);
      const found: StagedRow[] = [];
      if (rowClass !== undefined) found.push(...staging.ofClass(CLASSES.indexOf(rowClass), after, limit + 1));
      else {
        if (place[1] === 'r') found.push(...staging.ofClass(REJECTED, after, limit + 1));
        const others = place[1] === 'r' ? 0 : after;
        if (found.length <= limit) found.push(...staging.notRejected(others, limit + 1 - found.length));
      }
      const shown = found.slice(0, limit);
      const last = shown.at(-1);
      const part = rowClass === undefined && last?.class === REJECTED ? 'r' : 'o';
      return ok({
        rows: shown.map((row) => view(row, seen)),
        ...(found.length > limit && last ? { next: `${part}${last.row}` } : {}),
      });
    },

    /** Corrects a cell. `NOT_FOUND`: there is no such row or column. */
    fix(
      row: number,
      column: number,
      value: string,
    ): Result<{ row: ImportRow; counts: ImportCounts }, AppError> {
      const seen = state.phase === 'checked' && !dropped ? check : null;
      if (!seen) return err(appError('IMPORT_GONE'));
      const staged = staging.get(row);
      if (!staged) return err(appError('NOT_FOUND'));
      const cells = JSON.parse(staged.cells) as string[];
      const { mapping } = seen.plan.rows;
      if (column >= Math.max(cells.length, mapping.columns.length)) return err(appError('NOT_FOUND'));
      const before = understand({ row, cells }, seen.plan.rows);
      const fixed = Array.from({ length: Math.max(cells.length, column + 1) }, (_, at) => cells[at] ?? '');
      fixed[column] = value;
      const clean = understand({ row, cells: fixed }, seen.plan.rows);
      const json = packOne(clean, seen.plan.rows);
      store.transaction(() => staging.replace(row, json, seen.sorting));
      const counts = stagedCounts(staging);
      const repaired = state.repaired - Number(isRepaired(before)) + Number(isRepaired(clean));
      say({ counts, repaired });
      const now = staging.get(row);
      if (!now) throw new Error('A row that was just staged is gone');
      return ok({ row: view(now, seen), counts });
    },

    /**
     * Makes sure that what is staged still says what the user saw: sorts everything anew when contacts changed since. `IMPORT_CHANGED`
     * when the counts are others now, or when the columns or groups would be: then it has to be checked again.
     */
    async stillAs(expected: ImportCounts): Promise<Result<Check, AppError>> {
      const seen = state.phase === 'checked' && !dropped ? check : null;
      if (!seen) return err(appError('IMPORT_GONE'));
      while (seen.revision !== contacts.revision()) {
        seen.revision = contacts.revision();
        stageGroups(staging, groups.names(), seen.rules);
        const become = foreseen(seen);
        const last = staging.lastRow();
        for (let from = 1; from <= last && state.phase === 'checked'; from += AT_ONCE) {
          const to = from + AT_ONCE - 1;
          store.transaction(() => {
            for (const [key, other] of become) staging.renameKey(key, other, { from, to });
            seen.sorting.range(from, to);
          });
          await new Promise((resolve) => setImmediate(resolve));
        }
        say({ counts: stagedCounts(staging) });
      }
      if (state.phase !== 'checked') return err(appError('IMPORT_GONE'));
      if (refuseGroups(base, seen.rules) || !samePlan(seen)) return err(appError('IMPORT_CHANGED'));
      if (!state.counts || !sameCounts(state.counts, expected)) return err(appError('IMPORT_CHANGED'));
      return ok(seen);
    },
  };
}

/** Groups that people cannot be put into: `groups.2` is gone or asks by a rule, `newGroup` is the name of one with a rule. */
function refuseGroups({ groups }: ImportsBase, rules: ImportRules): AppError | null {
  if (rules.groups.length === 0 && rules.newGroup === undefined) return null;
  const known = groups.names();
  const bad = rules.groups.findIndex((id) => known.find((group) => group.id === id)?.smart !== false);
  if (bad >= 0) return appError('INVALID_INPUT', { field: `groups.${bad}` });
  const named = known.find(({ name }) => foldForSearch(name) === foldForSearch(rules.newGroup ?? ''));
  return named?.smart ? appError('INVALID_INPUT', { field: 'newGroup' }) : null;
}
