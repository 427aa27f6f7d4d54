import { appError, type AppError } from '#shared/errors.ts';
import type {
  DoneImport,
  ImportCounts,
  ImportPreview,
  ImportPurpose,
  ImportSource,
  ImportState,
  ReadOptions,
} from '#shared/ipc/imports.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { ReadInput } from '../../files/types.ts';
import { classifySqliteError } from '../../store/sqlite-errors.ts';
import type { ImportsBase, ImportsDeps } from './base.ts';
import { historyQueries, type ImportTableRow } from './history-queries.ts';
import { listQueries } from './lists-queries.ts';
import { createLists } from './lists.ts';
import { createMappings } from './mappings.ts';
import { createPrepared, type Prepared } from './prepared.ts';
import { writeRejected } from './rejected-file.ts';
import { attachStaging, stagingQueries } from './staging-queries.ts';
import { createUndo, type Undone } from './undo.ts';
import { createWriting } from './writing.ts';

/** Imports of one space. */
export type Imports = ReturnType<typeof createImports>;

/** A commit that is under way; it is taken back when it is not wanted any more. */
type Commit = { readonly token: string; written: Promise<Result<null, AppError>>; wanted: boolean };

/** Lists that no draft has are kept for so long, in ms. */
const LISTS_KEPT_MS = 30 * 86_400_000;
/** Phases in which an import waits for the user or works. */
const UNDER_WAY: readonly ImportState['phase'][] = ['opened', 'checking', 'checked', 'committing'];

/** One per space. Takes back what the last run left half written, before anybody sees it. */
export function createImports(deps: ImportsDeps) {
  const { store, clock, log, contacts, doNotMessage } = deps;
  const staged = attachStaging(store.db, store.file);
  const staging = stagingQueries(store.db);
  const history = historyQueries(store.db);
  const lists = listQueries(store.db);
  const undo = createUndo({ store, clock, log, history });
  const mappings = createMappings({ history, contacts, clock });
  const base: ImportsBase = { ...deps, staging, mappingFor: mappings.mappingFor };
  const writing = createWriting(base, { history, lists, undo: { ...undo, stopped: takeBackStopped } });
  let current: Prepared | null = null;
  let commit: Commit | null = null;
  let undoing: Promise<Result<Undone, AppError>> | null = null;

  const leftOver = undo.leftOvers();
  if (leftOver > 0) log.warn('imports.taken-back', { imports: leftOver });
  lists.removeUnused(clock.now() - LISTS_KEPT_MS);

  const find = (id: string): Result<Prepared, AppError> =>
    current?.id === id ? ok(current) : err(appError('IMPORT_GONE'));

  async function inputOf(
    source: ImportSource,
  ): Promise<Result<{ input: ReadInput; fileName: string }, AppError>> {
    if (source.kind === 'text') return ok({ input: source, fileName: '' });
    const file = await deps.resolveFile(source.handle, 'read');
    if (!file.ok) return file;
    return ok({ input: { kind: 'file', ...file.value }, fileName: file.value.name });
  }

  async function drop(): Promise<void> {
    const dropped = current;
    if (!dropped) return;
    if (commit) commit.wanted = false;
    await dropped.drop();
    await commit?.written;
    if (current !== dropped) return;
    current = null;
    if (UNDER_WAY.includes(dropped.state().phase)) dropped.say({ phase: 'cancelled', timeLeft: null });
    staging.clear();
  }

  return {
    lists: createLists(lists),

    /** Reads the beginning of a file or of pasted text. */
    async open(request: {
      readonly purpose: ImportPurpose;
      readonly source: ImportSource;
      readonly options?: ReadOptions | undefined;
      readonly replace?: boolean | undefined;
    }): Promise<Result<ImportPreview, AppError>> {
      const phase = current?.state().phase;
      if (phase === 'committing' || (phase && UNDER_WAY.includes(phase) && !request.replace))
        return err(appError('IMPORT_BUSY'));
      const source = await inputOf(request.source);
      if (!source.ok) return source;
      const prepared = createPrepared(base, { purpose: request.purpose, ...source.value });
      const preview = await prepared.read(request.options ?? {});
      if (!preview.ok) return preview;
      while (current) await drop();
      current = prepared;
      return preview;
    },

    /** Reads the beginning again in another way; what was checked is gone. */
    async reopen(id: string, options: ReadOptions): Promise<Result<ImportPreview, AppError>> {
      const prepared = find(id);
      if (!prepared.ok || commit) return err(appError('IMPORT_GONE'));
      return prepared.value.read(options);
    },

    /** Begins to read everything. */
    async check(id: string, ...asked: Parameters<Prepared['check']>): Promise<Result<null, AppError>> {
      const prepared = find(id);
      if (!prepared.ok) return prepared;
      if (prepared.value.state().phase === 'done') return err(appError('IMPORT_GONE'));
      if (commit) return err(appError('IMPORT_BUSY'));
      return prepared.value.check(...asked);
    },

    /** The state of what is being prepared, and how to hear of changes. */
    watch: (id: string): Result<Pick<Prepared, 'state' | 'onChange'>, AppError> => find(id),

    rows(id: string, ...asked: Parameters<Prepared['rows']>): ReturnType<Prepared['rows']> {
      const prepared = find(id);
      return prepared.ok ? prepared.value.rows(...asked) : prepared;
    },

    fix(id: string, ...asked: Parameters<Prepared['fix']>): ReturnType<Prepared['fix']> {
      const prepared = find(id);
      if (!prepared.ok) return prepared;
      return commit ? err(appError('IMPORT_GONE')) : prepared.value.fix(...asked);
    },

    /** Writes what was checked and is settled when it is written, taken back or refused; see the contract. */
    async commit(id: string, expected: ImportCounts, token: string): Promise<Result<null, AppError>> {
      if (history.byToken(token)?.state === 'done') return ok(null);
      if (commit) return commit.token === token ? commit.written : err(appError('IMPORT_GONE'));
      const prepared = find(id);
      if (!prepared.ok) return prepared;
      const one = prepared.value;
      const mine: Commit = { token, wanted: true, written: Promise.resolve(ok(null)) };
      commit = mine;
      mine.written = write(one, expected, token, () => mine.wanted);
      try {
        return await mine.written;
      } finally {
        commit = null;
      }
    },

    /** Stops whatever is under way and forgets what was prepared. */
    async cancel(id: string): Promise<void> {
      if (current?.id === id) await drop();
    },

    /** Writes rejected rows of what is prepared, or of what was done. */
    async saveRejected(
      of: { readonly id: string } | { readonly done: number },
      save: string,
    ): Promise<Result<{ rows: number }, AppError>> {
      const source = 'id' in of ? rejectedOfPrepared(of.id) : rejectedOfDone(of.done);
      if (!source.ok) return source;
      const file = await deps.resolveFile(save, 'write');
      if (!file.ok) return file;
      return writeRejected(file.value.path, source.value.headings, source.value.page);
    },

    /** What was imported, newest first. */
    history(
      cursor: string | undefined,
      limit: number,
    ): Result<{ rows: DoneImport[]; next?: string }, AppError> {
      const before = cursor === undefined ? Number.MAX_SAFE_INTEGER : Number(cursor);
      if (!Number.isSafeInteger(before)) return err(appError('INVALID_INPUT', { field: 'cursor' }));
      const found = history.page(before, limit + 1);
      const shown = found.slice(0, limit);
      const last = shown.at(-1);
      return ok({
        rows: shown.map(doneView),
        ...(found.length > limit && last ? { next: String(last.id) } : {}),
      });
    },

    /** Numbers that taking an import back would allow to be written to again. */
    frees: (id: number): Result<{ numbers: number }, AppError> =>
      history.get(id) ? ok({ numbers: doNotMessage.ofImport(id).numbers }) : err(appError('NOT_FOUND')),

    /**
     * Takes a whole import back. `NOT_POSSIBLE_NOW`: it was taken back before, or another one is being written. After a refusal of the
     * disk it can be asked again, for what is left.
     */
    async undo(id: number): Promise<Result<Undone, AppError>> {
      const row = history.get(id);
      if (!row) return err(appError('NOT_FOUND'));
      const standing = row.state === 'done' || row.state === 'undoing';
      if (!standing || commit || undoing) return err(appError('NOT_POSSIBLE_NOW'));
      undoing = takeBack(id);
      const undone = await undoing;
      undoing = null;
      contacts.touched();
      return undone;
    },

    /** Stops what is under way, a commit with everything it wrote, and lets go of the staging file. */
    async close(): Promise<void> {
      await drop();
      await undoing;
      staged.detach();
    },
  };

  async function takeBackStopped(id: number): Promise<Undone> {
    const undone = await undo.stopped(id);
    current?.say({ kept: undone.kept });
    return undone;
  }

  /** Never rejects: a commit and the end of the program wait for it. */
  async function takeBack(id: number): Promise<Result<Undone, AppError>> {
    try {
      return ok(await undo.finished(id));
    } catch (error) {
      const known = classifySqliteError(error);
      return err(known ?? appError('UNEXPECTED', { incident: log.error('imports.undo-failed', error) }));
    }
  }

  async function write(
    prepared: Prepared,
    expected: ImportCounts,
    token: string,
    wanted: () => boolean,
  ): Promise<Result<null, AppError>> {
    await undoing;
    const still = await prepared.stillAs(expected);
    if (!still.ok) return still;
    prepared.say({
      ...{ phase: 'committing', done: 0, fraction: 0 },
      ...{ ratePerSecond: null, timeLeft: null, error: null },
    });
    const written = await writing.commit(prepared, expected, token, wanted);
    if (written.ok) {
      const { phase, importId } = prepared.state();
      if (phase === 'done') mappings.remember(prepared.purpose, prepared.firstRow(), still.value.mapping);
      if (phase === 'done' && prepared.purpose === 'do-not-message' && importId !== null) {
        doNotMessage.keepAdded();
        prepared.say({ atGateway: doNotMessage.ofImport(importId).atGateway });
      }
    } else prepared.say({ phase: 'checked', error: written.error });
    return written;
  }

  function rejectedOfPrepared(id: string) {
    const prepared = find(id);
    if (!prepared.ok) return prepared;
    const asked = prepared.value;
    const turn = asked.turn();
    const page = (after: number, limit: number) =>
      current === asked && asked.turn() === turn ? staging.rejected(after, limit) : null;
    return ok({ headings: asked.columnNames(), page });
  }

  function rejectedOfDone(id: number) {
    const row = history.get(id);
    if (!row) return err(appError('NOT_FOUND'));
    const page = (after: number, limit: number) => history.rejects(id, after, limit);
    return ok({ headings: JSON.parse(row.headings) as string[], page });
  }
}

function doneView(row: ImportTableRow): DoneImport {
  const { rows, updated, unchanged, duplicate, rejected } = row;
  return {
    id: row.id,
    at: row.at,
    purpose: row.purpose,
    fileName: row.file_name,
    counts: { rows, new: row.new, updated, unchanged, duplicate, rejected },
    undoneAt: row.undone_at,
    rejectedKept: row.kept,
  };
}
