import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { ImportPurpose, ImportRules } from '#shared/ipc/imports.ts';

/** What rows are sorted for. */
export type SortedAs = ImportPurpose;

/** A number of a row that stands in no earlier row: it is this row's. */
export const own = (numbers: string): string =>
  `NOT EXISTS (SELECT 1 FROM staging.row_numbers earlier WHERE earlier.msisdn = ${numbers}.msisdn AND earlier.row < ${numbers}.row)`;

/** Which contact has the number of a row. */
const HOLDER = `COALESCE(
  (SELECT id FROM main.contacts WHERE msisdn = CAST(n.msisdn AS TEXT)),
  (SELECT contact_id FROM main.contact_numbers WHERE msisdn = CAST(n.msisdn AS TEXT)))`;

/** By purpose: what a number of a row is known as already; `NULL`: nothing. */
const KNOWN_AS: Readonly<Record<SortedAs, string>> = {
  contacts: HOLDER,
  'do-not-message': '(SELECT 0 FROM main.do_not_message WHERE msisdn = CAST(n.msisdn AS TEXT))',
  recipients: 'NULL',
};

/** Of the groups that a row is put into, by `s`, those that its contact is not in yet. */
export const missingGroups = (existing: ImportRules['existing']): string => `
  SELECT g.no FROM staging.group_names g
  WHERE g.smart = 0
    AND (g.everybody = 1 ${existing === 'leave' ? '' : 'OR EXISTS (SELECT 1 FROM staging.row_groups rg WHERE rg.row = s.row AND rg.no = g.no)'})
    AND NOT EXISTS (SELECT 1 FROM main.group_members m WHERE m.group_id = g.group_id AND m.contact_id = s.contact)`;

/** Of the numbers of a row, by `s`, those that nobody has yet. */
export const missingNumbers = `
  SELECT n.msisdn, n.position FROM staging.row_numbers n WHERE n.row = s.row AND ${own('n')} AND ${HOLDER} IS NULL`;

/** What the values of a contact `c` become by a row `r`. Empty cells say nothing: they never empty what is there. */
export const MERGED: Readonly<Record<'replace' | 'fill', { name: string; note: string; fields: string }>> = {
  replace: {
    name: "r.name <> ''",
    note: "CASE WHEN r.note <> '' THEN r.note ELSE c.note END",
    fields: 'json_patch(c.fields, r.fields)',
  },
  fill: {
    name: "c.name = '' AND r.name <> ''",
    note: "CASE WHEN c.note = '' THEN r.note ELSE c.note END",
    // Own values over those of the row, in the order of the contact's own.
    fields: 'json_patch(c.fields, json_patch(r.fields, c.fields))',
  },
};

function changes(existing: ImportRules['existing']): string {
  const inGroups = `EXISTS (${missingGroups(existing)})`;
  if (existing === 'leave') return inGroups;
  const { name, note, fields } = MERGED[existing];
  return `(${name} AND r.name <> c.name) OR ${note} <> c.note
    OR (r.fields <> '{}' AND ${fields} <> json(c.fields))
    OR EXISTS (${missingNumbers}) OR ${inGroups}`;
}

/** Sorts rows into their classes; the rules are in the README. 0 new, 1 updated, 2 unchanged, 3 duplicate, 4 rejected. */
export function sortingQueries(db: DatabaseSyncInstance, as: SortedAs, existing: ImportRules['existing']) {
  const knownAs = KNOWN_AS[as];
  const matched = as === 'contacts' ? 'low' : 'NULL';
  // For a list of numbers a row is new when one of its numbers is.
  const classOf =
    as === 'contacts'
      ? 'CASE WHEN low IS NULL THEN 0 WHEN low = high THEN 2 ELSE 4 END'
      : 'CASE WHEN known = numbers THEN 2 ELSE 0 END';

  const prepare = (within: (table: string) => string) => {
    const forget = db.prepare(`DELETE FROM staging.sorted WHERE ${within('sorted')}`);
    const match = db.prepare(`
      INSERT INTO staging.sorted (row, class, contact, msisdn)
      SELECT row, ${classOf}, CASE WHEN low = high THEN ${matched} END,
        (SELECT f.msisdn FROM staging.row_numbers f WHERE f.row = o.row AND f.position = o.first)
      FROM (
        SELECT n.row AS row, MIN(n.position) AS first, COUNT(*) AS numbers, COUNT(n.known_as) AS known,
          MIN(n.known_as) AS low, MAX(n.known_as) AS high
        FROM (
          SELECT n.row, n.position, ${knownAs} AS known_as FROM staging.row_numbers n WHERE ${within('n')} AND ${own('n')}
        ) n GROUP BY n.row
      ) o`);
    const rest = db.prepare(`
      INSERT INTO staging.sorted (row, class, duplicate_of)
      SELECT r.row, CASE WHEN r.problem IS NULL THEN 3 ELSE 4 END,
        CASE WHEN r.problem IS NULL THEN (
          SELECT MIN(e.row) FROM staging.row_numbers n JOIN staging.row_numbers e ON e.msisdn = n.msisdn WHERE n.row = r.row) END
      FROM staging.rows r
      WHERE ${within('r')} AND NOT EXISTS (SELECT 1 FROM staging.sorted s WHERE s.row = r.row)`);
    const sameContact = db.prepare(`
      UPDATE staging.sorted AS s SET class = 3, duplicate_of = (
        SELECT MIN(e.row) FROM staging.sorted e WHERE e.contact = s.contact)
      WHERE ${within('s')} AND s.contact IS NOT NULL AND EXISTS (
        SELECT 1 FROM staging.sorted e WHERE e.contact = s.contact AND e.row < s.row)`);
    const changed = db.prepare(`
      UPDATE staging.sorted AS s SET class = 1
      WHERE ${within('s')} AND s.contact IS NOT NULL AND s.class = 2 AND EXISTS (
        SELECT 1 FROM main.contacts c, staging.rows r WHERE c.id = s.contact AND r.row = s.row AND (${changes(existing)}))`);
    return (...bound: number[]) => {
      forget.run(...bound);
      match.run(...bound);
      rest.run(...bound);
      if (as !== 'contacts') return;
      sameContact.run(...bound);
      changed.run(...bound);
    };
  };

  const range = prepare((table) => `${table}.row BETWEEN ?1 AND ?2`);
  const stale = prepare((table) => `${table}.row IN (SELECT t.row FROM staging.stale t)`);
  return {
    /** Sorts rows from one to another, both included; every earlier row is sorted by then. */
    range: (from: number, to: number) => range(from, to),
    /** Sorts the rows that are named in `staging.stale`. */
    stale: () => stale(),
  };
}
