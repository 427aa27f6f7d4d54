import fc from 'fast-check';
import { split } from 'split-sms';
import { SegmentedMessage } from 'sms-segments-calculator';
import { describe, expect, it } from 'vitest';
import { countParts, splitParts, type Encoding } from '#shared/sms/parts.ts';

const FAMILY = '👨‍👩‍👧‍👦';
const FLAG = '🇧🇩';
const CONJUNCT = 'ক্ষ্ম';
const BILL = 'প্রিয় গ্রাহক, আপনার নভেম্বর মাসের বিদ্যুৎ বিল ১,২৫০ টাকা। ৩০ তারিখের মধ্যে পরিশোধ করুন। ধন্যবাদ সমিতি';

type Vector = [what: string, text: string, encoding: Encoding, units: number, parts: number];

/** Counted by the tables of 3GPP TS 23.038 and TS 23.040; the traps are those that published counters fall into. */
const VECTORS: Vector[] = [
  ['empty', '', 'GSM-7', 0, 0],
  ['one letter', 'a', 'GSM-7', 1, 1],
  ['160 Latin', 'a'.repeat(160), 'GSM-7', 160, 1],
  ['161 Latin', 'a'.repeat(161), 'GSM-7', 161, 2],
  ['306 Latin', 'a'.repeat(306), 'GSM-7', 306, 2],
  ['307 Latin', 'a'.repeat(307), 'GSM-7', 307, 3],
  ['80 brackets', ']'.repeat(80), 'GSM-7', 160, 1],
  ['81 brackets', ']'.repeat(81), 'GSM-7', 162, 2],
  ['152 brackets fill two parts with a septet unused in each', ']'.repeat(152), 'GSM-7', 304, 2],
  ['153 brackets need a third part', ']'.repeat(153), 'GSM-7', 306, 3],
  ['escape pair at the boundary', 'a'.repeat(152) + ']' + 'a'.repeat(152), 'GSM-7', 306, 3],
  ['escape pair just before the boundary', 'a'.repeat(151) + ']' + 'a'.repeat(153), 'GSM-7', 306, 2],
  ['escape pair at the end of one part', 'a'.repeat(158) + ']', 'GSM-7', 160, 1],
  ['escape pair over the end of one part', 'a'.repeat(159) + ']', 'GSM-7', 161, 2],
  ['every extension character', '\f^{}\\[~]|€', 'GSM-7', 20, 1],
  ['form feed', 'a\fb', 'GSM-7', 4, 1],
  ['euro', '€', 'GSM-7', 2, 1],
  ['81 euros', '€'.repeat(81), 'GSM-7', 162, 2],
  ['line ends', 'a\r\nb\n', 'GSM-7', 5, 1],
  ['accents of the alphabet', 'èéùìòÇØøÅåÆæßÉÄÖÑÜäöñüà', 'GSM-7', 23, 1],
  ['Greek of the alphabet', 'ΔΦΓΛΩΠΨΣΘΞ', 'GSM-7', 10, 1],
  ['signs of the alphabet', '@£$¥¤¡¿§_', 'GSM-7', 9, 1],
  ['tab', 'a\tb', 'UCS-2', 3, 1],
  ['backtick', 'a`b', 'UCS-2', 3, 1],
  ['Ç is in the alphabet', 'Ç', 'GSM-7', 1, 1],
  ['ç is not', 'ç', 'UCS-2', 1, 1],
  ['no-break space', 'a\u00a0b', 'UCS-2', 3, 1],
  ['curly quotes', '“a”', 'UCS-2', 3, 1],
  ['en dash', 'a–b', 'UCS-2', 3, 1],
  ['taka sign', '৳500', 'UCS-2', 4, 1],
  ['brackets cost one unit once Unicode is needed', '[]€“', 'UCS-2', 4, 1],
  ['one curly quote spoils a full part', 'a'.repeat(159) + '’', 'UCS-2', 160, 3],
  ['composed é', 'caf\u00e9', 'GSM-7', 4, 1],
  ['decomposed é', 'cafe\u0301', 'UCS-2', 5, 1],
  ['70 Bangla', 'ক'.repeat(70), 'UCS-2', 70, 1],
  ['71 Bangla', 'ক'.repeat(71), 'UCS-2', 71, 2],
  ['134 Bangla', 'ক'.repeat(134), 'UCS-2', 134, 2],
  ['135 Bangla', 'ক'.repeat(135), 'UCS-2', 135, 3],
  ['one conjunct', CONJUNCT, 'UCS-2', 5, 1],
  ['14 conjuncts', CONJUNCT.repeat(14), 'UCS-2', 70, 1],
  ['27 conjuncts', CONJUNCT.repeat(27), 'UCS-2', 135, 3],
  ['40 conjuncts', CONJUNCT.repeat(40), 'UCS-2', 200, 3],
  ['bill notice', BILL, 'UCS-2', 102, 2],
  ['bill notice twice', BILL + BILL, 'UCS-2', 204, 4],
  ['letters that NFC would take apart', '\u09df\u09dc\u09dd', 'UCS-2', 3, 1],
  ['joiner kept and counted', 'র\u200d্যাব', 'UCS-2', 6, 1],
  ['35 emoji', '😀'.repeat(35), 'UCS-2', 70, 1],
  ['36 emoji', '😀'.repeat(36), 'UCS-2', 72, 2],
  ['67 emoji: a surrogate pair would straddle', '😀'.repeat(67), 'UCS-2', 134, 3],
  ['70 emoji', '😀'.repeat(70), 'UCS-2', 140, 3],
  ['family of four', FAMILY, 'UCS-2', 11, 1],
  ['seven families', FAMILY.repeat(7), 'UCS-2', 77, 2],
  ['18 flags', FLAG.repeat(18), 'UCS-2', 72, 2],
  ['bracket beside emoji', ']😀', 'UCS-2', 3, 1],
  ['lone high surrogate', 'a\ud83d', 'UCS-2', 2, 1],
  ['lone low surrogate at a boundary', 'ক'.repeat(66) + '\udc00' + 'ক'.repeat(10), 'UCS-2', 77, 2],
  ['lone high surrogate at a boundary', 'ক'.repeat(66) + '\ud83d' + 'ক'.repeat(67), 'UCS-2', 134, 2],
];

describe('golden vectors', () => {
  it.each(VECTORS)('%s', (_, text, encoding, units, parts) => {
    expect(countParts(text)).toMatchObject({ encoding, units, parts });
  });

  it.each(VECTORS)('%s, split', (_, text, encoding, units, parts) => {
    const pieces = splitParts(text);
    expect(pieces.encoding).toBe(encoding);
    expect(pieces.parts).toHaveLength(parts);
    expect(pieces.parts.map((one) => one.text).join('')).toBe(text);
    expect(pieces.parts.reduce((sum, one) => sum + one.units, 0)).toBe(units);
  });
});

describe('room left', () => {
  it.each([
    ['', 160, 160],
    ['a'.repeat(155), 160, 5],
    ['a'.repeat(161), 153, 145],
    [']'.repeat(81), 153, 143],
    ['ক', 70, 69],
    [BILL, 67, 32],
  ])('%#', (text, perPart, unitsLeft) => {
    expect(countParts(text)).toMatchObject({ perPart, unitsLeft });
  });
});

it('draws the boundary before a pair that would straddle it', () => {
  const bracket = splitParts('a'.repeat(152) + ']' + 'b'.repeat(20)).parts;
  expect(bracket.map(({ start, end, units }) => [start, end, units])).toEqual([
    [0, 152, 152],
    [152, 173, 22],
  ]);
  const emoji = splitParts('ক'.repeat(66) + '😀' + 'ক'.repeat(10)).parts;
  expect(emoji.map(({ start, end, units }) => [start, end, units])).toEqual([
    [0, 66, 66],
    [66, 78, 12],
  ]);
});

const PIECES = [
  ...'abc XYZ 0189,.\n\r[]{}|^€~\\éÇ৳কখগঘািী্য়রতন“’–',
  '😀',
  FAMILY,
  FLAG,
  '\u200d',
  '\u200c',
  'e\u0301',
  CONJUNCT,
];
const GSM_PIECES = [...'abc XYZ 0189,.\n\r[]{}|^€~\\éÇ'];
const wellFormed = fc.oneof(
  fc.array(fc.constantFrom(...PIECES), { maxLength: 500 }).map((all) => all.join('')),
  fc.array(fc.constantFrom(...GSM_PIECES), { maxLength: 700 }).map((all) => all.join('')),
  fc
    .array(fc.integer({ min: 0x20, max: 0xd7ff }), { maxLength: 300 })
    .map((codes) => String.fromCodePoint(...codes)),
  fc
    .array(fc.integer({ min: 0xe000, max: 0x1ffff }), { maxLength: 300 })
    .map((codes) => String.fromCodePoint(...codes)),
);
const anything = fc.oneof(
  wellFormed,
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 300 })
    .map((codes) => String.fromCharCode(...codes)),
);

describe('any text', () => {
  it('split is the text, within capacity, and what was counted', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const counted = countParts(text);
        const { encoding, parts } = splitParts(text);
        expect(encoding).toBe(counted.encoding);
        expect(parts.length).toBe(counted.parts);
        expect(parts.map((one) => one.text).join('')).toBe(text);
        expect(parts.reduce((sum, one) => sum + one.units, 0)).toBe(counted.units);
        let at = 0;
        for (const part of parts) {
          expect(part.start).toBe(at);
          expect(part.text).toBe(text.slice(part.start, part.end));
          expect(part.units).toBeLessThanOrEqual(counted.perPart);
          expect(/[\ud800-\udbff]$/.test(part.text) && /^[\udc00-\udfff]/.test(text.slice(part.end))).toBe(
            false,
          );
          at = part.end;
        }
        const last = parts.at(-1)?.units ?? 0;
        expect(counted.unitsLeft).toBe(counted.perPart - last);
      }),
      { numRuns: 500 },
    );
  });

  it('more text never costs fewer parts', () => {
    fc.assert(
      fc.property(anything, anything, (text, more) => {
        expect(countParts(text + more).parts).toBeGreaterThanOrEqual(countParts(text).parts);
      }),
    );
  });

  it('as many units as are left fit, one more does not', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const { encoding, parts, unitsLeft } = countParts(text);
        const filler = encoding === 'GSM-7' ? 'a' : 'ক';
        const wasPaired = /[\ud800-\udbff]$/.test(text);
        if (parts === 0 || wasPaired) return;
        expect(countParts(text + filler.repeat(unitsLeft)).parts).toBe(parts);
        expect(countParts(text + filler.repeat(unitsLeft + 1)).parts).toBe(parts + 1);
      }),
    );
  });

  it('agrees with split-sms on well-formed text', () => {
    fc.assert(
      fc.property(wellFormed, (text) => {
        if (text === '') return;
        const peer = split(text);
        const counted = countParts(text);
        expect(counted.encoding).toBe(peer.characterSet === 'GSM' ? 'GSM-7' : 'UCS-2');
        expect(counted.parts).toBe(peer.parts.length);
      }),
      { numRuns: 1000 },
    );
  });

  it('never counts more than a counter that keeps grapheme clusters whole', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 200 }).map((all) => all.join('')),
        (text) => {
          expect(countParts(text).parts).toBeLessThanOrEqual(new SegmentedMessage(text).segmentsCount);
        },
      ),
      { numRuns: 50 },
    );
  });
});
