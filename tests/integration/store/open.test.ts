import { copyFileSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../../main/engine/clock.ts';
import type { Migration } from '../../../main/engine/store/migrate.ts';
import { openStore, type OpenStoreOptions } from '../../../main/engine/store/open.ts';
import { classifySqliteError } from '../../../main/engine/store/sqlite-errors.ts';
import type { Store } from '../../../main/engine/store/store.ts';
import { nullLog } from '../../../main/logging/log.ts';
import { tempFolder } from './temp-folder.ts';

const notes: Migration = {
  version: 10,
  name: 'notes',
  sql: 'CREATE TABLE notes (text TEXT NOT NULL) STRICT',
};
const tagged: Migration = {
  version: 20,
  name: 'tags',
  sql: "ALTER TABLE notes ADD COLUMN tag TEXT DEFAULT 'none'",
};

const attempt = (file: string, more: Partial<OpenStoreOptions> = {}) =>
  openStore({ file, clock: systemClock, log: nullLog, migrations: [notes], lockWaitMs: 50, ...more });

function opened(file: string, more: Partial<OpenStoreOptions> = {}): Store {
  const result = attempt(file, more);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  onTestFinished(() => result.value.close());
  return result.value;
}

const write = (store: Store, text: string) =>
  store.transaction(() => store.db.prepare('INSERT INTO notes (text) VALUES (?)').run(text));
const read = (store: Store) => store.db.prepare('SELECT text FROM notes').all();

/** What a kill leaves behind: the files as they are while the store is open. */
function copyAsKilled(from: string, to: string): void {
  mkdirSync(path.dirname(to), { recursive: true });
  for (const ending of ['', '-wal', '-shm']) {
    if (existsSync(from + ending)) copyFileSync(from + ending, to + ending);
  }
}

describe('opening a store', () => {
  it('makes its folder and file for this user alone, durable and with foreign keys on', () => {
    const file = path.join(tempFolder(), 'deep', 'real.sqlite');
    const store = opened(file);
    expect(statSync(path.dirname(file)).mode & 0o777).toBe(0o700);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    write(store, 'x');
    expect(statSync(`${file}-wal`).mode & 0o777).toBe(0o600);
    const pragma = (name: string) => Object.values(store.db.prepare(`PRAGMA ${name}`).get())[0];
    expect([pragma('journal_mode'), pragma('synchronous'), pragma('foreign_keys')]).toEqual(['wal', 2, 1]);
  });

  it('creates the whole schema of the program', () => {
    const store = openStore({
      file: path.join(tempFolder(), 'real.sqlite'),
      clock: systemClock,
      log: nullLog,
    });
    if (!store.ok) throw new Error(store.error.code);
    onTestFinished(() => store.value.close());
    const tables = store.value.db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
    expect(tables.map((row: { name: string }) => row.name)).toContain('messages');
  });

  it('keeps what was written over a clean close, without a check', () => {
    const file = path.join(tempFolder(), 'real.sqlite');
    const first = opened(file);
    write(first, 'kept');
    first.close();
    first.close();
    const second = opened(file);
    expect(second.checkedAfterCrash).toBe(false);
    expect(read(second)).toEqual([{ text: 'kept' }]);
  });

  it('checks after a crash and keeps what was committed', () => {
    const folder = tempFolder();
    const store = opened(path.join(folder, 'real.sqlite'));
    write(store, 'committed');
    copyAsKilled(store.file, path.join(folder, 'killed', 'real.sqlite'));
    const again = opened(path.join(folder, 'killed', 'real.sqlite'));
    expect(again.checkedAfterCrash).toBe(true);
    expect(read(again)).toEqual([{ text: 'committed' }]);
  });

  it('refuses a second opener and lets it in once the first has closed', () => {
    const file = path.join(tempFolder(), 'real.sqlite');
    const first = opened(file);
    const second = attempt(file);
    expect(second).toMatchObject({ ok: false, error: { code: 'NOT_POSSIBLE_NOW' } });
    write(first, 'undisturbed');
    first.close();
    expect(read(opened(file))).toEqual([{ text: 'undisturbed' }]);
  });

  it('allows readers on other connections while it is open', () => {
    const store = opened(path.join(tempFolder(), 'real.sqlite'));
    write(store, 'seen');
    const reader = new DatabaseSync(store.file, { readOnly: true });
    onTestFinished(() => reader.close());
    expect(reader.prepare('SELECT text FROM notes').all()).toEqual([{ text: 'seen' }]);
  });
});

it('waits for the disk again after a step, also after one that failed', () => {
  const store = opened(path.join(tempFolder(), 'store.sqlite'));
  const waits = () => Object.values(store.db.prepare('PRAGMA main.synchronous').get() ?? {});
  const full = waits();
  expect(store.step(waits)).not.toEqual(full);
  expect(waits()).toEqual(full);
  const failing = () =>
    store.step(() => {
      store.db.exec("INSERT INTO notes (text) VALUES ('half')");
      throw new Error('half way');
    });
  expect(failing).toThrow('half way');
  expect(waits()).toEqual(full);
  expect(read(store)).toEqual([]);
});

describe('a transaction', () => {
  it('is rolled back whole when its work throws', () => {
    const store = opened(path.join(tempFolder(), 'real.sqlite'));
    const work = () =>
      store.transaction(() => {
        store.db.exec("INSERT INTO notes VALUES ('half')");
        throw new Error('stop');
      });
    expect(work).toThrow('stop');
    expect(read(store)).toEqual([]);
    write(store, 'next');
    expect(read(store)).toEqual([{ text: 'next' }]);
  });

  it('refuses asynchronous work, which could not be rolled back', () => {
    const store = opened(path.join(tempFolder(), 'real.sqlite'));
    const work = () =>
      store.transaction(() => {
        store.db.exec("INSERT INTO notes VALUES ('late')");
        return Promise.resolve();
      });
    expect(work).toThrow(TypeError);
    expect(read(store)).toEqual([]);
  });
});

describe('migrating', () => {
  it('backs up before it changes a store and keeps the rows', () => {
    const file = path.join(tempFolder(), 'real.sqlite');
    const old = opened(file);
    write(old, 'from before');
    old.close();
    const store = opened(file, { migrations: [notes, tagged] });
    expect(store.db.prepare('SELECT * FROM notes').all()).toEqual([{ text: 'from before', tag: 'none' }]);
    const backup = opened(`${file}.before-20.bak`);
    expect(read(backup)).toEqual([{ text: 'from before' }]);
  });

  it('makes no backup of a new store and none when nothing is to be done', () => {
    const file = path.join(tempFolder(), 'real.sqlite');
    opened(file, { migrations: [notes, tagged] }).close();
    opened(file, { migrations: [notes, tagged] }).close();
    expect(existsSync(`${file}.before-20.bak`)).toBe(false);
  });

  it('keeps the three newest backups', () => {
    const file = path.join(tempFolder(), 'real.sqlite');
    const steps = [notes];
    opened(file, { migrations: steps }).close();
    for (const version of [20, 30, 90, 100, 110]) {
      steps.push({ version, name: `step-${version}`, sql: `CREATE TABLE t${version} (a TEXT) STRICT` });
      opened(file, { migrations: [...steps] }).close();
    }
    const kept = [20, 30, 90, 100, 110].filter((version) => existsSync(`${file}.before-${version}.bak`));
    expect(kept).toEqual([90, 100, 110]);
  });

  it('takes a failing step back whole and can try again', () => {
    const file = path.join(tempFolder(), 'real.sqlite');
    const old = opened(file);
    write(old, 'safe');
    old.close();
    const broken: Migration = {
      version: 20,
      name: 'broken',
      sql: `${tagged.sql}; INSERT INTO nowhere VALUES (1)`,
    };
    expect(attempt(file, { migrations: [notes, broken] })).toMatchObject({ error: { code: 'UNEXPECTED' } });
    const store = opened(file);
    expect(store.db.prepare('SELECT * FROM notes').all()).toEqual([{ text: 'safe' }]);
    store.close();
    expect(read(opened(file, { migrations: [notes, tagged] }))).toEqual([{ text: 'safe' }]);
  });

  it('will not start with steps out of order', () => {
    const result = attempt(path.join(tempFolder(), 'real.sqlite'), { migrations: [tagged, notes] });
    expect(result).toMatchObject({ ok: false, error: { code: 'UNEXPECTED' } });
  });
});

describe('refusals leave the file as it was', () => {
  it('a store of a newer program', () => {
    const file = path.join(tempFolder(), 'real.sqlite');
    opened(file, { migrations: [notes, tagged] }).close();
    const before = readFileSync(file);
    expect(attempt(file)).toMatchObject({ error: { code: 'STORE_NEWER', facts: { limit: 10, actual: 20 } } });
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('a store of a newer program that crashed before its log was folded in', () => {
    const folder = tempFolder();
    const store = opened(path.join(folder, 'real.sqlite'));
    store.db.exec('PRAGMA user_version = 70');
    const killed = path.join(folder, 'killed', 'real.sqlite');
    copyAsKilled(store.file, killed);
    const before = readFileSync(`${killed}-wal`);
    expect(attempt(killed)).toMatchObject({ error: { code: 'STORE_NEWER', facts: { actual: 70 } } });
    expect(readFileSync(`${killed}-wal`).equals(before)).toBe(true);
  });

  it('a file that is no database', () => {
    const file = path.join(tempFolder(), 'real.sqlite');
    writeFileSync(file, 'dear diary '.repeat(1000));
    expect(attempt(file)).toMatchObject({ error: { code: 'STORE_CORRUPT' } });
    expect(readFileSync(file, 'utf8').startsWith('dear diary')).toBe(true);
  });

  it('a damaged store, naming the newest backup', () => {
    const folder = tempFolder();
    const file = path.join(folder, 'real.sqlite');
    const old = opened(file);
    for (let i = 0; i < 500; i++) write(old, `row ${i} `.repeat(20));
    old.close();
    const store = opened(file, { migrations: [notes, tagged] });
    store.db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    write(store, 'in the log');
    const killed = path.join(folder, 'killed', 'real.sqlite');
    copyAsKilled(file, killed);
    copyFileSync(`${file}.before-20.bak`, `${killed}.before-20.bak`);
    store.close();
    const bytes = readFileSync(killed);
    bytes.fill(0xee, 3 * 4096, 8 * 4096);
    writeFileSync(killed, bytes);
    const result = attempt(killed, { migrations: [notes, tagged] });
    expect(result).toMatchObject({ error: { code: 'STORE_CORRUPT' } });
    expect(result.ok ? '' : result.error.facts?.detail).toContain('real.sqlite.before-20.bak');
    expect(readFileSync(killed).equals(bytes)).toBe(true);
  });

  it('a folder that cannot be written', () => {
    const folder = path.join(tempFolder(), 'locked');
    mkdirSync(folder, { mode: 0o555 });
    // The superuser may write anywhere, so the test steps down for the length of the call.
    const isRoot = process.geteuid?.() === 0;
    if (isRoot) process.seteuid?.(65_534);
    try {
      expect(attempt(path.join(folder, 'real.sqlite'))).toMatchObject({ error: { code: 'STORE_READONLY' } });
      expect(attempt(path.join(folder, 'sub', 'real.sqlite'))).toMatchObject({
        error: { code: 'STORE_READONLY' },
      });
    } finally {
      if (isRoot) process.seteuid?.(0);
    }
  });

  it('a folder whose place is taken by a file', () => {
    const place = path.join(tempFolder(), 'data');
    writeFileSync(place, 'not a folder');
    expect(attempt(path.join(place, 'real.sqlite'))).toMatchObject({ error: { code: 'STORE_READONLY' } });
  });
});

describe('a full disk', () => {
  it('is told apart, and what was written before stays', () => {
    const store = opened(path.join(tempFolder(), 'real.sqlite'));
    write(store, 'before');
    const pages = Number(Object.values(store.db.prepare('PRAGMA page_count').get())[0]);
    store.db.exec(`PRAGMA max_page_count = ${pages + 2}`);
    let caught: unknown = null;
    try {
      write(store, 'x'.repeat(100_000));
    } catch (error) {
      caught = error;
    }
    expect(classifySqliteError(caught)).toMatchObject({ code: 'STORE_FULL' });
    expect(read(store)).toEqual([{ text: 'before' }]);
  });

  it('is not confused with a broken rule of the schema', () => {
    const store = opened(path.join(tempFolder(), 'real.sqlite'));
    let caught: unknown = null;
    try {
      store.db.exec('INSERT INTO notes VALUES (NULL)');
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(Error);
    expect(classifySqliteError(caught)).toBeNull();
  });
});
