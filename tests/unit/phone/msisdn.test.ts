import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatMsisdn, normaliseMsisdn } from '#shared/phone/msisdn.ts';

const read = (input: string): string => {
  const result = normaliseMsisdn(input);
  return result.ok ? result.value.msisdn : result.error;
};

describe('a Bangladesh mobile number in any writing', () => {
  it.each([
    ['gateway form', '8801712345678'],
    ['national', '01712345678'],
    ['without the zero a spreadsheet ate', '1712345678'],
    ['plus', '+8801712345678'],
    ['00', '008801712345678'],
    ['country code and zero together', '+88001712345678'],
    ['plus before the national form', '+01712345678'],
    ['doubled plus', '++8801712345678'],
    ['spaces and dash', '+880 1712-345678'],
    ['split in the middle', '01712 345678'],
    ['brackets', '(+88)01712345678'],
    ['brackets and dashes', '(+880) 1712-345-678'],
    ['dots', '01712.345.678'],
    ['Bangla digits', '০১৭১২৩৪৫৬৭৮'],
    ['Bangla digits with country code', '+৮৮০ ১৭১২-৩৪৫৬৭৮'],
    ['Arabic digits', '٠١٧١٢٣٤٥٦٧٨'],
    ['Persian digits', '۰۱۷۱۲۳۴۵۶۷۸'],
    ['full-width digits', '＋８８０１７１２３４５６７８'],
    ['mixed digits', '01৭১2345678'],
    ['left-to-right mark', '\u200e01712345678'],
    ['direction marks of a chat', '\u202a+880 1712-345678\u202c'],
    ['byte order mark', '\ufeff01712345678'],
    ['zero-width space', '01712\u200b345678'],
    ['no-break space', '01712\u00a0345678'],
    ['non-breaking hyphen', '01712\u2011345678'],
    ['trailing .0', '8801712345678.0'],
    ['trailing .00 without zero', '1712345678.00'],
    ['text marker of a spreadsheet', "'01712345678"],
    ['formula of a spreadsheet', '="01712345678"'],
    ['quotes', '“01712345678”'],
    ['tel link', 'tel:+8801712345678'],
    ['label', 'Mob: 01712345678'],
    ['Bangla label', 'মোবাইল: ০১৭১২৩৪৫৬৭৮'],
    ['note behind', '01712345678 (bKash)'],
    ['note before', '(M) 01712345678'],
    ['extension', '01712345678 ext. 12'],
    ['exponent with every digit', '8.801712345678E+12'],
  ])('%s', (_, input) => {
    expect(normaliseMsisdn(input)).toEqual({
      ok: true,
      value: { msisdn: '8801712345678', operator: 'Grameenphone' },
    });
  });

  it.each([
    ['013', 'Grameenphone'],
    ['014', 'Banglalink'],
    ['015', 'Teletalk'],
    ['016', 'Airtel'],
    ['017', 'Grameenphone'],
    ['018', 'Robi'],
    ['019', 'Banglalink'],
  ])('%s hints at %s', (prefix, operator) => {
    expect(normaliseMsisdn(`${prefix}12345678`)).toMatchObject({ ok: true, value: { operator } });
  });
});

describe('what cannot be sent to says why', () => {
  it.each([
    ['8.80171E+12', 'exponent-damaged'],
    ['8.8017E+12', 'exponent-damaged'],
    ['৮.৮০১৭E+১২', 'exponent-damaged'],
    ['1.71E+09', 'exponent-damaged'],
    ['02-9559779', 'landline'],
    ['+880 2 9559779', 'landline'],
    ['031-650000', 'landline'],
    ['0171234567', 'too-short'],
    ['880171234567', 'too-short'],
    ['171234567', 'too-short'],
    ['333', 'too-short'],
    ['017123456789', 'too-long'],
    ['88017123456789', 'too-long'],
    ['1234567890123456789', 'too-long'],
    ['01112345678', 'not-mobile'],
    ['01212345678', 'not-mobile'],
    ['09612345678', 'not-mobile'],
    ['Rahim Uddin', 'not-a-number'],
    ['রহিম', 'not-a-number'],
    ['', 'not-a-number'],
    ['---', 'not-a-number'],
    ['+', 'not-a-number'],
    ['rahim@example.com', 'not-a-number'],
    ['01712345678 01812345678', 'too-long'],
    ['+999 123456789', 'unknown-country'],
  ])('%s: %s', (input, reason) => {
    expect(read(input)).toBe(reason);
  });
});

describe('numbers of other countries', () => {
  it.each([
    ['+91 98765 43210', '919876543210'],
    ['00971501234567', '971501234567'],
    ['971501234567', '971501234567'],
    ['+1 (415) 555-2671', '14155552671'],
    ['+44 7911 123456', '447911123456'],
  ])('%s', (input, msisdn) => {
    expect(normaliseMsisdn(input)).toEqual({ ok: true, value: { msisdn, operator: null } });
  });

  it('refuses a foreign landline and a toll-free number', () => {
    expect(read('+44 20 7946 0958')).toBe('landline');
    expect(read('+1 800 555 0199')).toBe('not-mobile');
  });

  it('never takes a local number with one digit too many for an American one', () => {
    expect(read('17123456789')).toBe('too-long');
    expect(read('+17123456789')).toBe('17123456789');
  });
});

describe('whatever is written', () => {
  const bangladeshi = fc
    .tuple(fc.constantFrom('13', '14', '15', '16', '17', '18', '19'), fc.integer({ min: 0, max: 99_999_999 }))
    .map(([prefix, rest]) => `880${prefix}${String(rest).padStart(8, '0')}`);

  it('reading what was read gives the same', () => {
    const written = fc.oneof(
      bangladeshi,
      fc.string({ unit: fc.constantFrom(...'0123456789+- .()০১৭৮Ee') }),
      fc.array(fc.integer({ min: 0, max: 0xffff })).map((codes) => String.fromCharCode(...codes)),
    );
    fc.assert(
      fc.property(written, (input) => {
        const once = normaliseMsisdn(input);
        if (once.ok) expect(normaliseMsisdn(`+${once.value.msisdn}`)).toEqual(once);
      }),
      { numRuns: 500 },
    );
  });

  it('what is shown can be typed again', () => {
    fc.assert(
      fc.property(bangladeshi, (msisdn) => {
        expect(read(formatMsisdn(msisdn))).toBe(msisdn);
      }),
    );
  });
});

it('formats numbers for people', () => {
  expect(formatMsisdn('8801712345678')).toBe('+880 1712-345678');
  expect(formatMsisdn('14155552671')).toBe('+1 415 555 2671');
  expect(formatMsisdn('999123')).toBe('+999123');
  expect(formatMsisdn('InfoSMS')).toBe('InfoSMS');
});
