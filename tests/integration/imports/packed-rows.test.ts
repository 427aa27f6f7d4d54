import { DatabaseSync } from '@photostructure/sqlite';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { foldForSearch } from '#shared/search-fold.ts';
import { packOne } from '../../../main/engine/file-worker/pack-rows.ts';
import type { RowsPlan } from '../../../main/engine/file-worker/messages.ts';

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
  fc.assert(
    fc.property(text, text, text, fc.nat(2 ** 33 - 1), (name, cell, value, row) => {
      const cells = [cell, '01712345678', value];
      const numbers = [{ input: cells[1] ?? '', msisdn: '8801712345678', repairs: [], reason: null }];
      const groups = [name, 'One', name];
      const clean = { ...{ row, cells, name, numbers, groups, note: cell }, values: ['', '', value] };
      const packed = packOne({ ...clean, problem: null, column: null }, PLAN);
      const fields = value === '' ? {} : { new0: value };
      expect(read(packed.rows)).toEqual([[row, null, cells, name, foldForSearch(name), cell, fields]]);
      expect(read(packed.numbers)).toEqual({ [row * 1_048_576]: 8801712345678 });
      const names = [...new Set(groups)];
      expect(read(packed.groups)).toEqual(names.map((one) => [one, foldForSearch(one)]));
      expect(read(packed.members)).toEqual(groups.map((one) => row * 1_048_576 + names.indexOf(one)));
    }),
    { numRuns: 150 },
  );
  db.close();
});
