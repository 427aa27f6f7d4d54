import { existsSync, renameSync } from 'node:fs';
import path from 'node:path';
import Store from 'electron-store';
import type * as v from 'valibot';
import type { Log } from '../logging/log.ts';
import { upgrade, type Migration } from './versioned.ts';

/** What a small settings file of the shell looks like and how older forms of it become the present one. */
export type StoreFileForm<T> = {
  /** File name without `.json`. */
  readonly name: string;
  readonly schema: v.GenericSchema<unknown, T>;
  readonly defaults: T;
  /** `migrations[0]` turns version 1 into 2, and so on; the present version is one more than their number. */
  readonly migrations: readonly Migration[];
};

/** A settings file that is open: the value in memory is always valid. */
export type StoreFile<T> = {
  get(): T;
  /** Writes at once and as a whole. A disk that refuses leaves the value in memory changed and says so in the log. */
  set(value: T): void;
};

/**
 * Opens a settings file in `folder`. A file that cannot be read, does not fit the schema or comes from a newer version
 * of the program is kept beside as `<name>.damaged-<date>.json`, and the defaults are used.
 */
export function openStoreFile<T>(folder: string, form: StoreFileForm<T>, log: Log): StoreFile<T> {
  const { name, defaults } = form;
  const file = path.join(folder, `${name}.json`);
  const store = open(folder, name) ?? (keepAside(file, 'not readable as JSON', log), open(folder, name));
  const found = upgrade(store?.store ?? {}, form);
  if (!found.ok) keepAside(file, found.error, log);
  let current = (found.ok ? found.value : null) ?? defaults;
  return {
    get: () => current,
    set(value) {
      current = value;
      try {
        if (store) store.store = { version: form.migrations.length + 1, value };
      } catch (error) {
        log.error('settings.not-written', error, { file: name });
      }
    },
  };
}

type RawStore = Store<Record<string, unknown>>;

/** `null` when the file is there and cannot be read. */
function open(folder: string, name: string): RawStore | null {
  try {
    // The version of the program has no say in the form of the file: `versioned.ts` counts the forms.
    return new Store({ name, cwd: folder, configFileMode: 0o600, accessPropertiesByDotNotation: false });
  } catch {
    return null;
  }
}

/** The program starts even where the damaged file cannot be moved: then it stays, and nothing is written over it. */
function keepAside(file: string, why: string, log: Log): void {
  const stamp = new Date().toISOString().replaceAll(/[:.]/gu, '-');
  const kept = file.replace(/\.json$/u, `.damaged-${stamp}.json`);
  try {
    if (existsSync(file)) renameSync(file, kept);
    log.warn('settings.damaged', { file: path.basename(file), kept: path.basename(kept), why });
  } catch (error) {
    log.error('settings.damaged', error, { file: path.basename(file), why });
  }
}
