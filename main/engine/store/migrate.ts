import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { runTransaction } from './transaction.ts';

/** One step of the schema: `version` numbers grow by 10, `sql` runs in one transaction with the setting of `user_version`. */
export type Migration = { readonly version: number; readonly name: string; readonly sql: string };

/** The schema version of an open database; 0 for a new one. */
export function schemaVersion(db: DatabaseSyncInstance): number {
  return Number(db.prepare('PRAGMA user_version').get()?.user_version ?? 0);
}

/** The version that a list of migrations leads to. Throws when the list is empty or not in growing order. */
export function latestVersion(migrations: readonly Migration[]): number {
  const versions = migrations.map((migration) => migration.version);
  const grows = versions.every((version, at) => version > (versions[at - 1] ?? 0));
  const latest = versions.at(-1);
  if (!grows || latest === undefined) throw new Error(`Migrations out of order: ${versions.join(', ')}`);
  return latest;
}

/**
 * Runs the steps that the database has not seen yet, each in a transaction of its own together with its version, so that an
 * interrupted start goes on where it stopped. Gives the versions that ran.
 */
export function migrate(db: DatabaseSyncInstance, migrations: readonly Migration[]): readonly number[] {
  const from = schemaVersion(db);
  const pending = migrations.filter((migration) => migration.version > from);
  for (const migration of pending) {
    runTransaction(db, () => {
      db.exec(migration.sql);
      db.exec(`PRAGMA user_version = ${migration.version}`);
    });
  }
  return pending.map((migration) => migration.version);
}
