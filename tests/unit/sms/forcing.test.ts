import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codePointLabel } from '#shared/sms/code-point-label.ts';
import { replaceForcing, unicodeForcing } from '#shared/sms/forcing.ts';
import { isGsm7 } from '#shared/sms/gsm7.ts';
import { countParts } from '#shared/sms/parts.ts';

describe('characters with a GSM-7 twin', () => {
  it.each([
    ['“Hello”', '"Hello"'],
    ['‘Hi’ it’s', "'Hi' it's"],
    ['«a» ‹b›', '"a" \'b\''],
    ['a – b — c − d', 'a - b - c - d'],
    ['wait…', 'wait...'],
    ['a\u00a0b\u202fc\u2009d', 'a b c d'],
    ['a\tb', 'a b'],
    ['a\u2028b', 'a\nb'],
    ['`code`', "'code'"],
    ['• one', '- one'],
    ['© MiM™', '(C) MiM(TM)'],
    ['Pay ৳500', 'Pay Tk500'],
    ['ＡＢＣ１２３', 'ABC123'],
    ['cafe\u0301', 'caf\u00e9'],
    ['\ufeffHello', 'Hello'],
    ['co\u00adoperative', 'cooperative'],
    ['a\u200bb\u200c\u200dc', 'abc'],
    ['\u201c\u200bHi', '"Hi'],
  ])('%j', (text, replaced) => {
    expect(replaceForcing(text)).toBe(replaced);
    expect(isGsm7(replaced)).toBe(true);
  });
});

describe('what must not be touched', () => {
  it.each([
    ['joiner in a Bangla word', 'র\u200d্যাব'],
    ['non-joiner in a Bangla word', 'উদ্\u200cযাপন'],
    ['taka in a Bangla text', '৳৫০০ টাকা'],
    ['joiners of an emoji', '👨‍👩‍👧‍👦'],
    ['emoji style mark', '❤️'],
    ['keycap', '1️⃣'],
    ['letters without a twin', 'ç ş ğ Я'],
    ['lone surrogate', 'a\ud83d'],
    ['plain text', 'Fee €20 [due] ^_^'],
  ])('%s', (_, text) => {
    expect(replaceForcing(text)).toBe(text);
  });

  it('no Bangla letter, sign or digit has a twin', () => {
    for (let code = 0x0980; code <= 0x09ff; code++) {
      const text = `ক${String.fromCharCode(code)}`;
      expect(unicodeForcing(text).every((one) => one.replacement === null)).toBe(true);
    }
  });
});

it('points at the characters', () => {
  expect(unicodeForcing('a“😀e\u0301\u00a0ç')).toEqual([
    { char: '“', index: 1, length: 1, replacement: '"' },
    { char: '😀', index: 2, length: 2, replacement: null },
    { char: 'e\u0301', index: 4, length: 2, replacement: '\u00e9' },
    { char: '\u00a0', index: 6, length: 1, replacement: ' ' },
    { char: 'ç', index: 7, length: 1, replacement: null },
  ]);
});

describe('any text', () => {
  const text = fc.oneof(
    fc.array(fc.integer({ min: 0, max: 0xffff })).map((codes) => String.fromCharCode(...codes)),
    fc.string({ unit: fc.constantFrom(...'ab“’–…\u00a0\u200b\u200d৳কয়😀e\u0301€[`') }),
  );

  it('has forcing characters exactly when it is counted as UCS-2', () => {
    fc.assert(
      fc.property(text, (one) => {
        expect(unicodeForcing(one).length > 0).toBe(countParts(one).encoding === 'UCS-2');
      }),
    );
  });

  it('becomes GSM-7 by replacing exactly when every character has a twin', () => {
    fc.assert(
      fc.property(text, (one) => {
        const all = unicodeForcing(one).every((found) => found.replacement !== null);
        expect(isGsm7(replaceForcing(one))).toBe(all);
      }),
    );
  });

  it('lies where it is said to, without overlap', () => {
    fc.assert(
      fc.property(text, (one) => {
        let from = 0;
        for (const { char, index, length } of unicodeForcing(one)) {
          expect(index).toBeGreaterThanOrEqual(from);
          expect(isGsm7(one.slice(from, index))).toBe(true);
          expect(one.slice(index, index + length)).toBe(char);
          from = index + length;
        }
        expect(isGsm7(one.slice(from))).toBe(true);
      }),
    );
  });
});

it.each([
  ['\u00a0', 'NBSP'],
  ['\u200d', 'ZWJ'],
  ['\u200c', 'ZWNJ'],
  ['\u200b', 'U+200B'],
  ['\ufeff', 'BOM'],
  ['\t', 'TAB'],
  ['\u0301', 'U+0301'],
  ['\ud83d', 'U+D83D'],
  ['\u{e0001}', 'U+E0001'],
  ['“', '“'],
  ['ক', 'ক'],
  ['😀', '😀'],
  ['e\u0301', 'e\u0301'],
  ['', ''],
])('names %j', (char, label) => {
  expect(codePointLabel(char)).toBe(label);
});
