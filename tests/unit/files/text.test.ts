import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readHead, readRows } from '../../../main/engine/files/read.ts';
import type { ReadHow } from '../../../main/engine/files/types.ts';

async function rowsOf(text: string, how: ReadHow = {}): Promise<string[][]> {
  const rows: string[][] = [];
  const done = await readRows({ kind: 'text', text }, how, (batch) => {
    rows.push(...batch.rows.map((row) => row.cells));
  });
  expect(done).toEqual({ ok: true, value: { rows: rows.length } });
  return rows;
}

const DELIMITERS = [',', ';', '\t', '|'] as const;
const CELL = fc.oneof(
  fc.constantFrom('রহিম', '01712345678', 'a b', '"', 'say "hi"', 'two\nlines', 'x;y', 'x,y', '5" pipe'),
  fc.string({ maxLength: 6 }).map((text) => text.replace(/[\r\0\ufeff']/g, '')),
);

it('gives every row and cell of a well-formed list back', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...DELIMITERS),
      fc.constantFrom('\n', '\r\n', '\r'),
      fc.array(fc.array(CELL, { minLength: 1, maxLength: 5 }), { maxLength: 12 }),
      async (delimiter, end, rows) => {
        // A cell behind each row, so that nothing is cut off as an empty end.
        const whole = rows.map((row) => [...row, 'end']);
        const text = whole
          .map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(delimiter))
          .join(end);
        expect(await rowsOf(text, { delimiter })).toEqual(whole);
      },
    ),
    { numRuns: 150 },
  );
});

it('never fails and never loses a letter, whatever is pasted', async () => {
  const bare = (text: string): string => text.replace(/[\s"',;|\0\ufeff]/g, '');
  const pasted = fc.oneof(
    fc.string({ unit: fc.constantFrom(...'",;|\t\n\r \0a0171রহ='), maxLength: 120 }),
    fc
      .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 60 })
      .map((codes) => String.fromCharCode(...codes)),
  );
  await fc.assert(
    fc.asyncProperty(pasted, async (text) => {
      fc.pre(!/^"?sep=|begin:vcard/i.test(text));
      const rows = await rowsOf(text);
      expect(bare(rows.flat().join(''))).toBe(bare(text));
      const head = await readHead({ kind: 'text', text }, {});
      expect(head.ok ? head.value.rows : []).toEqual(rows);
    }),
    { numRuns: 200 },
  );
});

it('finds the separator by what divides the rows evenly', async () => {
  const delimiterOf = async (text: string): Promise<unknown> => {
    const head = await readHead({ kind: 'text', text }, {});
    return head.ok ? head.value.delimiter : head.error;
  };
  expect(await delimiterOf('a\tb, c\nd\te, f, g\nh\ti\n')).toBe('\t');
  expect(await delimiterOf('a;b\n"c, d, e";f\n"g, h";i\n')).toBe(';');
  expect(await delimiterOf('"a;b",c\n"d;e",f\n')).toBe(',');
  expect(await delimiterOf('sep=|\na|b;c\nd|e;f\n')).toBe('|');
  expect(await delimiterOf('Rahim\nKarim, the other\nSalma\nJamal\nAbul\n')).toBeNull();
});

it('keeps cells beyond any screen together in the last one', async () => {
  const [row] = await rowsOf(Array.from({ length: 1_500 }, (_, at) => String(at)).join(','));
  expect(row).toHaveLength(1_000);
  expect(row?.at(-1)).toMatch(/^999,1000,.*,1499$/);
});
