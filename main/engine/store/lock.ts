import { DatabaseSync } from '@photostructure/sqlite';
import { isBusy } from './sqlite-errors.ts';

/** Held for as long as a store is open. */
export type StoreLock = { release(): void };

/**
 * Makes this process the only one that may open a store. The lock is an exclusive SQLite transaction on a small file
 * beside it, so the operating system drops it when the process ends, however it ends: nothing stale is left after a kill.
 * The store itself is not locked, because readers on other connections are wanted.
 *
 * `null` when another holds it after `waitMs`. Throws what the file system throws.
 */
export function lockStore(file: string, waitMs: number): StoreLock | null {
  const db = new DatabaseSync(`${file}.lock`, { timeout: waitMs });
  try {
    // Nothing is ever written; a journal on the disk would only lie around.
    db.exec('PRAGMA journal_mode = MEMORY');
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    if (isBusy(error)) return null;
    throw error;
  }
  return { release: () => db.close() };
}
