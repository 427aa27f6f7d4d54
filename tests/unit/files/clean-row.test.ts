import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ImportMapping } from '#shared/ipc/imports.ts';
import { readNumbers } from '#shared/phone/tokens.ts';
import { cleanRow } from '../../../main/engine/files/clean-row.ts';

const mapping = (...columns: ImportMapping['columns']): ImportMapping => ({ header: true, columns });
const NUMBER = { to: 'number' } as const;
const NAME = { to: 'name' } as const;
const NOTE = { to: 'note' } as const;
const clean = (cells: string[], ...columns: ImportMapping['columns']) =>
  cleanRow({ row: 7, cells }, mapping(...columns));

describe('numbers of a row', () => {
  it.each([
    ['01712345678', []],
    ['+880 1712-345678', []],
    ['1712345678', ['lost-zero']],
    ['8.801712345678E+12', ['exponent']],
    ['1.712345678E+09', ['exponent', 'lost-zero']],
    ['8801712345678.0', ['trailing-zero']],
    ['1712345678.00', ['trailing-zero', 'lost-zero']],
    ['০১৭১২৩৪৫৬৭৮', ['digits']],
    ["'01712345678", ['marks']],
    ['="01712345678"', ['marks']],
    ['\u200e০১৭১২৩৪৫৬৭৮', ['marks', 'digits']],
    ['Mob: 01712-345678', []],
  ])('%s is mended by %j', (input, repairs) => {
    expect(clean([input], NUMBER).numbers).toEqual([
      { input: input.trim(), msisdn: '8801712345678', repairs, reason: null },
    ]);
  });

  it('takes numbers of several columns and cells once each', () => {
    const row = clean(['01712345678/01812345678', '+8801712345678 01912345678'], NUMBER, NUMBER);
    expect(row.numbers.map((one) => one.msisdn)).toEqual(['8801712345678', '8801812345678', '8801912345678']);
    expect(row.problem).toBeNull();
  });

  it('puts what is no number beside one that is into the note, as it was written', () => {
    const row = clean(['01712345678; ask Karim, 0181234', 'pays late'], NUMBER, NOTE);
    expect(row.numbers).toHaveLength(1);
    expect(row.note).toBe('pays late\nask Karim\n0181234');
  });

  it('says of a row without a number why, and where', () => {
    expect(clean(['Rahim', '02-9559779', '0171'], NAME, NUMBER, NUMBER)).toMatchObject({
      problem: 'landline',
      column: 1,
      note: '',
      numbers: [
        { input: '02-9559779', reason: 'landline' },
        { input: '0171', reason: 'too-short' },
      ],
    });
    expect(clean(['Rahim', ' '], NAME, NUMBER)).toMatchObject({ problem: 'no-number', column: 1 });
    expect(clean(['Rahim'], NAME)).toMatchObject({ problem: 'no-number', column: null });
    expect(clean(['x'.repeat(32_769), '01712345678'], NAME, NUMBER)).toMatchObject({
      problem: 'cell-too-long',
      column: 0,
    });
    expect(clean(['x'.repeat(32_769), '01712345678'], { to: 'ignore' }, NUMBER).problem).toBeNull();
  });
});

it('joins names, divides groups, keeps values by column', () => {
  const row = clean(
    [' Md.  Rahim ', 'Uddin', '01712345678', '* friends ::: Class 5, Class 5; parents', '="007"', ' 500 '],
    { to: 'first-name' },
    { to: 'last-name' },
    NUMBER,
    { to: 'group' },
    { to: 'new-field', name: 'Code' },
    { to: 'field', field: 3 },
  );
  expect(row).toMatchObject({
    row: 7,
    name: 'Md. Rahim Uddin',
    groups: ['friends', 'Class 5', 'parents'],
    values: ['', '', '', '', '007', '500'],
  });
  expect(clean(['Rahim Uddin', 'Rahim', 'Uddin'], NAME, { to: 'first-name' }, { to: 'last-name' }).name).toBe(
    'Rahim Uddin',
  );
});

it('loses no piece of a number cell, whatever is written', () => {
  const cell = fc
    .array(
      fc.oneof(
        fc.constantFrom('01712345678', '1812345678', '8.8E+12', '02-9559779', 'Rahim', '০১৯১২৩৪৫৬৭৮', '9'),
        fc.constantFrom(' ', ', ', '/', ';', '\n', "'", '\u200b'),
        fc.string({ maxLength: 5 }),
      ),
      { maxLength: 8 },
    )
    .map((pieces) => pieces.join(''));
  fc.assert(
    fc.property(cell, cell, (one, other) => {
      const row = clean([one, other], NUMBER, NUMBER);
      const kept = new Set(row.numbers.map((number) => number.msisdn));
      for (const { input, number } of [...readNumbers(one), ...readNumbers(other)]) {
        if (number.ok) expect(kept).toContain(number.value.msisdn);
        else expect(row.note.includes(input) || row.numbers.some((bad) => bad.input === input)).toBe(true);
      }
      expect(row.problem === null).toBe(row.numbers.some((number) => number.msisdn !== null));
    }),
    { numRuns: 300 },
  );
});
