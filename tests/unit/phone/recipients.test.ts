import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRecipients } from '#shared/phone/recipients.ts';
import { readNumbers } from '#shared/phone/tokens.ts';

const A = '8801712345678';
const B = '8801812345678';
const C = '8801912345678';
const numbers = (input: string): string[] => parseRecipients(input).accepted.map((one) => one.msisdn);

describe('separators', () => {
  it.each([
    ['comma', '01712345678,01812345678'],
    ['comma and blank', '01712345678, 01812345678'],
    ['Arabic comma', '٠١٧١٢٣٤٥٦٧٨، ٠١٨١٢٣٤٥٦٧٨'],
    ['semicolon', '01712345678;01812345678'],
    ['line ends', '01712345678\r\n01812345678\n'],
    ['tab', '01712345678\t01812345678'],
    ['slash', '01712345678/01812345678'],
    ['pipe', '01712345678 | 01812345678'],
    ['danda', '০১৭১২৩৪৫৬৭৮। ০১৮১২৩৪৫৬৭৮।'],
    ['blank', '01712345678 01812345678'],
    ['several blanks and Bangla digits', '০১৭১২৩৪৫৬৭৮   ০১৮১২৩৪৫৬৭৮'],
    ['no-break space', '01712345678\u00a001812345678'],
    ['blanks in the numbers too', '01712 345678 01812 345678'],
    ['international with blanks', '+880 1712-345678 +880 1812-345678'],
    ['mixed', ' +8801712345678 ;;\n, 01812-345678 ,'],
  ])('%s', (_, input) => {
    expect(parseRecipients(input)).toMatchObject({
      accepted: [{ msisdn: A }, { msisdn: B }],
      duplicates: [],
      rejected: [],
    });
  });

  it.each([
    '01712 345678',
    '+880 1712-345678',
    '880 17 12 34 56 78',
    '(+88) 01712 345 678',
    'Mob: 01712 345678',
  ])('keeps %s one number', (input) => {
    expect(numbers(input)).toEqual([A]);
  });

  it('keeps a foreign number with blanks apart from its neighbour', () => {
    expect(numbers('+971 50 123 4567 01712345678')).toEqual(['971501234567', A]);
  });
});

describe('nothing is guessed', () => {
  it('does not send to the first part of a number with stray digits', () => {
    expect(parseRecipients('01712345678 9')).toEqual({
      accepted: [],
      duplicates: [],
      rejected: [{ input: '01712345678 9', reason: 'too-long' }],
    });
  });

  it('keeps a short number with a blank in one piece', () => {
    expect(parseRecipients('01712 34567').rejected).toEqual([{ input: '01712 34567', reason: 'too-short' }]);
  });

  it('finds the number beside a name and reports the name', () => {
    expect(parseRecipients('Rahim Uddin 01712345678')).toMatchObject({
      accepted: [{ msisdn: A, input: '01712345678' }],
      rejected: [{ input: 'Rahim Uddin', reason: 'not-a-number' }],
    });
  });

  it('one bad number in a line does not take the others with it', () => {
    expect(parseRecipients('01712345678 0181234567 01912345678')).toMatchObject({
      accepted: [{ msisdn: A }, { msisdn: C }],
      rejected: [{ input: '0181234567', reason: 'too-short' }],
    });
  });

  it('lists two bad numbers of a line separately', () => {
    expect(parseRecipients('017123456 018123456').rejected.map((one) => one.input)).toEqual([
      '017123456',
      '018123456',
    ]);
  });

  it('keeps the exponent of a spreadsheet together with its reason', () => {
    expect(parseRecipients('8.8017E+12\n01712345678')).toMatchObject({
      accepted: [{ msisdn: A }],
      rejected: [{ input: '8.8017E+12', reason: 'exponent-damaged' }],
    });
  });
});

it('lists the same number once, however it is written, and keeps the others as duplicates', () => {
  expect(parseRecipients('01712345678, +880 1712-345678\n০১৭১২৩৪৫৬৭৮; 01812345678')).toEqual({
    accepted: [
      { msisdn: A, input: '01712345678', operator: 'Grameenphone' },
      { msisdn: B, input: '01812345678', operator: 'Robi' },
    ],
    duplicates: [
      { msisdn: A, input: '+880 1712-345678' },
      { msisdn: A, input: '০১৭১২৩৪৫৬৭৮' },
    ],
    rejected: [],
  });
});

it('gives nothing for nothing', () => {
  expect(parseRecipients(' ,;\n\u200b\ufeff ')).toEqual({ accepted: [], duplicates: [], rejected: [] });
});

describe('whatever is pasted', () => {
  const pasted = fc
    .array(
      fc.oneof(
        fc.constantFrom(
          '01712345678',
          '+880 1812-345678',
          '০১৯১২৩৪৫৬৭৮',
          '8.8E+12',
          'Rahim',
          '0171',
          '02-9559779',
          '9',
        ),
        fc.constantFrom(' ', ', ', '\n', '\t', ';', '।', '/', '  '),
        fc
          .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 8 })
          .map((codes) => String.fromCharCode(...codes)),
      ),
      { maxLength: 30 },
    )
    .map((pieces) => pieces.join(''));

  it('ends up in exactly one of the three lists', () => {
    fc.assert(
      fc.property(pasted, (input) => {
        const { accepted, duplicates, rejected } = parseRecipients(input);
        const all = [...accepted, ...duplicates, ...rejected].map((one) => one.input).sort();
        expect(all).toEqual(
          readNumbers(input)
            .map((one) => one.input)
            .sort(),
        );
        expect(new Set(accepted.map((one) => one.msisdn)).size).toBe(accepted.length);
      }),
      { numRuns: 300 },
    );
  });

  it('loses no digit', () => {
    const digits = (text: string): string => text.replace(/\D/g, '');
    fc.assert(
      fc.property(pasted, (input) => {
        expect(
          digits(
            readNumbers(input)
              .map((one) => one.input)
              .join(''),
          ),
        ).toBe(digits(input));
      }),
      { numRuns: 300 },
    );
  });

  it('the same list read twice gives the same numbers and no rejections', () => {
    fc.assert(
      fc.property(pasted, (input) => {
        const once = parseRecipients(input).accepted.map((one) => one.msisdn);
        const again = parseRecipients(once.map((msisdn) => `+${msisdn}`).join(', '));
        expect(again.accepted.map((one) => one.msisdn)).toEqual(once);
        expect(again.rejected).toEqual([]);
      }),
    );
  });
});

it.each(['(', '+', ' +1', 'x1 ', ', ext', '9 ', '+1234567 '])(
  'twenty thousand characters of %j do not hang',
  (piece) => {
    const started = performance.now();
    const { accepted } = parseRecipients(piece.repeat(20_000 / piece.length));
    expect(accepted).toEqual([]);
    expect(performance.now() - started).toBeLessThan(10_000);
  },
  30_000,
);

it('reads ten thousand numbers without being noticed', () => {
  const lines = Array.from(
    { length: 10_000 },
    (_, i) => `+880 17${String(i).padStart(2, '0').slice(-2)}-${String(i).padStart(6, '0')}`,
  );
  const started = performance.now();
  const { accepted, rejected } = parseRecipients(lines.join('\n'));
  expect(rejected).toEqual([]);
  expect(accepted).toHaveLength(10_000);
  expect(performance.now() - started).toBeLessThan(1_000);
});
