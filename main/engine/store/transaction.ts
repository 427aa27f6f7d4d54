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

/**
 * Runs `work` as {@link runTransaction} does without waiting for the disk: the log of writes is kept in order, so that a power cut takes
 * away the last steps at most, and the next transaction that waits for the disk waits for this one too
 * (https://sqlite.org/pragma.html#pragma_synchronous).
 */
export function runStep<T>(db: DatabaseSyncInstance, work: () => T): T {
  db.exec('PRAGMA main.synchronous = NORMAL');
  try {
    return runTransaction(db, work);
  } finally {
    db.exec('PRAGMA main.synchronous = FULL');
  }
}
