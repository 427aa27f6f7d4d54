import type { DatabaseSyncInstance } from '@photostructure/sqlite';

/** A group; `rule` is JSON, `null` for a list. */
export type GroupRow = {
  readonly id: number;
  readonly name: string;
  readonly name_folded: string;
  readonly rule: string | null;
  readonly created_at: number;
  readonly changed_at: number;
};

/** The SQL of groups. */
export function groupQueries(db: DatabaseSyncInstance) {
  const all = db.prepare('SELECT * FROM contact_groups ORDER BY name_folded, id');
  const get = db.prepare('SELECT * FROM contact_groups WHERE id = ?');
  const byName = db.prepare('SELECT id FROM contact_groups WHERE name_folded = ?');
  const names = db.prepare(
    'SELECT id, name, name_folded, rule IS NOT NULL AS smart FROM contact_groups ORDER BY name_folded, id',
  );
  const count = db.prepare('SELECT COUNT(*) AS count FROM group_members WHERE group_id = ?');
  const insert = db.prepare(`
    INSERT INTO contact_groups (id, name, name_folded, rule, created_at, changed_at) VALUES (?, ?, ?, ?, ?, ?)`);
  const update = db.prepare(
    'UPDATE contact_groups SET name = ?, name_folded = ?, rule = ?, changed_at = ? WHERE id = ?',
  );
  const remove = db.prepare('DELETE FROM contact_groups WHERE id = ?');
  const members = db.prepare('SELECT contact_id FROM group_members WHERE group_id = ?');
  const enter = db.prepare(`
    INSERT OR IGNORE INTO group_members (group_id, contact_id)
    SELECT ?1, c.id FROM json_each(?2) j CROSS JOIN contacts c ON c.id = j.value`);
  const leave = db.prepare(
    'DELETE FROM group_members WHERE group_id = ? AND contact_id IN (SELECT value FROM json_each(?))',
  );
  const hasImport = db.prepare('SELECT 1 FROM imports WHERE id = ?');
  return {
    /** By name. */
    all: () => all.all() as GroupRow[],
    get: (id: number) => (get.get(id) as GroupRow | undefined) ?? null,
    byName: (folded: string) => (byName.get(folded) as { id: number } | undefined)?.id ?? null,
    /** By name, without rules. */
    names: () => names.all() as (Pick<GroupRow, 'id' | 'name' | 'name_folded'> & { readonly smart: 0 | 1 })[],
    /** Members of a list. */
    count: (id: number) => (count.get(id) as { count: number }).count,
    /** Files a group, with the id it had before where it had one; gives the id. */
    insert: (row: Omit<GroupRow, 'id'> & { readonly id: number | null }) =>
      Number(
        insert.run(row.id, row.name, row.name_folded, row.rule, row.created_at, row.changed_at)
          .lastInsertRowid,
      ),
    update: (row: GroupRow) => void update.run(row.name, row.name_folded, row.rule, row.changed_at, row.id),
    remove: (id: number) => void remove.run(id),
    members: (id: number) => (members.all(id) as { contact_id: number }[]).map((row) => row.contact_id),
    /** Puts those of the contacts that exist into a list; how many were not in it. */
    enter: (id: number, contacts: readonly number[]) =>
      Number(enter.run(id, JSON.stringify(contacts)).changes),
    /** Takes contacts out of a list; how many were in it. */
    leave: (id: number, contacts: readonly number[]) =>
      Number(leave.run(id, JSON.stringify(contacts)).changes),
    hasImport: (id: number) => hasImport.get(id) !== undefined,
  };
}
