import type { DatabaseSyncInstance } from '@photostructure/sqlite';

/** An exchange as it is stored; `json` is the `Exchange`. */
export type ExchangeRow = {
  readonly id: number;
  readonly account_id: string;
  readonly at: number;
  readonly messages: number;
  readonly json: string;
};

const COLUMNS = 'e.id, e.account_id, e.at, e.messages, e.json';

/** All SQL of the diagnostics. */
export function diagnosticsQueries(db: DatabaseSyncInstance) {
  const insert = db.prepare('INSERT INTO exchanges (account_id, at, messages, json) VALUES (?, ?, ?, ?)');
  const prune = db.prepare('DELETE FROM exchanges WHERE id <= ?');
  const page = db.prepare(`SELECT ${COLUMNS} FROM exchanges e WHERE e.id < ? ORDER BY e.id DESC LIMIT ?`);
  const ofMessage = db.prepare(`
    SELECT ${COLUMNS} FROM messages m JOIN exchanges e ON e.id = m.exchange_id
    WHERE m.id = ? AND e.id < ? ORDER BY e.id DESC LIMIT ?`);
  return {
    insert: (account: string, at: number, messages: number, json: string) =>
      Number(insert.run(account, at, messages, json).lastInsertRowid),
    /** Forgets everything up to an id. Ids are never given twice, so this keeps a fixed number of the newest. */
    prune: (id: number) => void prune.run(id),
    /** Older than `before`, newest first. */
    page: (before: number, limit: number) => page.all(before, limit) as ExchangeRow[],
    /** The same, only what carried a message. */
    ofMessage: (messageId: number, before: number, limit: number) =>
      ofMessage.all(messageId, before, limit) as ExchangeRow[],
  };
}
