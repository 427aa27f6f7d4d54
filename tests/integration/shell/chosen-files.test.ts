import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { chosenFiles } from '../../../main/shell/chosen-files.ts';

const dir = mkdtempSync(path.join(tmpdir(), 'mim-chosen-'));
afterAll(() => rmSync(dir, { recursive: true }));
const list = path.join(dir, 'শিক্ষার্থী.csv');
writeFileSync(list, 'Name\n');

test('a file to read gets a handle that only reads', async () => {
  const files = chosenFiles();
  const chosen = await files.toRead(list);
  expect(chosen).toMatchObject({ name: 'শিক্ষার্থী.csv', size: 5 });
  expect(files.resolve(chosen?.handle ?? '', 'read')).toEqual({
    ok: true,
    value: { path: list, name: 'শিক্ষার্থী.csv' },
  });
  expect(files.resolve(chosen?.handle ?? '', 'write')).toMatchObject({
    ok: false,
    error: { code: 'NOT_FOUND' },
  });
});

test('a folder or a file that is gone gets none', async () => {
  const files = chosenFiles();
  expect(await files.toRead(dir)).toBeNull();
  expect(await files.toRead(path.join(dir, 'gone.csv'))).toBeNull();
});

test('a path is no handle, and a handle of another register is none', async () => {
  const files = chosenFiles();
  const { handle } = chosenFiles().toWrite(list);
  expect(files.resolve(list, 'read').ok).toBe(false);
  expect(files.resolve(handle, 'write').ok).toBe(false);
});

test('the oldest handle is forgotten after five hundred', () => {
  const files = chosenFiles();
  const handles = Array.from({ length: 501 }, (_, at) => files.toWrite(path.join(dir, `${at}.csv`)).handle);
  expect(files.resolve(handles[0] ?? '', 'write').ok).toBe(false);
  expect(files.resolve(handles[1] ?? '', 'write').ok).toBe(true);
});

test('a handle to write is good for one file', () => {
  const files = chosenFiles();
  const { handle } = files.toWrite(path.join(dir, 'list.csv'));
  expect(files.resolve(handle, 'write').ok).toBe(true);
  expect(files.resolve(handle, 'write').ok).toBe(false);
});
