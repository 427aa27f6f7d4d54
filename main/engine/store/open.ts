import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { closeSync, existsSync, mkdirSync, openSync, readSync, statSync } from 'node:fs';
import path from 'node:path';
import { appError, type AppError } from '#shared/errors.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { Log } from '../../logging/log.ts';
import type { Clock } from '../clock.ts';
import { backupBefore, backupsOf } from './backup.ts';
import { lockStore } from './lock.ts';
import { latestVersion, migrate, schemaVersion, type Migration } from './migrate.ts';
import { MIGRATIONS } from './migrations/all.ts';
import { classifySqliteError } from './sqlite-errors.ts';
import type { Store } from './store.ts';
import { runStep, runTransaction } from './transaction.ts';

/** What {@link openStore} needs. */
export type OpenStoreOptions = {
  /** Path of the database file; its folder is made when absent (only for this user). */
  readonly file: string;
  readonly clock: Clock;
  readonly log: Log;
  /** The schema's steps; all of them when not given. */
  readonly migrations?: readonly Migration[];
  /** How long to wait for another process to let go of the store, in ms. */
  readonly lockWaitMs?: number;
};

const LOCK_WAIT_MS = 1_500;
const BUSY_TIMEOUT_MS = 5_000;
/** Pages kept in memory, in KiB, at most: with SQLite's 2,000 a sending of 50,000 spends more than half its time reading pages again. */
const CACHE_KIB = 32_000;
const HEADER_BYTES = 100;
const HEADER_MAGIC = 'SQLite format 3\0';
/** Offset of `user_version` in the database header (https://sqlite.org/fileformat2.html#the_database_header). */
const HEADER_USER_VERSION = 60;

/**
 * Opens a store: takes its lock, checks its integrity when the last run ended without a clean close, backs it up and migrates
 * it when needed. Every refusal leaves the file as it was found:
 *
 * - `STORE_NEWER`: written by a newer version of the program (`limit`: what this one knows, `actual`: what was found);
 * - `STORE_CORRUPT`: damaged; `detail` says how, and names the newest backup;
 * - `STORE_FULL`, `STORE_READONLY`: the disk or the folder refuses;
 * - `NOT_POSSIBLE_NOW`: another process has the store open.
 */
export function openStore(options: OpenStoreOptions): Result<Store, AppError> {
  const { file, clock, log } = options;
  const startedAt = clock.monotonic();
  const cleanUp: (() => void)[] = [];
  const refuse = (error: AppError): Result<Store, AppError> => {
    for (const step of cleanUp.reverse()) step();
    log.warn('store.refused', { code: error.code, detail: error.facts?.detail });
    return err(error);
  };
  try {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    const lock = lockStore(file, options.lockWaitMs ?? LOCK_WAIT_MS);
    if (!lock) return refuse(appError('NOT_POSSIBLE_NOW', { detail: 'another process has the store open' }));
    cleanUp.push(() => lock.release());

    const migrations = options.migrations ?? MIGRATIONS;
    const latest = latestVersion(migrations);
    // A clean close empties the write-ahead log, so one that still has content is the mark of a crash.
    const crashed = sizeOf(`${file}-wal`) > 0 && sizeOf(file) > 0;
    // After a crash the first page may be half written in the file and whole in the log: only SQLite can tell.
    const found = crashed ? checkAfterCrash(file, latest) : checkHeader(file, latest);
    if (found) return refuse(found);

    const db = openWriter(file);
    cleanUp.push(() => db.close());
    const ran = migrateWithBackup(db, file, migrations, latest);
    log.info('store.opened', {
      store: path.basename(file),
      version: latest,
      migrated: ran.length,
      checked: crashed,
      ms: Math.round(clock.monotonic() - startedAt),
    });
    return ok({
      db,
      file,
      checkedAfterCrash: crashed,
      transaction: (work) => runTransaction(db, work),
      step: (work) => runStep(db, work),
      close() {
        if (!db.isOpen) return;
        foldLog(db, log);
        db.close();
        lock.release();
      },
    });
  } catch (error) {
    const known = classifySqliteError(error);
    if (known) return refuse(known.code === 'STORE_CORRUPT' ? withBackupName(known, file) : known);
    return refuse(appError('UNEXPECTED', { incident: log.error('store.open-failed', error) }));
  }
}

/** Reads the first bytes only, so that a foreign or newer file is not touched by as much as a lock. */
function checkHeader(file: string, latest: number): AppError | null {
  if (sizeOf(file) === 0) return null;
  const header = Buffer.alloc(HEADER_BYTES);
  const handle = openSync(file, 'r');
  try {
    readSync(handle, header, 0, HEADER_BYTES, 0);
  } finally {
    closeSync(handle);
  }
  if (header.toString('latin1', 0, HEADER_MAGIC.length) !== HEADER_MAGIC) {
    return withBackupName(appError('STORE_CORRUPT', { detail: 'not a database' }), file);
  }
  return newer(header.readInt32BE(HEADER_USER_VERSION), latest);
}

/** Checks version and integrity through a read-only connection, which does not fold the log into the file. */
function checkAfterCrash(file: string, latest: number): AppError | null {
  const db = new DatabaseSync(file, { readOnly: true, timeout: BUSY_TIMEOUT_MS });
  try {
    const tooNew = newer(schemaVersion(db), latest);
    if (tooNew) return tooNew;
    const problems = db
      .prepare('PRAGMA quick_check(5)')
      .all()
      .map((row: { quick_check?: unknown }) => String(row.quick_check))
      .filter((line) => line !== 'ok');
    if (problems.length === 0) return null;
    return withBackupName(appError('STORE_CORRUPT', { detail: problems.join('; ').slice(0, 300) }), file);
  } finally {
    db.close();
  }
}

function newer(version: number, latest: number): AppError | null {
  return version > latest ? appError('STORE_NEWER', { limit: latest, actual: version }) : null;
}

function openWriter(file: string): DatabaseSyncInstance {
  // Made here so that the file, and SQLite's own files that copy its mode, belong to this user alone.
  if (!existsSync(file)) closeSync(openSync(file, 'a', 0o600));
  const db = new DatabaseSync(file, {
    timeout: BUSY_TIMEOUT_MS,
    enableForeignKeyConstraints: true,
    defensive: true,
  });
  try {
    db.exec(`
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = FULL;
      PRAGMA trusted_schema = OFF;
      PRAGMA temp_store = MEMORY;
      PRAGMA cache_size = -${CACHE_KIB};
    `);
  } catch (error) {
    db.close();
    throw error;
  }
  return db;
}

function migrateWithBackup(
  db: DatabaseSyncInstance,
  file: string,
  migrations: readonly Migration[],
  latest: number,
): readonly number[] {
  const version = schemaVersion(db);
  if (version === latest) return [];
  if (version > 0) backupBefore(db, file, latest);
  return migrate(db, migrations);
}

/**
 * Empties the write-ahead log: the mark of a clean close. Not left to SQLite's own closing, which waits until the last
 * prepared statement was collected.
 */
function foldLog(db: DatabaseSyncInstance, log: Log): void {
  try {
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  } catch (error) {
    // Nothing is lost: the next start finds the log, checks, and reads it.
    log.error('store.close-unclean', error);
  }
}

function withBackupName(error: AppError, file: string): AppError {
  const backup = backupsOf(file)[0];
  const note = backup ? `newest backup: ${path.basename(backup)}` : 'no backup';
  return appError(error.code, { ...error.facts, detail: `${error.facts?.detail ?? ''}; ${note}` });
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
