import { DatabaseSync } from '@photostructure/sqlite';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { foldForSearch } from '#shared/search-fold.ts';
import { CELLS_AT_ONCE, PER_ROW, type RowsPlan } from '../../../main/engine/file-worker/messages.ts';
import { packOne, rowPacker } from '../../../main/engine/file-worker/pack-rows.ts';

const PLAN: RowsPlan = {
  mapping: { header: false, columns: [{ to: 'name' }, { to: 'number' }, { to: 'new-field', name: 'Class' }] },
  keys: [null, null, 'new0'],
  dates: [false, false, false],
  oneNumber: false,
};

/** Letters, digits, signs that join others, and one beyond the basic plane. */
const letter = fc.constantFrom(...'aZ 0"কোয়য়৫ড়র্', '\u09c7', '\u09be', '\u09bc', '\u0301', 'É', '😀', '\n');
const text = fc.array(letter, { maxLength: 40 }).map((letters) => letters.join(''));

it('reaches the store as it was read, names folded as searches fold them', () => {
  const db = new DatabaseSync(':memory:');
  const unpack = db.prepare('SELECT json(?) AS json');
  const read = (packed: Uint8Array): unknown => JSON.parse((unpack.get(packed) as { json: string }).json);
  const lower = db.prepare('SELECT lower(?) AS name');
  const lowered = (name: string) => (lower.get(name) as { name: string }).name;
  const numbers = ['8801712345678', '8801812345678'].map((msisdn) => ({
    ...{ input: msisdn, msisdn, repairs: [], reason: null },
  }));
  fc.assert(
    fc.property(text, text, text, text, fc.nat(2 ** 33 - 9), (name, cell, value, note, row) => {
      const cells = [cell, '01712345678', value];
      const groups = [name, 'One', name];
      const clean = { ...{ row, cells, name, numbers, groups, note }, values: ['', '', value], column: null };
      const fields = value === '' ? {} : { new0: value };

      const one = packOne({ ...clean, problem: null }, PLAN);
      const folded = (found: unknown) => (typeof found === 'string' ? found : lowered(name));
      const [, , written, ...rest] = (read(one.others) as Record<string, unknown[]>)['0'] ?? [];
      expect([folded(written), ...rest]).toEqual([foldForSearch(name), note, null, cells]);

      const packer = rowPacker(PLAN, 1 << 20, 1_000);
      packer.add({ ...clean, problem: null });
      packer.add({ ...clean, row: row + 2, problem: 'no-number' });
      const { json, ...batch } = packer.take(1) ?? {};
      expect(batch).toEqual({ firstRow: row, lastRow: row + 2, count: 2, repaired: 0, fraction: 1 });
      if (!json) throw new Error('Nothing was packed');
      const [plain, ...none] = read(json.rows) as unknown[];
      const others = read(json.others) as Record<string, unknown[]>;
      expect(none).toEqual([null, null]);
      const first = Array.isArray(plain) ? [...(plain as unknown[]), null, '', null, null] : others['0'];
      expect([...(first ?? []).slice(0, 2), ...(first ?? []).slice(3)]).toEqual([
        ...[name, fields, note],
        ...[null, null],
      ]);
      expect(folded(first?.[2])).toBe(foldForSearch(name));
      expect(others['2']?.slice(3)).toEqual([note, 'no-number', cells]);
      expect(read(json.cells)).toEqual([[cells, null, cells]]);
      expect(read(json.numbers)).toEqual([8801712345678, null, null]);
      expect(read(json.further)).toEqual({ '1': 8801812345678 });
      const names = [...new Set(groups)];
      expect(read(json.groups)).toEqual(names.map((group) => [group, foldForSearch(group)]));
      const members = [0, 2].flatMap((at) => groups.map((group) => at * PER_ROW + names.indexOf(group)));
      expect(read(json.members)).toEqual(members);
    }),
    { numRuns: 150 },
  );
  const packer = rowPacker(PLAN, 1 << 20, 1_000);
  const clean = { ...{ cells: ['x'], name: 'x', numbers, groups: [], note: '' }, values: [], column: null };
  for (let row = 7; packer.fits(row); row += 2) packer.add({ ...clean, row, problem: null });
  const last = packer.take(1);
  expect(last?.lastRow).toBe(1_005);
  const parts = read(last?.json.cells ?? new Uint8Array()) as unknown[][];
  expect(parts.map((part) => part.length)).toEqual(
    Array.from({ length: 8 }, (_, at) => (at < 7 ? CELLS_AT_ONCE : 124)),
  );
  db.close();
});
