import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';

/** Backups kept beside a store; older ones are removed. */
export const KEPT_BACKUPS = 3;

/**
 * Copies a store before it is migrated to `version`, as `<name>.before-<version>.bak` beside it, and removes all but the newest
 * three. The copy is complete or absent: it is written under another name first. Throws when the disk cannot take it.
 */
export function backupBefore(db: DatabaseSyncInstance, file: string, version: number): string {
  const backup = `${file}.before-${version}.bak`;
  const part = `${backup}.part`;
  rmSync(part, { force: true });
  try {
    db.prepare('VACUUM INTO ?').run(part);
    renameSync(part, backup);
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
  for (const old of backupsOf(file).slice(KEPT_BACKUPS)) rmSync(old, { force: true });
  return backup;
}

/** Backups of a store, newest first: the version in the name grows with time. */
export function backupsOf(file: string): readonly string[] {
  const dir = path.dirname(file);
  const prefix = `${path.basename(file)}.before-`;
  const versionOf = (name: string) =>
    Number(/^(\d+)\.bak$/.exec(name.slice(prefix.length))?.[1] ?? Number.NaN);
  return readdirSync(dir)
    .filter((name) => name.startsWith(prefix) && Number.isFinite(versionOf(name)))
    .sort((a, b) => versionOf(b) - versionOf(a))
    .map((name) => path.join(dir, name));
}
