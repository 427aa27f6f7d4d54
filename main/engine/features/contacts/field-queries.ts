import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { Field } from '#shared/ipc/contacts.ts';

/** A field of the user's own. */
export type FieldRow = Pick<Field, 'id' | 'name' | 'kind'>;

/** Where the value of a field stands in the JSON of a contact. */
const path = (id: number) => `$."${id}"`;

/** The SQL of the user's fields. */
export function fieldQueries(db: DatabaseSyncInstance) {
  const all = db.prepare('SELECT id, name, kind FROM contact_fields ORDER BY position, id');
  const insert = db.prepare(`
    INSERT INTO contact_fields (name, name_folded, kind, position)
    VALUES (?, ?, ?, (SELECT COALESCE(MAX(position), -1) + 1 FROM contact_fields))`);
  const update = db.prepare('UPDATE contact_fields SET name = ?, name_folded = ?, kind = ? WHERE id = ?');
  const move = db.prepare('UPDATE contact_fields SET position = ? WHERE id = ?');
  const remove = db.prepare('DELETE FROM contact_fields WHERE id = ?');
  const clear = db.prepare(
    'UPDATE contacts SET fields = json_remove(fields, ?1) WHERE json_extract(fields, ?1) IS NOT NULL',
  );
  const byKey = db.prepare('SELECT id FROM contact_fields WHERE name_folded = ?');
  // Values are texts in JSON without blanks, so a key cannot be mistaken for a part of one: the quotes inside are escaped.
  const used = db.prepare('SELECT COUNT(*) AS count FROM contacts WHERE instr(fields, ?) > 0');
  const stretch = db.prepare(`
    SELECT COUNT(*) AS count, MAX(id) AS last FROM (SELECT id FROM contacts WHERE id > ? ORDER BY id LIMIT ?)`);
  const usedAmong = db.prepare(`
    SELECT f.key AS field, COUNT(*) AS count FROM contacts c CROSS JOIN json_each(c.fields) f
    WHERE c.id > ? AND c.id <= ? AND c.fields <> '{}' GROUP BY f.key`);
  return {
    /** In the user's order. */
    all: () => all.all() as FieldRow[],
    /** Files a field as the last one; gives its id. */
    insert: (name: string, key: string, kind: string) => Number(insert.run(name, key, kind).lastInsertRowid),
    update: (id: number, name: string, key: string, kind: string) => void update.run(name, key, kind, id),
    /** Numbers the fields in this order. */
    order: (ids: readonly number[]) => ids.forEach((id, position) => move.run(position, id)),
    /** Removes a field and its values. */
    remove(id: number) {
      clear.run(path(id));
      remove.run(id);
    },
    /** The field that has a name, by its key. */
    byKey: (key: string) => (byKey.get(key) as { id: number } | undefined)?.id ?? null,
    /** How many contacts have a value of one field. Looks through all contacts. */
    used: (id: number): number => (used.get(`"${id}":"`) as { count: number }).count,
    /** The next contacts after one, by id: how many there are, and the last of them. */
    stretch: (after: number, limit: number) =>
      stretch.get(after, limit) as { count: number; last: number | null },
    /** How many of the contacts after one and up to another have a value, for each field that any has one of. */
    usedAmong: (after: number, last: number) =>
      usedAmong.all(after, last) as { field: string; count: number }[],
  };
}
