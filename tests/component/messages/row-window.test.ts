import { expect, test } from 'vitest';
import { PAGE_SIZE, RowWindow } from '../../../renderer/lib/row-window.svelte.ts';

type Row = { readonly id: number; readonly text?: string };

/** A list that the test can change, read by keyset: the cursor is the id of the last row of the page before. */
function list(ids: number[]) {
  const source = { rows: ids.map((id): Row => ({ id })), reads: 0 };
  const window = new RowWindow<Row>(async (cursor, limit) => {
    source.reads++;
    const start = cursor === undefined ? 0 : source.rows.findIndex((row) => row.id === Number(cursor)) + 1;
    const rows = source.rows.slice(start, start + limit);
    const last = rows.at(-1);
    return { rows, ...(start + limit < source.rows.length && last ? { next: String(last.id) } : {}) };
  });
  return { source, window };
}

const range = (length: number, from = 1): number[] => Array.from({ length }, (_, index) => from + index);
const idsOf = (rows: readonly Row[]): number[] => rows.map((row) => row.id);

test('walks a list of 2,350 rows to its end and back without ever holding more than 500', async () => {
  const { window } = list(range(2350));
  await window.reload();
  const seen = new Set(idsOf(window.rows));
  while (!window.atEnd) {
    await window.loadAfter();
    expect(window.rows.length).toBeLessThanOrEqual(5 * PAGE_SIZE);
    for (const id of idsOf(window.rows)) seen.add(id);
    expect(window.rows[0]?.id).toBe(window.firstIndex + 1);
  }
  expect(seen.size).toBe(2350);
  expect(window.rows.at(-1)?.id).toBe(2350);
  while (window.firstIndex > 0) {
    await window.loadBefore();
    expect(window.rows.length).toBeLessThanOrEqual(5 * PAGE_SIZE);
    expect(window.rows[0]?.id).toBe(window.firstIndex + 1);
  }
  expect(idsOf(window.rows).slice(0, 3)).toEqual([1, 2, 3]);
});

test('refreshing takes over new contents in place', async () => {
  const { source, window } = list(range(950));
  await window.reload();
  for (let step = 0; step < 6; step++) await window.loadAfter();
  const before = idsOf(window.rows);
  source.rows = source.rows.map((row) => ({ ...row, text: 'new' }));
  await window.refresh();
  expect(idsOf(window.rows)).toEqual(before);
  expect(window.rows.every((row) => row.text === 'new')).toBe(true);
});

test('patching a list that has grown at its beginning moves nothing', async () => {
  const { source, window } = list(range(250, 1000));
  await window.reload();
  await window.loadAfter();
  const before = idsOf(window.rows);
  source.rows = [{ id: 1 }, { id: 2 }, ...source.rows].map((row) => ({ ...row, text: 'new' }));
  await window.patch();
  expect(idsOf(window.rows)).toEqual(before);
  expect(window.rows[0]?.text).toBe('new');
  expect(window.topId).toBe(1000);
});

test('going back into a list that has grown at its beginning leaves no hole', async () => {
  const { source, window } = list(range(900, 1000));
  await window.reload();
  for (let step = 0; step < 5; step++) await window.loadAfter();
  expect(window.firstIndex).toBe(100);
  source.rows = [...range(30).map((id) => ({ id })), ...source.rows];
  await window.loadBefore();
  const ids = idsOf(window.rows);
  expect(ids.slice(0, 31)).toEqual([...range(30), 1000]);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toEqual(idsOf(source.rows).slice(0, ids.length));
});

test('an answer that comes after the list was asked anew is dropped', async () => {
  const waiting: ((ids: number[]) => void)[] = [];
  const window = new RowWindow<Row>(
    () => new Promise((resolve) => waiting.push((ids) => resolve({ rows: ids.map((id) => ({ id })) }))),
  );
  const first = window.reload();
  const second = window.reload();
  waiting[1]?.([2]);
  await second;
  waiting[0]?.([1]);
  await first;
  expect(idsOf(window.rows)).toEqual([2]);
  expect(window.loading).toBe(false);
});

test('a failed reading keeps what is shown and says why', async () => {
  const { window, source } = list(range(150));
  await window.reload();
  source.rows = [];
  const broken = new RowWindow<Row>(() => Promise.reject(new Error('disk')));
  await broken.reload();
  expect(broken.error).toMatchObject({ code: 'UNEXPECTED' });
  expect(broken.ready).toBe(false);
  expect(window.rows).toHaveLength(100);
});
