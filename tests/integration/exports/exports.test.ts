import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ExportState } from '#shared/ipc/exports.ts';
import { ok } from '#shared/result.ts';
import {
  createExports,
  type Exports,
  type ExportRequest,
} from '../../../main/engine/features/exports/service.ts';
import { nullLog } from '../../../main/logging/log.ts';
import { build as people, valueOf } from '../contacts/people.ts';
import { bring, build as importing, short } from '../imports/importing.ts';
import { tempFolder } from '../store/temp-folder.ts';

function build() {
  const built = people();
  const dir = tempFolder();
  const exports = createExports({
    ...{ clock: built.clock, log: nullLog, contacts: built.contacts },
    resolveFile: (handle) => Promise.resolve(ok({ path: path.join(dir, handle), name: handle })),
  });
  return { ...built, dir, exports };
}

/** Waits for the end of an export. */
async function ended(
  exports: Exports,
  request: ExportRequest,
  on?: (id: string) => void,
): Promise<ExportState> {
  const { id } = valueOf(await exports.start(request));
  const running = valueOf(exports.watch(id));
  on?.(id);
  return new Promise((resolve) => {
    const look = () => {
      if (running.state().phase !== 'writing') resolve(running.state());
    };
    running.onChange(look);
    look();
  });
}

const COLUMNS = ['name', 'number', 'numbers', 'note', 'groups'] as const;
const columns = COLUMNS.map((column) => ({ column }));

describe('an export', () => {
  it('comes back the same through an import, whatever its cells say', async () => {
    const { exports, dir, contacts, add, list } = build();
    const field = valueOf(contacts.addField({ name: 'জেলা', kind: 'text' })).id;
    add('=HYPERLINK("x")', ['01712345678', '01812345678'], { groups: [list('Class, 5')] });
    add('রহিম', '01912345678', { note: 'two\nlines, "quoted"', fields: { [field]: 'ঢাকা' } });
    for (const format of ['csv', 'xlsx', 'vcf'] as const) {
      const state = await ended(exports, {
        ...{ choice: { filter: {} }, format, save: `people.${format}` },
        columns: [...columns, { column: 'field', field }],
      });
      expect(state).toMatchObject({ phase: 'done', done: 2, total: 2, error: null });
    }
    const csv = readFileSync(path.join(dir, 'people.csv'), 'utf8');
    expect(csv.startsWith('\ufeffName,Mobile,Mobile 2,Note,Groups,জেলা\r\n')).toBe(true);
    const other = importing();
    const again = other.file('again.csv', csv);
    const opened = valueOf(
      await other.imports.open({ purpose: 'contacts', source: { kind: 'file', handle: again } }),
    );
    await other.imports.cancel(opened.id);
    expect(short(await bring(other.imports, csv))).toEqual([2, 0, 0, 0, 0]);
    expect(other.contacts.byNumber('01912345678')).toMatchObject({
      name: 'রহিম',
      note: 'two\nlines, "quoted"',
    });
    expect(other.contacts.byNumber('01812345678')?.msisdn).toBe('8801712345678');
    expect(readFileSync(path.join(dir, 'people.vcf'), 'utf8')).toContain('TEL;TYPE=CELL:+8801912345678');
  });

  it('leaves an older file as it was when it is cancelled, and nothing else', async () => {
    const { exports, dir, store } = build();
    const insert = store.db.prepare(
      "INSERT INTO contacts (name, name_folded, msisdn, created_at, changed_at) VALUES ('N', 'n', ?, 0, 0)",
    );
    store.transaction(() => {
      for (let at = 0; at < 2_000; at++) insert.run(String(8_801_700_000_000 + at));
    });
    writeFileSync(path.join(dir, 'people.csv'), 'older');
    const request = { choice: { filter: {} }, format: 'csv', columns, save: 'people.csv' } as const;
    const state = await ended(exports, request, (id) => exports.cancel(id));
    expect(state.phase).toBe('cancelled');
    expect(readdirSync(dir)).toEqual(['people.csv']);
    expect(readFileSync(path.join(dir, 'people.csv'), 'utf8')).toBe('older');
    expect(await ended(exports, request)).toMatchObject({ phase: 'done', done: 2_000 });
  });

  it('tells what is in its way', async () => {
    const { exports, add } = build();
    const { id } = add('A', '01712345678');
    const request: ExportRequest = {
      choice: { ids: [id] },
      format: 'csv',
      columns,
      save: 'absent/people.csv',
    };
    expect(await ended(exports, request)).toMatchObject({
      phase: 'failed',
      error: { code: 'FILE_NOT_WRITTEN' },
    });
    expect(await exports.start({ ...request, columns: [{ column: 'field', field: 9 }] })).toMatchObject({
      error: { code: 'NOT_FOUND' },
    });
    expect(await exports.start({ ...request, choice: { filter: { group: 9 } } })).toMatchObject({
      error: { code: 'NOT_FOUND' },
    });
  });

  it('is forgotten only when it has ended, and three run at once', async () => {
    const { exports, store, add } = build();
    const { id: one } = add('A', '01600000001');
    const insert = store.db.prepare(
      "INSERT INTO contacts (name, name_folded, msisdn, created_at, changed_at) VALUES ('N', 'n', ?, 0, 0)",
    );
    store.transaction(() => {
      for (let at = 0; at < 3_000; at++) insert.run(String(8_801_700_000_000 + at));
    });
    const start = (save: string) => exports.start({ choice: { filter: {} }, format: 'csv', columns, save });
    const long = valueOf(await start('long.csv'));
    const held = valueOf(exports.watch(long.id));
    const many = await Promise.all(['a', 'b', 'c', 'd'].map((name) => start(`${name}.csv`)));
    expect(many.map((started) => (started.ok ? 'runs' : started.error.code))).toEqual([
      ...['runs', 'runs', 'NOT_POSSIBLE_NOW', 'NOT_POSSIBLE_NOW'],
    ]);
    for (const started of many) if (started.ok) exports.cancel(started.value.id);
    exports.cancel(long.id);
    await exports.close();
    expect(held.state().phase).toBe('cancelled');
    const ids: string[] = [];
    for (let at = 0; at < 21; at++) {
      const request: ExportRequest = { choice: { ids: [one] }, format: 'csv', columns, save: `${at}.csv` };
      await ended(exports, request, (id) => ids.push(id));
    }
    expect(exports.watch(long.id)).toMatchObject({ error: { code: 'NOT_FOUND' } });
    expect(exports.watch(ids[20] ?? '').ok).toBe(true);
  });

  it('can be watched and stopped while many others end', async () => {
    const { exports, add } = build();
    const { id } = add('A', '01712345678');
    // So many to look for, most of them nobody, that the export does not come to its end here.
    const choice = { ids: Array.from({ length: 1_000_000 }, (_, at) => (at % 500 === 0 ? id : 999)) };
    const long = valueOf(await exports.start({ choice, format: 'csv', columns, save: 'long.csv' }));
    for (let at = 0; at < 21; at++) {
      const request: ExportRequest = { choice: { ids: [id] }, format: 'csv', columns, save: `${at}.csv` };
      await ended(exports, request);
    }
    expect(valueOf(exports.watch(long.id)).state().phase).toBe('writing');
    exports.cancel(long.id);
    await exports.close();
    expect(valueOf(exports.watch(long.id)).state().phase).toBe('cancelled');
  });
});
