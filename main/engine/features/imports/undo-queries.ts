import type { DatabaseSyncInstance } from '@photostructure/sqlite';

/** A contact of a removal. */
type RemovedPlace = { readonly removal: number; readonly contact: number };

/** SQL that takes an import back, some thousand rows at a time. */
export function undoQueries(db: DatabaseSyncInstance) {
  // Nobody has touched it since, nobody was merged into it, and it is in no group that the import did not put it into.
  const untouched = `c.changed_at = c.created_at
    AND c.id NOT IN (SELECT kept_contact FROM removals WHERE kept_contact IS NOT NULL)
    AND NOT EXISTS (SELECT 1 FROM group_members m
      WHERE m.contact_id = c.id AND m.group_id NOT IN (SELECT value FROM json_each(:into)))`;
  const nextNew = db.prepare(`
    SELECT MAX(b.id) AS last FROM (
      SELECT id FROM contacts WHERE import_id = :id AND id > :after ORDER BY id LIMIT :limit) b`);
  const removeNew = db.prepare(`
    DELETE FROM contacts AS c WHERE c.import_id = :id AND c.id > :after AND c.id <= :to AND ${untouched}`);
  const keptNew = db.prepare('SELECT COUNT(*) AS count FROM contacts WHERE import_id = ?');
  const disown = db.prepare('UPDATE contacts SET import_id = NULL WHERE import_id = ?');
  const ready = `
    SELECT i.contact_id, i.before FROM import_changes i JOIN contacts c ON c.id = i.contact_id AND c.changed_at = i.changed_at
    WHERE i.import_id = :id AND i.contact_id > :after ORDER BY i.contact_id LIMIT :limit`;
  const lastReady = db.prepare(`SELECT MAX(b.contact_id) AS contact, COUNT(*) AS count FROM (${ready}) b`);
  const inBatch = `SELECT b.contact_id, b.before FROM import_changes b JOIN contacts k ON k.id = b.contact_id AND k.changed_at = b.changed_at
    WHERE b.import_id = :id AND b.contact_id > :after AND b.contact_id <= :to`;
  const numbersBack = db.prepare(`
    DELETE FROM contact_numbers WHERE (contact_id, msisdn) IN (
      SELECT b.contact_id, n.value FROM (${inBatch}) b, json_each(b.before, '$.numbers') n)`);
  const groupsBack = db.prepare(`
    DELETE FROM group_members WHERE (group_id, contact_id) IN (
      SELECT g.value, b.contact_id FROM (${inBatch}) b, json_each(b.before, '$.groups') g)`);
  const valuesBack = db.prepare(`
    UPDATE contacts AS c SET name = b.before ->> 'name', name_folded = b.before ->> 'folded', note = b.before ->> 'note',
      fields = b.before ->> 'fields', changed_at = b.before ->> 'changedAt'
    FROM (${inBatch}) b WHERE c.id = b.contact_id`);
  // A second try, after one that was cut off, counts only what the first one left.
  const dropRestored = db.prepare(`
    DELETE FROM import_changes WHERE import_id = :id AND contact_id > :after AND contact_id <= :to
      AND EXISTS (SELECT 1 FROM contacts c WHERE c.id = contact_id AND c.changed_at = before ->> 'changedAt')`);
  const countChanges = db.prepare(`
    SELECT COUNT(*) AS count FROM import_changes i WHERE i.import_id = ?
      AND (EXISTS (SELECT 1 FROM contacts c WHERE c.id = i.contact_id)
        OR i.contact_id IN (SELECT contact_id FROM removed_contacts))`);
  const nextRemoved = db.prepare(`
    SELECT b.removal_id AS removal, b.contact_id AS contact FROM (
      SELECT removal_id, contact_id FROM removed_contacts WHERE (removal_id, contact_id) > (:removal, :contact)
      ORDER BY removal_id, contact_id LIMIT :limit) b
    ORDER BY b.removal_id DESC, b.contact_id DESC LIMIT 1`);
  const ofBatch = `(r.removal_id, r.contact_id) > (:removal, :contact) AND (r.removal_id, r.contact_id) <= (:toRemoval, :toContact)
    AND r.json ->> 'import' = :id`;
  // What was merged stays: taking the merge back needs it.
  const forgetRemoved = db.prepare(`
    DELETE FROM removed_contacts AS r WHERE ${ofBatch} AND r.json ->> 'changed' = r.json ->> 'created'
      AND EXISTS (SELECT 1 FROM removals o WHERE o.id = r.removal_id AND o.kind <> 'merged')
      AND NOT EXISTS (SELECT 1 FROM json_each(r.json, '$.groups') g WHERE g.value NOT IN (SELECT value FROM json_each(:into)))`);
  const disownRemoved = db.prepare(`
    UPDATE removed_contacts AS r SET json = json_set(r.json, '$.import', NULL) WHERE ${ofBatch}`);
  const dropChanges = db.prepare('DELETE FROM import_changes WHERE import_id = ?');
  const removeNumbers = db.prepare(`
    DELETE FROM do_not_message WHERE msisdn IN (SELECT msisdn FROM do_not_message WHERE import_id = :id LIMIT :limit)`);
  const removeList = db.prepare('DELETE FROM lists WHERE id = ?');
  const removeGroup = db.prepare(`
    DELETE FROM contact_groups WHERE id = :id
      AND NOT EXISTS (SELECT 1 FROM group_members WHERE group_id = :id)
      AND NOT EXISTS (SELECT 1 FROM contact_groups g, json_tree(g.rule) t WHERE t.key = 'group' AND t.value = :id)`);
  const removeField = db.prepare(`
    DELETE FROM contact_fields WHERE id = :id
      AND NOT EXISTS (SELECT 1 FROM contacts WHERE instr(fields, '"' || :id || '":') > 0)
      AND NOT EXISTS (SELECT 1 FROM contact_groups g, json_tree(g.rule) t WHERE t.key = 'field' AND t.value = :id)`);

  const count = (found: unknown) => (found as { count: number }).count;
  return {
    /** Looks at contacts that an import made, after one, and removes those that nobody touched; `null` when there is none left. */
    removeNew(
      id: number,
      into: readonly number[],
      after: number,
      limit: number,
    ): { contact: number; count: number } | null {
      const { last } = nextNew.get({ id, after, limit }) as { last: number | null };
      if (last === null) return null;
      const { changes } = removeNew.run({ id, after, to: last, into: JSON.stringify(into) });
      return { contact: last, count: Number(changes) };
    },
    /**
     * Looks at contacts in removals, after one. Those that an import made are forgotten where nobody touched them before they were
     * removed; the others are nobody's from then on (`kept`). `null` when there is none left.
     */
    forgetRemoved(
      id: number,
      into: readonly number[],
      after: RemovedPlace,
      limit: number,
    ): { place: RemovedPlace; forgotten: number; kept: number } | null {
      const place = nextRemoved.get({ ...after, limit }) as RemovedPlace | undefined;
      if (!place) return null;
      const batch = { id, ...after, toRemoval: place.removal, toContact: place.contact };
      const forgotten = Number(forgetRemoved.run({ ...batch, into: JSON.stringify(into) }).changes);
      return { place, forgotten, kept: Number(disownRemoved.run(batch).changes) };
    },
    /** Contacts that an import made and that are still there. */
    madeBy: (id: number) => count(keptNew.get(id)),
    /** Makes them nobody's. */
    disown: (id: number) => void disown.run(id),
    /** Gives changed contacts after one their former values; `null` when there is none left. */
    restore(id: number, after: number, limit: number): { contact: number; count: number } | null {
      const found = lastReady.get({ id, after, limit }) as { contact: number | null; count: number };
      if (found.contact === null) return null;
      const batch = { id, after, to: found.contact };
      numbersBack.run(batch);
      groupsBack.run(batch);
      valuesBack.run(batch);
      dropRestored.run(batch);
      return { contact: found.contact, count: found.count };
    },
    /** Contacts that an import changed and that are still there or can be restored. */
    changedBy: (id: number) => count(countChanges.get(id)),
    dropChanges: (id: number) => void dropChanges.run(id),
    removeNumbers: (id: number, limit: number) => Number(removeNumbers.run({ id, limit }).changes),
    removeList: (id: number) => void removeList.run(id),
    /** Removes a group without people that no rule asks for. */
    removeGroup: (id: number) => void removeGroup.run({ id }),
    /** Removes a field without values that no rule asks for. */
    removeField: (id: number) => void removeField.run({ id }),
  };
}
