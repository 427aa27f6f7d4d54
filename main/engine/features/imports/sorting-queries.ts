import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { ImportPurpose, ImportRules } from '#shared/ipc/imports.ts';
import { MOST_NUMBERS } from './plan.ts';

/** What rows are sorted for. */
export type SortedAs = ImportPurpose;

/** A number that a row writes: it did not give it up, and no earlier row has it. */
export const own = (numbers: string): string =>
  `${numbers}.given = 0 AND NOT EXISTS (SELECT 1 FROM staging.row_numbers earlier WHERE earlier.given = 0 AND earlier.msisdn = ${numbers}.msisdn AND earlier.row < ${numbers}.row)`;

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

/** A group `g` that people can still be put into: it is to be made, or is there and has no rule. */
export const TAKES_PEOPLE =
  '(g.group_id IS NULL OR EXISTS (SELECT 1 FROM main.contact_groups k WHERE k.id = g.group_id AND k.rule IS NULL))';

/** Of the groups that a row is put into, by `s`, those that its contact is not in yet. */
export const missingGroups = (existing: ImportRules['existing']): string => `
  SELECT g.no FROM staging.group_names g
  WHERE g.smart = 0 AND ${TAKES_PEOPLE}
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

/** Whether a row has a number that it alone could write and that nobody has yet, by `s`. */
const HAS_FREE = `EXISTS (SELECT 1 FROM staging.row_numbers n WHERE n.row = s.row AND ${own('n')} AND ${HOLDER} IS NULL)`;

/** Whether a row, by `s`, would give its contact more numbers than one may have. */
const CROWDED = `${HAS_FREE} AND 1 + (SELECT COUNT(*) FROM main.contact_numbers k WHERE k.contact_id = s.contact)
  + (SELECT COUNT(*) FROM (${missingNumbers})) > ${MOST_NUMBERS}`;

/**
 * Sorts rows into their classes; the rules are in the README. 0 new, 1 updated, 2 unchanged, 3 duplicate, 4 rejected.
 *
 * @param several whether any row that is staged has several numbers
 */
export function sortingQueries(
  db: DatabaseSyncInstance,
  as: SortedAs,
  existing: ImportRules['existing'],
  several: () => boolean,
) {
  const range = prepareSorting(db, as, existing, several, (table) => `${table}.row BETWEEN ?1 AND ?2`);
  const one = prepareSorting(db, as, existing, several, (table) => `${table}.row = ?1`);
  const settle = settling(db, as, existing, (row) => one([row]));
  const givers = db.prepare(`
    SELECT s.row FROM staging.sorted s JOIN staging.rows r ON r.row = s.row
    WHERE s.row BETWEEN ?1 AND ?2 AND EXISTS (SELECT 1 FROM staging.row_numbers n WHERE n.row = s.row AND n.position > 0)
      AND ((s.class = 4 AND r.problem IS NULL)
        OR (s.contact IS NOT NULL ${existing === 'leave' ? '' : 'AND s.class = 3'} AND ${HAS_FREE})
        ${existing === 'leave' ? '' : `OR (s.class = 1 AND ${CROWDED})`})`);
  return {
    /**
     * Sorts rows from one to another, both included; every earlier row is sorted by then.
     *
     * @param count how many rows there are, where that is known
     */
    range(from: number, to: number, count?: number) {
      range([from, to], count);
      if (as !== 'contacts' || !several()) return;
      const rows = (givers.all(from, to) as { row: number }[]).map(({ row }) => row);
      if (rows.length > 0) settle(rows, null, to);
    },
    /** Sorts a row anew that was corrected, and whatever this concerns. `before`: the numbers that it had. */
    replaced: (row: number, before: readonly number[]) => settle([row], before, Number.MAX_SAFE_INTEGER),
  };
}

type Bound = readonly number[];

/** Sorts rows by what stands in earlier ones, as if none of them had anything to give up. Rows of one number take a shorter way. */
function prepareSorting(
  db: DatabaseSyncInstance,
  as: SortedAs,
  existing: ImportRules['existing'],
  several: () => boolean,
  within: (table: string) => string,
): (bound: Bound, count?: number) => void {
  const knownAs = KNOWN_AS[as];
  const matched = as === 'contacts' ? 'low' : 'NULL';
  // For a list of numbers a row is new when one of its numbers is.
  const classOf =
    as === 'contacts'
      ? 'CASE WHEN low IS NULL THEN 0 WHEN low = high THEN 2 ELSE 4 END'
      : 'CASE WHEN known = numbers THEN 2 ELSE 0 END';
  const forget = db.prepare(`DELETE FROM staging.sorted WHERE ${within('sorted')}`);
  const claim = db.prepare(
    `UPDATE staging.row_numbers SET given = 0 WHERE ${within('row_numbers')} AND given = 1`,
  );
  const matchSingle = db.prepare(`
    INSERT INTO staging.sorted (row, class, contact, msisdn)
    WITH own (row, msisdn, known_as) AS MATERIALIZED (
      SELECT n.row, n.msisdn, ${knownAs} FROM staging.row_numbers n WHERE ${within('n')} AND ${own('n')})
    SELECT row, CASE WHEN known_as IS NULL THEN 0 ELSE 2 END, ${as === 'contacts' ? 'known_as' : 'NULL'}, msisdn FROM own`);
  const matchSeveral = db.prepare(`
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
    INSERT INTO staging.sorted (row, class)
    SELECT r.row, CASE WHEN r.problem IS NULL THEN 3 ELSE 4 END FROM staging.rows r
    WHERE ${within('r')} AND NOT EXISTS (SELECT 1 FROM staging.sorted s WHERE s.row = r.row)`);
  const sameContact = db.prepare(`
    UPDATE staging.sorted AS s SET class = 3
    WHERE ${within('s')} AND s.contact IS NOT NULL AND EXISTS (
      SELECT 1 FROM staging.sorted e WHERE e.contact = s.contact AND e.row < s.row)`);
  const changed = db.prepare(`
    UPDATE staging.sorted AS s SET class = 1
    WHERE ${within('s')} AND s.contact IS NOT NULL AND s.class = 2 AND EXISTS (
      SELECT 1 FROM main.contacts c, staging.rows r WHERE c.id = s.contact AND r.row = s.row AND (${changes(existing)}))`);
  return (bound, count) => {
    forget.run(...bound);
    if (several()) claim.run(...bound);
    const sorted = (several() ? matchSeveral : matchSingle).run(...bound).changes;
    if (sorted !== count) rest.run(...bound);
    if (as !== 'contacts') return;
    sameContact.run(...bound);
    changed.run(...bound);
  };
}

type Standing = { readonly class: number; readonly contact: number | null; readonly problem: string | null };
type Claim = { readonly msisdn: number; readonly given: number };

/**
 * Sorts single rows one after the other, lets those that will not write their numbers give them up, and goes on with the next row that
 * has one of them. A row depends on earlier rows alone, so that going forward settles each row once.
 */
function settling(
  db: DatabaseSyncInstance,
  as: SortedAs,
  existing: ImportRules['existing'],
  sortOne: (row: number) => void,
) {
  const forget = db.prepare('DELETE FROM staging.stale');
  const look = db.prepare('INSERT OR IGNORE INTO staging.stale VALUES (?)');
  const next = db.prepare('SELECT MIN(row) AS row FROM staging.stale WHERE row > ?');
  const claims = db.prepare('SELECT msisdn, given FROM staging.row_numbers WHERE row = ?');
  const standing = db.prepare(`
    SELECT s.class, s.contact, r.problem FROM staging.sorted s JOIN staging.rows r ON r.row = s.row WHERE s.row = ?`);
  const hasFree = db.prepare(`SELECT 1 FROM staging.sorted s WHERE s.row = ? AND ${HAS_FREE}`);
  const reject = db.prepare('UPDATE staging.sorted SET class = 4 WHERE row = ?');
  const crowded = db.prepare(`SELECT 1 FROM staging.sorted s WHERE s.row = ? AND ${CROWDED}`);
  // Neither contact nor number: it stands for nobody, and the next row with the contact has it.
  const crowd = db.prepare(
    'UPDATE staging.sorted SET class = 4, contact = NULL, msisdn = NULL WHERE row = ?',
  );
  const giveAll = db.prepare('UPDATE staging.row_numbers SET given = 1 WHERE row = ?');
  const giveFree = db.prepare(
    `UPDATE staging.row_numbers AS n SET given = 1 WHERE n.row = ? AND ${HOLDER} IS NULL`,
  );
  const nextWithNumber = db.prepare(`
    SELECT MIN(row) AS row FROM (
      SELECT MIN(row) AS row FROM staging.row_numbers WHERE given = 0 AND msisdn = ?1 AND row > ?2
      UNION ALL SELECT MIN(row) FROM staging.row_numbers WHERE given = 1 AND msisdn = ?1 AND row > ?2)`);
  const nextWithContact = db.prepare(
    'SELECT MIN(row) AS row FROM staging.sorted WHERE contact = ? AND row > ?',
  );

  function giveUp(row: number): void {
    const { class: rowClass, contact, problem } = standing.get(row) as Standing;
    if (rowClass === 4 && problem === null) giveAll.run(row);
    else if (contact !== null && (rowClass === 3 || existing === 'leave') && hasFree.get(row)) {
      // The person is another row's already: its further numbers would be nowhere.
      if (rowClass === 3) reject.run(row);
      (rowClass === 3 ? giveAll : giveFree).run(row);
    } else if (existing !== 'leave' && rowClass === 1 && crowded.get(row)) {
      crowd.run(row);
      giveAll.run(row);
    }
  }

  /** `touched`: numbers that the one row had before it was corrected; `last`: no row after it is looked at. */
  return (rows: readonly number[], touched: readonly number[] | null, last: number): void => {
    const lookAt = (found: unknown) => {
      const { row } = found as { row: number | null };
      if (row !== null && row <= last) look.run(row);
    };
    forget.run();
    for (const row of rows) look.run(row);
    for (let row = 0; ;) {
      const found = (next.get(row) as { row: number | null }).row;
      if (found === null) return;
      row = found;
      const before = claims.all(row) as Claim[];
      const stood = (standing.get(row) as Standing | undefined)?.contact ?? null;
      sortOne(row);
      if (as === 'contacts') giveUp(row);
      const now = claims.all(row) as Claim[];
      const given = new Map(before.map((one) => [one.msisdn, one.given]));
      const other = now.filter((one) => given.get(one.msisdn) !== one.given).map((one) => one.msisdn);
      const forced = touched && row === rows[0] ? [...touched, ...given.keys()] : [];
      for (const msisdn of [...other, ...forced]) lookAt(nextWithNumber.get(msisdn, row));
      const stands = (standing.get(row) as Standing).contact;
      if (stood === stands) continue;
      for (const contact of [stood, stands]) if (contact !== null) lookAt(nextWithContact.get(contact, row));
    }
  };
}
