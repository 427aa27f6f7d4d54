import type { DatabaseSyncInstance } from '@photostructure/sqlite';

/** A list of recipients as it stands in the store; `columns` is a JSON array of names. */
export type ListTableRow = {
  readonly id: number;
  readonly name: string;
  readonly columns: string;
  readonly count: number;
};

/** SQL of lists that were read from files for sending. */
export function listQueries(db: DatabaseSyncInstance) {
  const insert = db.prepare('INSERT INTO lists (name, columns, count, created_at) VALUES (?, ?, ?, ?)');
  const get = db.prepare('SELECT id, name, columns, count FROM lists WHERE id = ?');
  const people = db.prepare('SELECT msisdn, name, fields FROM list_rows WHERE list_id = ? ORDER BY row');
  const remove = db.prepare('DELETE FROM lists WHERE id = ?');
  const setCount = db.prepare(
    'UPDATE lists SET count = (SELECT COUNT(*) FROM list_rows WHERE list_id = :id) WHERE id = :id',
  );
  // Content of a draft is JSON with its sources as `{ kind: 'list', id }`.
  const removeUnused = db.prepare(`
    DELETE FROM lists WHERE created_at < ? AND NOT EXISTS (
      SELECT 1 FROM drafts d, json_each(d.content, '$.sources') s
      WHERE s.value ->> 'kind' = 'list' AND s.value ->> 'id' = lists.id)`);
  return {
    insert: (name: string, columns: readonly string[], count: number, at: number) =>
      Number(insert.run(name, JSON.stringify(columns), count, at).lastInsertRowid),
    get: (id: number) => (get.get(id) as ListTableRow | undefined) ?? null,
    people: (id: number) => people.all(id) as { msisdn: string; name: string; fields: string }[],
    remove: (id: number) => Number(remove.run(id).changes) > 0,
    setCount: (id: number) => void setCount.run({ id }),
    /** Removes lists from before `before` (ms) that no draft has among its sources. */
    removeUnused: (before: number) => void removeUnused.run(before),
  };
}

/** See {@link listQueries}. */
export type ListQueries = ReturnType<typeof listQueries>;
