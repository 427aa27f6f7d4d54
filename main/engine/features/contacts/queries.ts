import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { Compiled } from './filter.ts';
import { EVERYBODY } from './search-queries.ts';

/** A contact with the newest facts about its first number. */
export type ContactRow = {
  readonly id: number;
  readonly name: string;
  readonly name_folded: string;
  readonly msisdn: string;
  readonly note: string;
  readonly fields: string;
  readonly created_at: number;
  readonly changed_at: number;
  readonly facts: string | null;
  readonly facts_at: number | null;
};

/** A number of a contact. */
export type NumberRow = {
  readonly contact_id: number;
  readonly msisdn: string;
  readonly listed: 0 | 1;
  readonly dead_since: number | null;
};

/** What messages need of a contact. */
export type PersonRow = Pick<ContactRow, 'id' | 'name' | 'msisdn' | 'fields'>;

/** What is written of a contact. Time in ms since the epoch. */
export type ContactFields = {
  readonly name: string;
  readonly folded: string;
  readonly note: string;
  readonly fields: string;
  readonly at: number;
};

/** A place in the list. */
export type ContactPlace = { readonly name_folded: string; readonly id: number };

/** Before the first contact. */
export const TOP: ContactPlace = { name_folded: '', id: 0 };

/**
 * Contacts looked at in the order of the list before everybody is looked at in the order of the table, which is many times as quick for
 * each but finds the first page no sooner than the last.
 */
const PROBED = 5_000;

const VALUES = (column: string) => `(SELECT value FROM json_each(?) AS ${column})`;

/** The SQL of the people themselves. Lists are paged by key, never by offset. */
export function contactQueries(db: DatabaseSyncInstance) {
  const insert = db.prepare(`
    INSERT INTO contacts (name, name_folded, msisdn, note, fields, created_at, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?)`);
  const update = db.prepare(`
    UPDATE contacts SET name = ?, name_folded = ?, msisdn = ?, note = ?, fields = ?, changed_at = ? WHERE id = ?`);
  const dropNumbers = db.prepare('DELETE FROM contact_numbers WHERE contact_id = ?');
  const addNumber = db.prepare('INSERT INTO contact_numbers (msisdn, contact_id, position) VALUES (?, ?, ?)');
  const rows = db.prepare(`
    SELECT c.id, c.name, c.name_folded, c.msisdn, c.note, c.fields, c.created_at, c.changed_at,
      n.facts, n.at AS facts_at
    FROM json_each(?) j CROSS JOIN contacts c ON c.id = j.value LEFT JOIN numbers n ON n.msisdn = c.msisdn
    ORDER BY j.key`);
  const numbersOf = db.prepare(`
    SELECT a.contact_id, a.msisdn, EXISTS (SELECT 1 FROM do_not_message d WHERE d.msisdn = a.msisdn) AS listed,
      (SELECT dead_since FROM number_health h WHERE h.msisdn = a.msisdn) AS dead_since
    FROM (SELECT c.id AS contact_id, c.msisdn, 0 AS position FROM contacts c WHERE c.id IN ${VALUES('a')}
      UNION ALL SELECT o.contact_id, o.msisdn, o.position FROM contact_numbers o WHERE o.contact_id IN ${VALUES('b')}) a
    ORDER BY a.contact_id, a.position`);
  const groupsOf = db.prepare(`
    SELECT m.contact_id, g.id, g.name FROM group_members m CROSS JOIN contact_groups g ON g.id = m.group_id
    WHERE m.contact_id IN ${VALUES('a')} ORDER BY m.contact_id, g.name_folded`);
  const owner = db.prepare(`
    SELECT id, name FROM contacts WHERE msisdn = ?1
    UNION ALL SELECT c.id, c.name FROM contact_numbers o CROSS JOIN contacts c ON c.id = o.contact_id WHERE o.msisdn = ?1`);
  const leaveGroups = db.prepare('DELETE FROM group_members WHERE contact_id = ?');
  const enterGroups = db.prepare(`
    INSERT OR IGNORE INTO group_members (group_id, contact_id)
    SELECT j.value, ?1 FROM json_each(?2) j WHERE EXISTS (SELECT 1 FROM contact_groups g WHERE g.id = j.value)`);
  const byNumbers = db.prepare(`
    SELECT j.value AS asked, c.id, c.name, c.msisdn, c.fields FROM json_each(?1) j CROSS JOIN contacts c ON c.msisdn = j.value
    UNION ALL SELECT j.value, c.id, c.name, c.msisdn, c.fields
    FROM json_each(?1) j CROSS JOIN contact_numbers o ON o.msisdn = j.value CROSS JOIN contacts c ON c.id = o.contact_id`);
  const deadAmong = db.prepare(`
    SELECT h.msisdn FROM json_each(?) j CROSS JOIN number_health h ON h.msisdn = j.value WHERE h.dead_since IS NOT NULL`);
  const revive = db.prepare('DELETE FROM number_health WHERE msisdn = ?');
  const personRows = db.prepare(`
    SELECT c.id, c.name, c.msisdn, c.fields FROM json_each(?) j CROSS JOIN contacts c ON c.id = j.value ORDER BY j.key`);
  const lastOf = db.prepare(
    'SELECT MAX(id) AS last FROM (SELECT id FROM contacts WHERE id > ? ORDER BY id LIMIT ?)',
  );
  const names = db.prepare(
    'SELECT name_folded, id FROM contacts WHERE (name_folded, id) > (?, ?) ORDER BY name_folded, id LIMIT ?',
  );

  /** The end of a query over everybody whom a filter finds. */
  const matching = ({ condition, among }: Compiled) => ({
    sql: `FROM contacts c NOT INDEXED WHERE (${condition.sql})${among ? ` AND c.id IN (${among.sql})` : ''}`,
    values: [...condition.values, ...(among?.values ?? [])],
  });

  return {
    /** Files a contact with its first number; gives the id. */
    insert: ({ name, folded, note, fields, at }: ContactFields, first: string) =>
      Number(insert.run(name, folded, first, note, fields, at, at).lastInsertRowid),
    /** Writes a contact and its first number anew, which must be nobody's. */
    update(id: number, { name, folded, note, fields, at }: ContactFields, first: string) {
      update.run(name, folded, first, note, fields, at, id);
    },
    /** Takes all numbers but the first one from a contact. Comes first where numbers change places: a number has one place. */
    dropNumbers: (id: number) => void dropNumbers.run(id),
    /** Files the numbers after the first one. */
    addNumbers: (id: number, others: readonly string[]) =>
      others.forEach((msisdn, at) => addNumber.run(msisdn, id, at + 1)),
    /** In the order of the ids; those of nobody are left out. */
    rows: (ids: readonly number[]) => rows.all(JSON.stringify(ids)) as ContactRow[],
    /** All numbers of contacts, the first one first. */
    numbersOf(ids: readonly number[]): NumberRow[] {
      const json = JSON.stringify(ids);
      return numbersOf.all(json, json) as NumberRow[];
    },
    /** Groups of the list kind by name. */
    groupsOf: (ids: readonly number[]) =>
      groupsOf.all(JSON.stringify(ids)) as { contact_id: number; id: number; name: string }[],
    /** Who has a number, as the first or another one. */
    owner: (msisdn: string) => (owner.get(msisdn) as { id: number; name: string } | undefined) ?? null,
    /** Puts a contact into these groups and no others; groups that are gone are left out. */
    setGroups(id: number, groups: readonly number[]) {
      leaveGroups.run(id);
      enterGroups.run(id, JSON.stringify(groups));
    },
    /** Who has which of the numbers. */
    byNumbers: (msisdns: readonly string[]) =>
      byNumbers.all(JSON.stringify(msisdns)) as (PersonRow & { asked: string })[],
    deadAmong: (msisdns: readonly string[]) => deadAmong.all(JSON.stringify(msisdns)) as { msisdn: string }[],
    /** Forgets the failures of a number; whether there were any. */
    revive: (msisdn: string) => revive.run(msisdn).changes > 0,
    /** Folded names in the order of the list, after a place. */
    names: (after: ContactPlace, limit: number) =>
      names.all(after.name_folded, after.id, limit) as ContactPlace[],

    /** Whom a filter finds, by name, after a place. */
    page(filter: Compiled, after: ContactPlace, limit: number): ContactPlace[] {
      const { condition } = filter;
      const inOrder = (columns: string, most: number, values: readonly (string | number)[]) =>
        db
          .prepare(
            `SELECT ${columns} FROM contacts c INDEXED BY contacts_name WHERE (c.name_folded, c.id) > (?, ?)
             ORDER BY c.name_folded, c.id LIMIT ?`,
          )
          .iterate(...values, after.name_folded, after.id, most) as Iterable<ContactPlace & { hit: 0 | 1 }>;
      if (condition.sql === EVERYBODY.sql) return [...inOrder('c.name_folded, c.id', limit, [])];
      const found: ContactPlace[] = [];
      let seen = 0;
      for (const { hit, name_folded, id } of inOrder(
        `c.name_folded, c.id, (${condition.sql}) AS hit`,
        PROBED,
        condition.values,
      )) {
        seen++;
        if (hit) found.push({ name_folded, id });
        if (found.length === limit) return found;
      }
      if (seen < PROBED) return found;
      const { sql, values } = matching(filter);
      return db
        .prepare(
          `SELECT c.name_folded, c.id ${sql} AND (c.name_folded, c.id) > (?, ?) ORDER BY c.name_folded, c.id LIMIT ?`,
        )
        .all(...values, after.name_folded, after.id, limit) as ContactPlace[];
    },
    count(filter: Compiled): number {
      const { sql, values } =
        filter.condition.sql === EVERYBODY.sql ? { sql: 'FROM contacts', values: [] } : matching(filter);
      return (db.prepare(`SELECT COUNT(*) AS count ${sql}`).get(...values) as { count: number }).count;
    },
    /** First numbers of those whom a filter finds, by name. */
    numbers(filter: Compiled, limit: number): string[] {
      const { sql, values } =
        filter.condition.sql === EVERYBODY.sql
          ? { sql: 'FROM contacts c INDEXED BY contacts_name', values: [] }
          : matching(filter);
      // Not cut by the statement: keeping the first hundred thousand in order while reading takes longer than to order all.
      const rows = db
        .prepare(`SELECT c.msisdn ${sql} ORDER BY c.name_folded, c.id`)
        .iterate(...values) as Iterable<{ msisdn: string }>;
      const numbers: string[] = [];
      for (const { msisdn } of rows) {
        if (numbers.length === limit) break;
        numbers.push(msisdn);
      }
      return numbers;
    },
    /** Everybody whom a filter finds, by name. */
    people(filter: Compiled): PersonRow[] {
      const { sql, values } = matching(filter);
      return db
        .prepare(`SELECT c.id, c.name, c.msisdn, c.fields ${sql} ORDER BY c.name_folded, c.id`)
        .all(...values) as PersonRow[];
    },
    /** What messages need of these contacts, in the order of the ids; those that are gone are left out. */
    personRows: (ids: readonly number[]) => personRows.all(JSON.stringify(ids)) as PersonRow[],
    /**
     * The ids of those whom a filter finds among the next contacts after one, in the order of ids, and the last contact that was looked
     * at; `null`: there is none after it.
     */
    idsAfter(
      { condition: { sql, values } }: Compiled,
      after: number,
      limit: number,
    ): { ids: number[]; last: number } | null {
      const { last } = lastOf.get(after, limit) as { last: number | null };
      if (last === null) return null;
      const rows = db
        .prepare(
          `SELECT c.id FROM contacts c NOT INDEXED WHERE (${sql}) AND c.id > ? AND c.id <= ? ORDER BY c.id`,
        )
        .all(...values, after, last) as { id: number }[];
      return { ids: rows.map(({ id }) => id), last };
    },
    /** The ids of those whom a filter finds, in no order. */
    ids(filter: Compiled): number[] {
      const { sql, values } = matching(filter);
      return (db.prepare(`SELECT c.id ${sql}`).all(...values) as { id: number }[]).map(({ id }) => id);
    },
  };
}

/** See {@link contactQueries}. */
export type ContactQueries = ReturnType<typeof contactQueries>;
