import type { DatabaseSyncInstance } from '@photostructure/sqlite';

/** A contact with the newest facts about its number. */
export type ContactRow = {
  readonly id: number;
  readonly name: string;
  readonly name_folded: string;
  readonly msisdn: string;
  readonly created_at: number;
  readonly facts: string | null;
  readonly facts_at: number | null;
};

/** What a contact is made of. Times in ms since the epoch. */
export type ContactFields = {
  readonly name: string;
  readonly folded: string;
  readonly msisdn: string;
  readonly at: number;
};

/** A word of a search: in the name as it is, in the number as `digits` where it is made of such. */
export type SearchWord = { readonly text: string; readonly digits: string };

/** A place in the list. */
type ContactPlace = { readonly folded: string; readonly id: number };

/** Before the first contact. */
export const TOP: ContactPlace = { folded: '', id: 0 };

const COLUMNS = 'c.id, c.name, c.name_folded, c.msisdn, c.created_at, n.facts, n.at AS facts_at';
const FROM = 'FROM contacts c LEFT JOIN numbers n ON n.msisdn = c.msisdn';

const like = (text: string) => `%${text.replace(/[\\%_]/gu, '\\$&')}%`;

/** Each word is one fixed piece of SQL; values are always bound. */
function conditionOf(words: readonly SearchWord[]): { readonly sql: string; readonly values: string[] } {
  const inName = "c.name_folded LIKE ? ESCAPE '\\'";
  const inEither = `(${inName} OR c.msisdn LIKE ? ESCAPE '\\')`;
  return {
    sql: words.map(({ digits }) => ` AND ${digits === '' ? inName : inEither}`).join(''),
    values: words.flatMap(({ text, digits }) => (digits === '' ? [like(text)] : [like(text), like(digits)])),
  };
}

/** All SQL of contacts. Lists are paged by key, never by offset. */
export function contactQueries(db: DatabaseSyncInstance) {
  const insert = db.prepare(
    'INSERT INTO contacts (id, name, name_folded, msisdn, created_at, changed_at) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const update = db.prepare(
    'UPDATE contacts SET name = ?, name_folded = ?, msisdn = ?, changed_at = ? WHERE id = ?',
  );
  const remove = db.prepare('DELETE FROM contacts WHERE id = ?');
  const get = db.prepare(`SELECT ${COLUMNS} ${FROM} WHERE c.id = ?`);
  const byNumber = db.prepare('SELECT id, name FROM contacts WHERE msisdn = ?');
  const lastId = db.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'contacts'");

  return {
    /** Files a contact, with the id it had before where it had one; gives the id. */
    insert: ({ name, folded, msisdn, at }: ContactFields, was?: { id: number; createdAt: number }) =>
      Number(insert.run(was?.id ?? null, name, folded, msisdn, was?.createdAt ?? at, at).lastInsertRowid),
    update: (id: number, { name, folded, msisdn, at }: ContactFields) =>
      void update.run(name, folded, msisdn, at, id),
    remove: (id: number) => void remove.run(id),
    get: (id: number) => (get.get(id) as ContactRow | undefined) ?? null,
    /** Who has a number. */
    byNumber: (msisdn: string) => (byNumber.get(msisdn) as { id: number; name: string } | undefined) ?? null,
    /** The highest id that was ever given. */
    lastId: () => (lastId.get() as { seq: number } | undefined)?.seq ?? 0,
    /** By name, after a place. */
    page(words: readonly SearchWord[], after: ContactPlace, limit: number): ContactRow[] {
      const { sql, values } = conditionOf(words);
      const statement = db.prepare(
        `SELECT ${COLUMNS} ${FROM} WHERE (c.name_folded, c.id) > (?, ?)${sql} ORDER BY c.name_folded, c.id LIMIT ?`,
      );
      return statement.all(after.folded, after.id, ...values, limit) as ContactRow[];
    },
    /** The numbers of {@link page}, from the beginning. */
    numbers(words: readonly SearchWord[], limit: number): { msisdn: string }[] {
      const { sql, values } = conditionOf(words);
      const statement = db.prepare(
        `SELECT c.msisdn FROM contacts c WHERE 1${sql} ORDER BY c.name_folded, c.id LIMIT ?`,
      );
      return statement.all(...values, limit) as { msisdn: string }[];
    },
    count(words: readonly SearchWord[]): number {
      const { sql, values } = conditionOf(words);
      const statement = db.prepare(`SELECT COUNT(*) AS count FROM contacts c WHERE 1${sql}`);
      return (statement.get(...values) as { count: number }).count;
    },
  };
}
