import type { DatabaseSyncInstance } from '@photostructure/sqlite';

const KEY = 'receiver';

/** All SQL of the receiver. */
export function receiverQueries(db: DatabaseSyncInstance) {
  const read = db.prepare('SELECT value FROM preferences WHERE key = ?');
  const write = db.prepare(
    'INSERT INTO preferences (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  );
  const paths = db.prepare(
    'SELECT id, receiver_path AS path FROM accounts WHERE receiver_path IS NOT NULL AND removed_at IS NULL',
  );
  const setPath = db.prepare('UPDATE accounts SET receiver_path = ? WHERE id = ?');
  return {
    /** The stored settings as JSON; `null` before the first change. */
    settings: () => (read.get(KEY) as { value: string } | undefined)?.value ?? null,
    setSettings: (json: string) => void write.run(KEY, json),
    /** The unguessable part of the addresses of every account that has one. */
    paths: () => paths.all() as { id: string; path: string }[],
    setPath: (account: string, path: string) => void setPath.run(path, account),
  };
}

/** {@link receiverQueries}, prepared. */
export type ReceiverQueries = ReturnType<typeof receiverQueries>;
