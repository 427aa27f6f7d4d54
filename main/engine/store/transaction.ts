import type { DatabaseSyncInstance } from '@photostructure/sqlite';

/**
 * Runs `work` in one IMMEDIATE transaction (the write lock is taken at once, so it never fails half way for being busy).
 * Committed when `work` returns, rolled back when it throws; the exception passes through. `work` must be synchronous and
 * must not start a transaction of its own.
 */
export function runTransaction<T>(db: DatabaseSyncInstance, work: () => T): T {
  db.exec('BEGIN IMMEDIATE');
  try {
    const value = work();
    if (value instanceof Promise)
      throw new TypeError('A transaction must not wait: its work was asynchronous');
    db.exec('COMMIT');
    return value;
  } catch (error) {
    // Some failures (a full disk) have rolled back already.
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}
