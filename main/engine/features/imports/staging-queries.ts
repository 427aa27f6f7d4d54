import { rmSync } from 'node:fs';
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { ImportRules, RowClass } from '#shared/ipc/imports.ts';
import { CELLS_AT_ONCE, PER_ROW, type PackedRows, type StagedJson } from '../../file-worker/messages.ts';
import { sortingQueries, type SortedAs } from './sorting-queries.ts';

/** Classes by the number that stands for them in the table. */
export const CLASSES: readonly RowClass[] = ['new', 'updated', 'unchanged', 'duplicate', 'rejected'];

/** A row as it is staged, with its class. */
export type StagedRow = {
  readonly row: number;
  readonly class: number;
  readonly contact: number | null;
  readonly duplicate_of: number | null;
  readonly problem: string | null;
  readonly cells: string;
  readonly corrected: number;
};

/** Page cache of the staging file in KiB: enough for the index of a million numbers to stay quick. */
const CACHE_KIB = 16_384;
/** Bytes of a page of the staging file: with SQLite's 4,096 there is a call of the system for every ten rows, both ways. */
const PAGE_BYTES = 16_384;

/** The earlier row that has the person, or a number, of a row that is not written. */
const DUPLICATE_OF = `
  CASE WHEN s.class IN (3, 4) AND s.contact IS NOT NULL THEN (
    SELECT MIN(e.row) FROM staging.sorted e WHERE e.contact = s.contact AND e.row < s.row)
  WHEN s.class = 3 THEN (
    SELECT MIN((SELECT MIN(e.row) FROM staging.row_numbers e WHERE e.given = 0 AND e.msisdn = n.msisdn))
    FROM staging.row_numbers n WHERE n.row = s.row) END`;
/** Why a row is rejected, by `s` and `r`: what is wrong with it alone, or with it beside others. */
export const PROBLEM =
  "COALESCE(r.problem, CASE WHEN s.contact IS NOT NULL THEN 'contact-twice' WHEN s.msisdn IS NULL THEN 'too-many-numbers' ELSE 'several-contacts' END)";

/** Cells of a row `r` as JSON text, as they are now. */
const CELLS = `COALESCE(json(r.cells), (
  SELECT c.rows -> (r.row - c.first) FROM staging.cells c WHERE c.first <= r.row ORDER BY c.first DESC LIMIT 1))`;
/** Cells of a row `r` as JSON text, as they stood in the file. */
export const ORIGINAL = `COALESCE(r.original, ${CELLS})`;

const COLUMNS = `s.row, s.class, s.contact, ${DUPLICATE_OF} AS duplicate_of, CASE s.class WHEN 4 THEN ${PROBLEM} END AS problem, ${CELLS} AS cells, r.original IS NOT NULL AS corrected`;
const FROM = 'FROM staging.sorted s JOIN staging.rows r ON r.row = s.row';

const TABLES = `
  CREATE TABLE staging.rows (
    row INTEGER PRIMARY KEY,
    problem TEXT,
    name TEXT NOT NULL,
    -- NULL: lower(name)
    name_folded TEXT,
    note TEXT NOT NULL DEFAULT '',
    fields TEXT NOT NULL,
    -- NULL: in the other table
    cells BLOB,
    original TEXT
  );
  CREATE TABLE staging.cells (first INTEGER PRIMARY KEY, rows BLOB NOT NULL);
  CREATE TABLE staging.row_numbers (
    row INTEGER NOT NULL,
    position INTEGER NOT NULL,
    msisdn INTEGER NOT NULL,
    given INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (row, position)
  ) WITHOUT ROWID;
  CREATE INDEX staging.row_numbers_claimed ON row_numbers (msisdn, row) WHERE given = 0;
  CREATE INDEX staging.row_numbers_given ON row_numbers (msisdn, row) WHERE given = 1;
  CREATE TABLE staging.sorted (
    row INTEGER PRIMARY KEY,
    class INTEGER NOT NULL,
    contact INTEGER,
    msisdn INTEGER
  );
  CREATE INDEX staging.sorted_class ON sorted (class, row) WHERE class > 0;
  CREATE INDEX staging.sorted_contact ON sorted (contact, row) WHERE contact IS NOT NULL;
  CREATE TABLE staging.group_names (
    no INTEGER PRIMARY KEY,
    folded TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    group_id INTEGER,
    smart INTEGER NOT NULL,
    everybody INTEGER NOT NULL
  );
  CREATE TABLE staging.row_groups (row INTEGER NOT NULL, no INTEGER NOT NULL, PRIMARY KEY (row, no)) WITHOUT ROWID;
  CREATE TABLE staging.stale (row INTEGER PRIMARY KEY);
`;
const NAMES = ['rows', 'cells', 'row_numbers', 'sorted', 'group_names', 'row_groups', 'stale'];

/** Opens the staging file of a store, a new one; whatever a crash left of the last one goes. See the README. */
export function attachStaging(db: DatabaseSyncInstance, storeFile: string): { detach(): void } {
  const file = `${storeFile}.import`;
  const remove = () => {
    for (const ending of ['', '-journal']) rmSync(file + ending, { force: true });
  };
  remove();
  db.prepare('ATTACH ? AS staging').run(file);
  db.exec(`
    PRAGMA staging.page_size = ${PAGE_BYTES};
    PRAGMA staging.journal_mode = MEMORY;
    PRAGMA staging.synchronous = OFF;
    PRAGMA staging.cache_size = -${CACHE_KIB};
    ${TABLES}
  `);
  return {
    detach() {
      db.exec('DETACH staging');
      remove();
    },
  };
}

/** SQL on the staged rows. Nothing here writes to the store itself. */
export function stagingQueries(db: DatabaseSyncInstance) {
  const rows = db.prepare(`
    INSERT INTO staging.rows (row, name, fields)
    SELECT ?2 + key, value ->> 0, value ->> 1 FROM jsonb_each(?1) WHERE type = 'array'`);
  const others = db.prepare(`
    INSERT INTO staging.rows (row, name, fields, name_folded, note, problem, cells)
    SELECT ?2 + CAST(key AS INTEGER), value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, jsonb_extract(value, '$[5]')
    FROM jsonb_each(?1)`);
  const cells = db.prepare(`
    INSERT INTO staging.cells (first, rows) SELECT ?2 + key * ${CELLS_AT_ONCE}, value FROM jsonb_each(?1)`);
  const numbers = db.prepare(`
    INSERT INTO staging.row_numbers (row, position, msisdn)
    SELECT ?2 + key, 0, atom FROM jsonb_each(?1) WHERE type = 'integer'`);
  const further = db.prepare(`
    INSERT INTO staging.row_numbers (row, position, msisdn)
    SELECT ?2 + CAST(key AS INTEGER) / ${PER_ROW}, CAST(key AS INTEGER) % ${PER_ROW}, value FROM jsonb_each(?1)`);
  const groupNames = db.prepare(`
    INSERT OR IGNORE INTO staging.group_names (folded, name, smart, everybody)
    SELECT value ->> 1, value ->> 0, 0, 0 FROM jsonb_each(?)`);
  const rowGroups = db.prepare(`
    WITH known (at, no) AS MATERIALIZED (
      SELECT g.key, n.no FROM jsonb_each(?1) g CROSS JOIN staging.group_names n ON n.folded = g.value ->> 1)
    INSERT OR IGNORE INTO staging.row_groups (row, no)
    SELECT ?3 + m.value / ${PER_ROW}, known.no FROM jsonb_each(?2) m CROSS JOIN known ON known.at = m.value % ${PER_ROW}`);
  const addGroup = db.prepare(`
    INSERT INTO staging.group_names (folded, name, group_id, smart, everybody) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (folded) DO UPDATE SET group_id = excluded.group_id, smart = excluded.smart, everybody = everybody OR excluded.everybody`);
  const forgetGroups = db.prepare(
    'UPDATE staging.group_names SET group_id = NULL, smart = 0, everybody = 0 WHERE group_id IS NOT NULL OR everybody = 1',
  );
  const groupsToMake = db.prepare(`
    SELECT g.folded, g.name FROM staging.group_names g
    WHERE g.group_id IS NULL AND g.smart = 0 AND (g.everybody = 1 OR EXISTS (
      SELECT 1 FROM staging.row_groups rg JOIN staging.sorted s ON s.row = rg.row WHERE rg.no = g.no AND s.class IN (0, 1)))`);
  const groupIds = db.prepare(`
    SELECT g.group_id FROM staging.group_names g WHERE g.group_id IS NOT NULL
      AND (g.everybody = 1 OR g.no IN (SELECT no FROM staging.row_groups))`);
  const counts = db.prepare(`
    SELECT class, COUNT(*) AS count FROM staging.sorted WHERE class > 0 GROUP BY class`);
  const all = db.prepare('SELECT COUNT(*) AS count FROM staging.sorted');
  const last = db.prepare('SELECT COALESCE(MAX(row), 0) AS row FROM staging.rows');
  const get = db.prepare(`SELECT ${COLUMNS} ${FROM} WHERE s.row = ?`);
  // Most rows are new: these are read in their own order, the others through an index that has them alone.
  const ofClass = db.prepare(
    `SELECT ${COLUMNS} ${FROM} WHERE s.class = ? AND s.class > 0 AND s.row > ? ORDER BY s.row LIMIT ?`,
  );
  const fresh = db.prepare(
    `SELECT ${COLUMNS} ${FROM} WHERE s.class = 0 AND s.row > ? ORDER BY s.row LIMIT ?`,
  );
  const notRejected = db.prepare(
    `SELECT ${COLUMNS} ${FROM} WHERE s.class <> 4 AND s.row > ? ORDER BY s.row LIMIT ?`,
  );
  const rejected = db.prepare(`
    SELECT s.row, ${PROBLEM} AS problem, ${ORIGINAL} AS cells
    ${FROM} WHERE s.class = 4 AND s.row > ? ORDER BY s.row LIMIT ?`);
  const removeNumbers = db.prepare('DELETE FROM staging.row_numbers WHERE row = ?');
  const removeGroups = db.prepare('DELETE FROM staging.row_groups WHERE row = ?');
  const original = db.prepare(`SELECT ${ORIGINAL} AS cells FROM staging.rows r WHERE r.row = ?`);
  const removeRow = db.prepare('DELETE FROM staging.rows WHERE row = ?');
  const setOriginal = db.prepare('UPDATE staging.rows SET original = ? WHERE row = ?');
  const numbersOf = db.prepare('SELECT msisdn FROM staging.row_numbers WHERE row = ?');

  const nextField = db.prepare(`
    SELECT COALESCE((SELECT seq FROM main.sqlite_sequence WHERE name = 'contact_fields'), 0) + 1 AS id`);
  // Keys stand nowhere else in JSON text: quotes inside of values have a backslash before them.
  const renameKey = db.prepare(`
    UPDATE staging.rows SET fields = replace(fields, '"' || ?1 || '":', '"' || ?2 || '":')
    WHERE row BETWEEN ?3 AND ?4 AND instr(fields, '"' || ?1 || '":') > 0`);

  let several = false;
  const stage = (json: StagedJson, first: number) => {
    rows.run(json.rows, first);
    if (json.mixed) others.run(json.others, first);
    numbers.run(json.numbers, first);
    several ||= json.several;
    if (json.several) further.run(json.further, first);
    if (!json.grouped) return;
    groupNames.run(json.groups);
    rowGroups.run(json.groups, json.members, first);
  };

  return {
    /** Drops everything that is staged. */
    clear() {
      for (const name of NAMES) db.exec(`DELETE FROM staging.${name}`);
      db.exec('VACUUM staging');
      several = false;
    },
    /** Stages a batch. */
    stage({ json, firstRow }: PackedRows) {
      stage(json, firstRow);
      cells.run(json.cells, firstRow);
    },
    /** How rows of this purpose are sorted by these rules; to be made once for a check. */
    sorting: (as: SortedAs, existing: ImportRules['existing']) =>
      sortingQueries(db, as, existing, () => several),
    /** A group that is known by now; `everybody`: all people of the import are put into it. */
    addGroup: (folded: string, name: string, id: number | null, smart: boolean, everybody: boolean) =>
      void addGroup.run(folded, name, id, Number(smart), Number(everybody)),
    /** Forgets which groups there are: some may be gone. */
    forgetGroups: () => void forgetGroups.run(),
    /** Whether a row has several numbers. */
    several: () => several,
    /** Groups that people come into and that are not there yet. */
    groupsToMake: () => groupsToMake.all() as { folded: string; name: string }[],
    /** Groups that people of the import may come into. */
    groupIds: () => (groupIds.all() as { group_id: number }[]).map((one) => one.group_id),
    /** Rows by class, in the order of {@link CLASSES}. */
    counts(): number[] {
      const found = counts.all() as { class: number; count: number }[];
      const rest = found.reduce((sum, { count }) => sum + count, 0);
      const whole = (all.get() as { count: number }).count;
      return CLASSES.map((_, number) =>
        number === 0 ? whole - rest : (found.find((one) => one.class === number)?.count ?? 0),
      );
    },
    /** The id that the next field of contacts gets. */
    nextField: () => (nextField.get() as { id: number }).id,
    /** Files the values of rows from one to another under another key. */
    renameKey: (key: string, to: string, rows: { readonly from: number; readonly to: number }) =>
      void renameKey.run(key, to, rows.from, rows.to),
    /** The highest row there is. */
    lastRow: () => (last.get() as { row: number }).row,
    get: (row: number) => (get.get(row) as StagedRow | undefined) ?? null,
    /** Rows of one class after a row. */
    ofClass: (number: number, after: number, limit: number) =>
      (number === 0 ? fresh.all(after, limit) : ofClass.all(number, after, limit)) as StagedRow[],
    /** Rows of every class but the rejected ones after a row. */
    notRejected: (after: number, limit: number) => notRejected.all(after, limit) as StagedRow[],
    /** Rejected rows as they stood, cells as JSON. */
    rejected: (after: number, limit: number) =>
      rejected.all(after, limit) as { row: number; problem: string; cells: string }[],
    /**
     * Stages a corrected row in place of what it was, and sorts it anew with every row that this concerns. Must be in a
     * transaction.
     */
    replace(row: number, json: StagedJson, sorting: ReturnType<typeof sortingQueries>) {
      const before = (numbersOf.all(row) as { msisdn: number }[]).map(({ msisdn }) => msisdn);
      const { cells: stood } = original.get(row) as { cells: string };
      removeNumbers.run(row);
      removeGroups.run(row);
      removeRow.run(row);
      stage(json, row);
      setOriginal.run(stood, row);
      sorting.replaced(row, before);
    },
  };
}

/** See {@link stagingQueries}. */
export type Staging = ReturnType<typeof stagingQueries>;
