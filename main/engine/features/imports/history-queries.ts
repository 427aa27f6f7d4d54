import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { ImportCounts, ImportPurpose } from '#shared/ipc/imports.ts';

/** An import as it stands in the store. `undoing` and `committing` ones are taken back at the next start, `undoing` ones also when asked. */
export type ImportTableRow = ImportCounts & {
  readonly id: number;
  readonly token: string;
  readonly purpose: ImportPurpose;
  readonly file_name: string;
  readonly state: 'committing' | 'done' | 'undoing' | 'undone';
  readonly at: number;
  readonly headings: string;
  readonly undone_at: number | null;
  readonly kept: number;
  readonly made: string;
};

/** What an import made beside its rows, by id, and the groups that its people came into. */
export type Made = {
  readonly groups: readonly number[];
  readonly fields: readonly number[];
  readonly into: readonly number[];
  readonly list: number | null;
};

const COLUMNS = `i.*, (SELECT COUNT(*) FROM import_rejects r WHERE r.import_id = i.id) AS kept`;

/** SQL of the history of imports and of what is remembered from them. */
export function historyQueries(db: DatabaseSyncInstance) {
  const insert = db.prepare(`
    INSERT INTO imports (token, purpose, file_name, state, at, rows, new, updated, unchanged, duplicate, rejected, headings)
    VALUES (?, ?, ?, 'committing', ?, ?, ?, ?, ?, ?, ?, ?)`);
  const byToken = db.prepare('SELECT id, state FROM imports WHERE token = ?');
  const get = db.prepare(`SELECT ${COLUMNS} FROM imports i WHERE i.id = ?`);
  const page = db.prepare(`
    SELECT ${COLUMNS} FROM imports i WHERE i.id < ? AND i.state IN ('done', 'undoing', 'undone') ORDER BY i.id DESC LIMIT ?`);
  const unfinished = db.prepare("SELECT id FROM imports WHERE state IN ('committing', 'undoing')");
  const setMade = db.prepare('UPDATE imports SET made = ? WHERE id = ?');
  const setState = db.prepare('UPDATE imports SET state = ? WHERE id = ?');
  const finish = db.prepare(`
    UPDATE imports SET state = 'done', rows = ?, new = ?, updated = ?, unchanged = ?, duplicate = ?, rejected = ? WHERE id = ?`);
  const setUndone = db.prepare("UPDATE imports SET state = 'undone', undone_at = ? WHERE id = ?");
  const remove = db.prepare('DELETE FROM imports WHERE id = ?');
  const rejects = db.prepare(
    'SELECT row, problem, cells FROM import_rejects WHERE import_id = ? AND row > ? ORDER BY row LIMIT ?',
  );
  const mapping = db.prepare('SELECT mapping FROM import_mappings WHERE fingerprint = ?');
  const remember = db.prepare(`
    INSERT INTO import_mappings (fingerprint, mapping, at) VALUES (?, ?, ?)
    ON CONFLICT (fingerprint) DO UPDATE SET mapping = excluded.mapping, at = excluded.at`);

  return {
    /** Files an import that is about to be written; gives its id. */
    insert: (one: {
      readonly token: string;
      readonly purpose: ImportPurpose;
      readonly fileName: string;
      readonly at: number;
      readonly counts: ImportCounts;
      readonly headings: readonly string[];
    }) => {
      const { rows, updated, unchanged, duplicate, rejected } = one.counts;
      return Number(
        insert.run(
          ...[one.token, one.purpose, one.fileName, one.at, rows, one.counts.new, updated, unchanged],
          ...[duplicate, rejected, JSON.stringify(one.headings)],
        ).lastInsertRowid,
      );
    },
    byToken: (token: string) =>
      (byToken.get(token) as Pick<ImportTableRow, 'id' | 'state'> | undefined) ?? null,
    get: (id: number) => (get.get(id) as ImportTableRow | undefined) ?? null,
    page: (before: number, limit: number) => page.all(before, limit) as ImportTableRow[],
    unfinished: () => (unfinished.all() as { id: number }[]).map(({ id }) => id),
    setMade: (id: number, made: Made) => void setMade.run(JSON.stringify(made), id),
    setState: (id: number, state: ImportTableRow['state']) => void setState.run(state, id),
    /** Marks an import as done, with what it came to. */
    finish: (id: number, counts: ImportCounts) => {
      const { rows, updated, unchanged, duplicate, rejected } = counts;
      finish.run(rows, counts.new, updated, unchanged, duplicate, rejected, id);
    },
    setUndone: (id: number, at: number) => void setUndone.run(at, id),
    remove: (id: number) => void remove.run(id),
    /** Rejected rows that were kept, after a row; cells as JSON. */
    rejects: (id: number, after: number, limit: number) =>
      rejects.all(id, after, limit) as { row: number; problem: string; cells: string }[],
    mapping: (fingerprint: string) =>
      (mapping.get(fingerprint) as { mapping: string } | undefined)?.mapping ?? null,
    remember: (fingerprint: string, json: string, at: number) => void remember.run(fingerprint, json, at),
  };
}

/** See {@link historyQueries}. */
export type History = ReturnType<typeof historyQueries>;
