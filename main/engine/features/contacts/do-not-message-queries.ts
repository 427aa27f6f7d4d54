import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { DoNotMessageReason } from '#shared/ipc/do-not-message.ts';
import type { SearchWord } from './search-queries.ts';

/** A number of the list, with the contact that has it. */
export type EntryRow = {
  readonly msisdn: string;
  readonly name: string | null;
  readonly reason: DoNotMessageReason;
  readonly note: string;
  readonly added_at: number;
};

/** A place in the list, newest first. */
export type EntryPlace = { readonly added_at: number; readonly msisdn: string };

/** Before the first entry. */
export const NEWEST: EntryPlace = { added_at: Number.MAX_SAFE_INTEGER, msisdn: '' };

const OWNER = (column: string, alias: string) => `COALESCE(
  (SELECT ${alias}.${column} FROM contacts ${alias} WHERE ${alias}.msisdn = d.msisdn),
  (SELECT ${alias}.${column} FROM contact_numbers o CROSS JOIN contacts ${alias} ON ${alias}.id = o.contact_id
    WHERE o.msisdn = d.msisdn))`;

/** A message lies at the gateway until a time after `?1`. */
const WAITS_THERE = "c.send_at > ?1 AND c.held_by = 'gateway' AND m.sent_at > ?1";

/** The SQL of the do-not-message list. */
export function doNotMessageQueries(db: DatabaseSyncInstance) {
  const add = db.prepare(`
    INSERT OR IGNORE INTO do_not_message (msisdn, reason, note, added_at)
    SELECT j.value, ?2, ?3, ?4 FROM json_each(?1) j RETURNING msisdn`);
  const takeBack = db.prepare(`
    DELETE FROM do_not_message WHERE added_at = ?2 AND import_id IS NULL AND msisdn IN (SELECT value FROM json_each(?1))`);
  const claim = db.prepare(`
    UPDATE do_not_message SET import_id = NULL, reason = ?2, note = CASE WHEN ?3 = '' THEN note ELSE ?3 END
    WHERE import_id IS NOT NULL AND msisdn IN (SELECT value FROM json_each(?1))`);
  const get = db.prepare(
    `SELECT d.msisdn, ${OWNER('name', 'c')} AS name, d.reason, d.note, d.added_at FROM do_not_message d WHERE d.msisdn = ?`,
  );
  const remove = db.prepare('DELETE FROM do_not_message WHERE msisdn = ?');
  const among = db.prepare(
    'SELECT d.msisdn FROM json_each(?) j CROSS JOIN do_not_message d ON d.msisdn = j.value',
  );

  const atGateway = db.prepare(`
    SELECT COUNT(*) AS count FROM campaigns c CROSS JOIN messages m ON m.campaign_id = c.id AND m.state = 'accepted'
    WHERE ${WAITS_THERE} AND m.msisdn IN (SELECT value FROM json_each(?2))`);

  const ofImport = db.prepare('SELECT COUNT(*) AS count FROM do_not_message WHERE import_id = ?');
  const atGatewayOfImport = db.prepare(`
    SELECT COUNT(*) AS count FROM campaigns c CROSS JOIN messages m ON m.campaign_id = c.id AND m.state = 'accepted'
    CROSS JOIN do_not_message d ON d.msisdn = m.msisdn AND d.import_id = ?2
    WHERE ${WAITS_THERE}`);

  const matching = (words: readonly SearchWord[]) => ({
    sql: words
      .map(
        ({ digits }) =>
          ` AND (instr(${OWNER('name_folded', 'c')}, ?) > 0 OR instr(fold_text(d.note), ?) > 0${digits === '' ? '' : ' OR instr(d.msisdn, ?) > 0'})`,
      )
      .join(''),
    values: words.flatMap(({ text, digits }) => (digits === '' ? [text, text] : [text, text, digits])),
  });

  return {
    /** Adds numbers that are not there yet; gives those. */
    add: (msisdns: readonly string[], reason: string, note: string, at: number) =>
      add.all(JSON.stringify(msisdns), reason, note, at) as { msisdn: string }[],
    /** Removes what was added by hand at that time; how many that were. */
    takeBack: (msisdns: readonly string[], at: number) =>
      Number(takeBack.run(JSON.stringify(msisdns), at).changes),
    /** Makes entries of imports the user's own, so that no undo of an import takes them out; how many there were. */
    claim: (msisdns: readonly string[], reason: string, note: string) =>
      Number(claim.run(JSON.stringify(msisdns), reason, note).changes),
    get: (msisdn: string) => (get.get(msisdn) as EntryRow | undefined) ?? null,
    remove: (msisdn: string) => void remove.run(msisdn),
    among: (msisdns: readonly string[]) => among.all(JSON.stringify(msisdns)) as { msisdn: string }[],
    /** Messages to these numbers that the gateway keeps until a time after `now`. */
    atGateway: (msisdns: readonly string[], now: number) =>
      (atGateway.get(now, JSON.stringify(msisdns)) as { count: number }).count,
    /** Numbers that an import put there and that are still its own. */
    ofImport: (id: number) => (ofImport.get(id) as { count: number }).count,
    /** Like {@link atGateway}, for the numbers of an import. */
    atGatewayOfImport: (id: number, now: number) =>
      (atGatewayOfImport.get(now, id) as { count: number }).count,
    /** Newest first, after a place. */
    page(words: readonly SearchWord[], after: EntryPlace, limit: number): EntryRow[] {
      const { sql, values } = matching(words);
      return db
        .prepare(
          `SELECT d.msisdn, ${OWNER('name', 'c')} AS name, d.reason, d.note, d.added_at
           FROM do_not_message d INDEXED BY do_not_message_newest
           WHERE (d.added_at, d.msisdn) < (?, ?)${sql} ORDER BY d.added_at DESC, d.msisdn DESC LIMIT ?`,
        )
        .all(after.added_at, after.msisdn, ...values, limit) as EntryRow[];
    },
    count(words: readonly SearchWord[]): number {
      const { sql, values } = matching(words);
      return (
        db.prepare(`SELECT COUNT(*) AS count FROM do_not_message d WHERE 1${sql}`).get(...values) as {
          count: number;
        }
      ).count;
    },
  };
}
