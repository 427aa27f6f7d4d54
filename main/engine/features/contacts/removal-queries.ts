import type { DatabaseSyncInstance } from '@photostructure/sqlite';

/** Everything about a contact that a removal takes away. Times in ms since the epoch. */
export type Snapshot = {
  readonly name: string;
  readonly folded: string;
  /** The first one first. */
  readonly numbers: readonly string[];
  readonly note: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly import: number | null;
  readonly created: number;
  readonly changed: number;
  /** Lists that it is in. */
  readonly groups: readonly number[];
};

/** `removing` and `restoring`: under way, or cut off by the end of the program. */
export type RemovalKind = 'removing' | 'removed' | 'restoring' | 'merged';

/** What can be undone. `before` is JSON of a merge: see `merge.ts`. */
export type RemovalRow = {
  readonly id: number;
  readonly at: number;
  readonly kind: RemovalKind;
  readonly kept_contact: number | null;
  readonly before: string | null;
};

const SNAPSHOT = `json_object(
  'name', c.name, 'folded', c.name_folded,
  'numbers', (SELECT json_group_array(msisdn) FROM (SELECT c.msisdn AS msisdn UNION ALL
    SELECT msisdn FROM (SELECT o.msisdn FROM contact_numbers o WHERE o.contact_id = c.id ORDER BY o.position))),
  'note', c.note, 'fields', json(c.fields), 'import', c.import_id, 'created', c.created_at, 'changed', c.changed_at,
  'groups', (SELECT json_group_array(g.group_id) FROM group_members g WHERE g.contact_id = c.id))`;

/** The SQL of removals and merges. */
export function removalQueries(db: DatabaseSyncInstance) {
  const begin = db.prepare('INSERT INTO removals (at, kind, kept_contact) VALUES (?, ?, ?)');
  const setKind = db.prepare('UPDATE removals SET kind = ? WHERE id = ?');
  const setBefore = db.prepare('UPDATE removals SET before = ? WHERE id = ?');
  const get = db.prepare('SELECT * FROM removals WHERE id = ?');
  const unfinished = db.prepare("SELECT * FROM removals WHERE kind IN ('removing', 'restoring') ORDER BY id");
  const forget = db.prepare('DELETE FROM removals WHERE id = ?');
  const forgetOld = db.prepare('DELETE FROM removals WHERE at < ?');
  const keep = db.prepare(`
    INSERT INTO removed_contacts (removal_id, contact_id, json)
    SELECT ?1, c.id, ${SNAPSHOT} FROM json_each(?2) j CROSS JOIN contacts c ON c.id = j.value`);
  const remove = db.prepare('DELETE FROM contacts WHERE id IN (SELECT value FROM json_each(?))');
  const snapshot = db.prepare(`SELECT ${SNAPSHOT} AS json FROM contacts c WHERE c.id = ?`);
  const kept = db.prepare(`
    SELECT contact_id, json FROM removed_contacts WHERE removal_id = ? AND contact_id > ? ORDER BY contact_id LIMIT ?`);
  const anyKept = db.prepare('SELECT 1 FROM removed_contacts WHERE removal_id = ? LIMIT 1');
  const drop = db.prepare('DELETE FROM removed_contacts WHERE removal_id = ? AND contact_id = ?');
  const taken = db.prepare(`
    SELECT 1 WHERE EXISTS (SELECT 1 FROM contacts WHERE id = ?1)
      OR EXISTS (SELECT 1 FROM json_each(?2) j CROSS JOIN contacts c ON c.msisdn = j.value WHERE c.id <> ?3)
      OR EXISTS (SELECT 1 FROM json_each(?2) j CROSS JOIN contact_numbers o ON o.msisdn = j.value WHERE o.contact_id <> ?3)`);
  const insert = db.prepare(`
    INSERT INTO contacts (id, name, name_folded, msisdn, note, import_id, created_at, changed_at, fields)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const update = db.prepare(`
    UPDATE contacts SET name = ?, name_folded = ?, msisdn = ?, note = ?, changed_at = ?, fields = ? WHERE id = ?`);

  return {
    begin: (at: number, kind: RemovalKind, keptContact: number | null = null) =>
      Number(begin.run(at, kind, keptContact).lastInsertRowid),
    setBefore: (removal: number, json: string) => void setBefore.run(json, removal),
    setKind: (removal: number, kind: RemovalKind) => void setKind.run(kind, removal),
    get: (removal: number) => (get.get(removal) as RemovalRow | undefined) ?? null,
    /** Removals that were cut off. */
    unfinished: () => unfinished.all() as RemovalRow[],
    /** Forgets a removal with what is kept of it. */
    forget: (removal: number) => void forget.run(removal),
    forgetOlderThan: (at: number) => void forgetOld.run(at),
    /** Moves contacts into a removal; how many of them there were. */
    take(removal: number, ids: readonly number[]): number {
      const json = JSON.stringify(ids);
      keep.run(removal, json);
      return Number(remove.run(json).changes);
    },
    /** A contact as it is now, as JSON; equal texts are equal contacts. */
    snapshot: (id: number) => (snapshot.get(id) as { json: string } | undefined)?.json ?? null,
    /** What is kept of a removal, by id, after one. */
    kept: (removal: number, after: number, limit: number) =>
      kept.all(removal, after, limit) as { contact_id: number; json: string }[],
    anyKept: (removal: number) => anyKept.get(removal) !== undefined,
    /** Forgets one contact of a removal. */
    drop: (removal: number, id: number) => void drop.run(removal, id),
    /** Whether an id or any number is in use by now, numbers of the contact `but` not counted. */
    taken: (id: number, numbers: readonly string[], but = 0) =>
      taken.get(id, JSON.stringify(numbers), but) !== undefined,
    /** Files a contact without groups and further numbers as it was. */
    insert: (id: number, was: Snapshot, fields: string) =>
      void insert.run(
        id,
        was.name,
        was.folded,
        was.numbers[0] ?? '',
        was.note,
        was.import,
        was.created,
        was.changed,
        fields,
      ),
    /** Writes a contact as it was, its groups and further numbers apart. */
    update: (id: number, was: Snapshot, fields: string) =>
      void update.run(was.name, was.folded, was.numbers[0] ?? '', was.note, was.changed, fields, id),
  };
}

/** See {@link removalQueries}. */
export type RemovalQueries = ReturnType<typeof removalQueries>;
