import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { ImportPurpose, ImportRules } from '#shared/ipc/imports.ts';
import { MERGED, missingGroups, missingNumbers, own, TAKES_PEOPLE } from './sorting-queries.ts';
import { ORIGINAL, PROBLEM } from './staging-queries.ts';

/** One import that is being written. */
type Writing = { readonly importId: number; readonly at: number };

/** Rows from one to another, both included. */
type Range = { readonly from: number; readonly to: number };

const IN_RANGE = 's.row BETWEEN :from AND :to';

/** The name of a row `r` as searches compare it. */
const FOLDED = 'COALESCE(r.name_folded, lower(r.name))';

/** SQL that writes staged rows of contacts into the store, a range of rows at a time; to be made once for a commit. */
function contactWriter(
  db: DatabaseSyncInstance,
  { importId, at }: Writing,
  existing: ImportRules['existing'],
  several: boolean,
) {
  // Ids are given here, so that what belongs to a contact need not look for it. None was ever given before: they are above all those.
  const highest = db.prepare(
    "SELECT COALESCE((SELECT seq FROM main.sqlite_sequence WHERE name = 'contacts'), 0) AS id",
  );
  const contactOfNew = ':below + s.row';
  const insert = db.prepare(`
    INSERT INTO main.contacts (id, name, name_folded, msisdn, created_at, changed_at, note, fields, import_id)
    SELECT ${contactOfNew}, r.name, ${FOLDED}, CAST(s.msisdn AS TEXT), :at, :at, r.note, r.fields, :importId
    FROM staging.sorted s JOIN staging.rows r ON r.row = s.row WHERE s.class = 0 AND ${IN_RANGE} ORDER BY s.row`);
  const insertNumbers = db.prepare(`
    INSERT INTO main.contact_numbers (msisdn, contact_id, position)
    SELECT CAST(n.msisdn AS TEXT), ${contactOfNew}, n.position
    FROM staging.sorted s JOIN staging.row_numbers n ON n.row = s.row
    WHERE s.class = 0 AND ${IN_RANGE} AND n.msisdn <> s.msisdn AND ${own('n')}`);
  const named = db.prepare(`
    WITH taking (no, id) AS MATERIALIZED (
      SELECT g.no, g.group_id FROM staging.group_names g WHERE g.group_id IS NOT NULL AND g.smart = 0 AND ${TAKES_PEOPLE})
    INSERT OR IGNORE INTO main.group_members (group_id, contact_id)
    SELECT taking.id, ${contactOfNew}
    FROM staging.row_groups rg CROSS JOIN staging.sorted s ON s.row = rg.row CROSS JOIN taking ON taking.no = rg.no
    WHERE rg.row BETWEEN :from AND :to AND s.class = 0`);
  const everybody = db.prepare(`
    INSERT OR IGNORE INTO main.group_members (group_id, contact_id)
    SELECT g.group_id, ${contactOfNew}
    FROM staging.group_names g CROSS JOIN staging.sorted s
    WHERE g.everybody = 1 AND g.group_id IS NOT NULL AND ${TAKES_PEOPLE} AND s.class = 0 AND ${IN_RANGE}`);
  const keepBefore = db.prepare(`
    INSERT INTO main.import_changes (import_id, contact_id, before, changed_at)
    SELECT :importId, c.id, json_object('name', c.name, 'folded', c.name_folded, 'note', c.note, 'fields', json(c.fields),
      'changedAt', c.changed_at,
      'numbers', ${existing === 'leave' ? 'json_array()' : `(SELECT json_group_array(CAST(m.msisdn AS TEXT)) FROM (${missingNumbers}) m)`},
      'groups', (SELECT json_group_array(g.group_id) FROM staging.group_names g WHERE g.no IN (${missingGroups(existing)}) AND g.group_id IS NOT NULL)), :at
    FROM staging.sorted s JOIN main.contacts c ON c.id = s.contact
    WHERE s.class = 1 AND ${IN_RANGE}`);
  const addNumbers = db.prepare(`
    INSERT INTO main.contact_numbers (msisdn, contact_id, position)
    SELECT n.value, i.contact_id,
      (SELECT COALESCE(MAX(o.position), 0) FROM main.contact_numbers o WHERE o.contact_id = i.contact_id) + n.key + 1
    FROM staging.sorted s JOIN main.import_changes i ON i.import_id = :importId AND i.contact_id = s.contact,
      json_each(i.before, '$.numbers') n
    WHERE s.class = 1 AND ${IN_RANGE}`);
  const addGroups = db.prepare(`
    INSERT OR IGNORE INTO main.group_members (group_id, contact_id)
    SELECT g.value, i.contact_id
    FROM staging.sorted s JOIN main.import_changes i ON i.import_id = :importId AND i.contact_id = s.contact,
      json_each(i.before, '$.groups') g
    WHERE s.class = 1 AND ${IN_RANGE}`);
  const update = db.prepare(updateSql(existing));
  return ({ from, to }: Range) => {
    const range = { from, to };
    const below = (highest.get() as { id: number }).id + 1 - from;
    if (insert.run({ ...range, at, importId, below }).changes > 0) {
      if (several) insertNumbers.run({ ...range, below });
      named.run({ ...range, below });
      everybody.run({ ...range, below });
    }
    if (keepBefore.run({ ...range, at, importId }).changes === 0) return;
    addNumbers.run({ ...range, importId });
    addGroups.run({ ...range, importId });
    update.run({ ...range, at });
  };
}

/** Even a contact that only came into a group is marked as changed, so that a later change by hand can be told. */
function updateSql(existing: ImportRules['existing']): string {
  const where = `FROM staging.sorted s JOIN staging.rows r ON r.row = s.row WHERE c.id = s.contact AND s.class = 1 AND ${IN_RANGE}`;
  if (existing === 'leave') return `UPDATE main.contacts AS c SET changed_at = :at ${where}`;
  const merged = MERGED[existing];
  return `
    UPDATE main.contacts AS c SET
      name = CASE WHEN ${merged.name} THEN r.name ELSE c.name END,
      name_folded = CASE WHEN ${merged.name} THEN ${FOLDED} ELSE c.name_folded END,
      note = ${merged.note},
      fields = ${merged.fields},
      changed_at = :at ${where}`;
}

function numberWriter(db: DatabaseSyncInstance, { importId, at }: Writing) {
  const insert = db.prepare(`
    INSERT OR IGNORE INTO main.do_not_message (msisdn, reason, note, import_id, added_at)
    SELECT CAST(n.msisdn AS TEXT), 'other', substr(r.note, 1, 500), :importId, :at
    FROM staging.sorted s JOIN staging.rows r ON r.row = s.row JOIN staging.row_numbers n ON n.row = s.row
    WHERE s.class = 0 AND ${IN_RANGE} AND ${own('n')}`);
  // What two lists hold is nobody's: taking one of them back must not allow a number that the other one blocks.
  const share = db.prepare(`
    UPDATE main.do_not_message SET import_id = NULL WHERE import_id <> :importId AND msisdn IN (
      SELECT CAST(n.msisdn AS TEXT) FROM staging.sorted s CROSS JOIN staging.row_numbers n ON n.row = s.row
      WHERE s.class IN (0, 2) AND ${IN_RANGE})`);
  return ({ from, to }: Range) => {
    insert.run({ from, to, at, importId });
    share.run({ from, to, importId });
  };
}

function listWriter(db: DatabaseSyncInstance, listId: number) {
  const insert = db.prepare(`
    INSERT INTO main.list_rows (list_id, row, msisdn, name, fields)
    SELECT :listId, s.row, CAST(s.msisdn AS TEXT), r.name, r.fields
    FROM staging.sorted s JOIN staging.rows r ON r.row = s.row WHERE s.class = 0 AND ${IN_RANGE}`);
  return ({ from, to }: Range) => void insert.run({ from, to, listId });
}

/** What is written, and for what. */
export type Written = Writing & {
  readonly purpose: ImportPurpose;
  readonly existing: ImportRules['existing'];
  /** Some rows have several numbers. */
  readonly several: boolean;
  /** Of `recipients`. */
  readonly listId: number | null;
};

/** Writes the staged rows of a range, rejected ones into the history. Must be in a transaction. */
export function rowWriter(db: DatabaseSyncInstance, written: Written): (range: Range) => void {
  const { purpose, importId, listId } = written;
  const write =
    purpose === 'contacts'
      ? contactWriter(db, written, written.existing, written.several)
      : purpose === 'do-not-message'
        ? numberWriter(db, written)
        : listWriter(db, listId ?? 0);
  const rejects = db.prepare(`
    INSERT INTO main.import_rejects (import_id, row, problem, cells)
    SELECT :importId, s.row, ${PROBLEM}, ${ORIGINAL}
    FROM staging.sorted s JOIN staging.rows r ON r.row = s.row WHERE s.class = 4 AND ${IN_RANGE}`);
  return (range) => {
    write(range);
    rejects.run({ importId, from: range.from, to: range.to });
  };
}

/** What a contact is now and would become, to be shown. */
export type ChangeRow = {
  readonly name: string;
  readonly note: string;
  readonly fields: string;
  readonly row_name: string;
  readonly row_note: string;
  readonly row_fields: string;
  /** Numbers and names of groups that come, as JSON arrays. */
  readonly numbers: string;
  readonly groups: string;
};

/** Reads what the update of a row would change. */
export function changeQuery(db: DatabaseSyncInstance, existing: ImportRules['existing']) {
  const get = db.prepare(`
    SELECT c.name, c.note, c.fields, r.name AS row_name, r.note AS row_note, r.fields AS row_fields,
      ${existing === 'leave' ? "'[]'" : `(SELECT json_group_array(CAST(m.msisdn AS TEXT)) FROM (${missingNumbers}) m)`} AS numbers,
      (SELECT json_group_array(g.name) FROM staging.group_names g WHERE g.no IN (${missingGroups(existing)})) AS groups
    FROM staging.sorted s JOIN staging.rows r ON r.row = s.row JOIN main.contacts c ON c.id = s.contact WHERE s.row = ?`);
  return (row: number) => (get.get(row) as ChangeRow | undefined) ?? null;
}
