import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { offerBanglaSavings } from '#shared/sms/bangla-savings.ts';
import { foldBangla, foldKhandaTa } from '#shared/sms/bangla.ts';
import { isGsm7 } from '#shared/sms/gsm7.ts';
import { mergePlaces } from '#shared/sms/merge-fields.ts';
import { countParts } from '#shared/sms/parts.ts';
import { withFallbacks, type TextOffer } from '#shared/sms/text-change.ts';
import { offerTransliteration } from '#shared/sms/transliterate.ts';

/** Long enough to save a part, and GSM-7 itself. */
const LONG = ` ${'a'.repeat(100)}`;
const written = (text: string): string | undefined =>
  offerTransliteration(text + LONG)?.text.slice(0, -LONG.length);

/** What must hold of every offer: the changes give the text, lie where they say, and leave merge fields alone. */
function check(text: string, offer: TextOffer): void {
  let changed = '';
  let from = 0;
  for (const { start, end, before, after } of offer.changes) {
    expect(start).toBeGreaterThanOrEqual(from);
    expect(text.slice(start, end)).toBe(before);
    expect(after).not.toBe(before);
    changed += text.slice(from, start) + after;
    from = end;
  }
  expect(changed + text.slice(from)).toBe(offer.text);
  const fields = (of: string) => mergePlaces(of).map((one) => of.slice(one.start, one.end));
  expect(fields(offer.text)).toEqual(fields(text));
  expect(countParts(withFallbacks(offer.text))).toMatchObject({
    units: offer.unitsAfter,
    parts: offer.partsAfter,
  });
  expect(countParts(withFallbacks(text))).toMatchObject({
    units: offer.unitsBefore,
    parts: offer.partsBefore,
  });
}

describe('in GSM-7', () => {
  it.each([
    ['“Fee” – 5…', '"Fee" - 5...'],
    ['čaşğ café Ñ', 'casg café Ñ'],
    ['e\u0301c\u030c', 'éc'],
    ['ấ đ ł œ', 'a d l oe'],
    ['Привет, мир', 'Privet, mir'],
    ['Δημήτρης', 'Dimitris'],
    ['ΔΩ “x”', 'ΔΩ "x"'],
    ['৳500', 'Tk500'],
    ['1½ kg, ½ kg', '1 1/2 kg, 1/2 kg'],
    ['5 m², 10² ①', '5 m2, 10^2 1'],
    ['30°C № 5 ℃ ★', '30degC No 5 degC *'],
    ['Hi 😀🎉 there 👨‍👩‍👧‍👦!', 'Hi there!'],
    ['🎉 Hi', 'Hi'],
    ['a😀b', 'ab'],
    ['\u0663\u0664', '34'],
    ['｛a｝ ＼ ❴', '(a) / ('],
    ['a\ud83d\u0001\ue000', 'a'],
  ])('%j is %j', (text, latin) => {
    expect(written(text)).toBe(latin);
  });

  it.each([
    ['GSM-7 already', 'Café {{নাম}}'],
    ['Bangla', 'č ক'],
    ['Bangla digits', 'č ৫'],
    ['Arabic letters', 'السلام'],
    ['Devanagari letters', 'नमस्ते'],
    ['a fallback that needs Unicode', 'č {{name|গ্রাহক}}'],
    ['a field that cannot be read and needs Unicode', 'č {{নাম'],
  ])('is not offered: %s', (_, text) => {
    expect(offerTransliteration(text + LONG)).toBeNull();
  });

  it('is not offered where nothing is saved, unless values are still to come', () => {
    expect(offerTransliteration('č')).toBeNull();
    expect(offerTransliteration('č {{name}}')).toMatchObject({
      text: 'c {{name}}',
      partsBefore: 1,
      partsAfter: 1,
    });
    expect(offerTransliteration('Я'.repeat(70))).toBeNull();
  });

  it('lists words and signs', () => {
    const text = `Привет “{{নাম|Ma’am}}”${LONG}`;
    expect(offerTransliteration(text)).toBeNull();
    const offer = offerTransliteration(text.replace('’', ''));
    expect(offer).toMatchObject({
      changes: [
        { start: 0, end: 6, before: 'Привет', after: 'Privet', why: 'letter' },
        { start: 7, end: 8, before: '“', after: '"', why: 'twin' },
        { start: 20, end: 21, before: '”', after: '"', why: 'twin' },
      ],
      partsBefore: 2,
      partsAfter: 1,
      unitsAfter: 114,
    });
  });

  it('does not make a merge field of what it writes', () => {
    expect(written('｛｛name｝｝')).toBe('((name))');
    expect(written('{😀{name}}')).toBe('{ {name}}');
    expect(written('\\😀{{name}}')).toBe('\\ {{name}}');
    expect(written('＼{{name}}')).toBe('/{{name}}');
  });

  const piece = fc.oneof(
    fc.constantFrom('{{name}}', '{{নাম|x}}', '{{', '}}', '{', '}', '\\', ' ', '\n', 'é', 'č', 'Я', 'δ', 'Δ'),
    fc.constantFrom(
      '“',
      '…',
      '\u00a0',
      '\u200b',
      '\u200d',
      'e\u0301',
      '½',
      '2',
      '²',
      '｛',
      '😀',
      '👨‍👩‍👧‍👦',
      '🇧🇩',
      '৳',
      '中',
      '\ud83d',
    ),
    fc.string({ unit: 'grapheme', maxLength: 3 }),
  );
  const text = fc.array(piece, { maxLength: 40 }).map((all) => all.join('') + LONG);

  it('keeps its word on any text', () => {
    let offered = 0;
    fc.assert(
      fc.property(text, (one) => {
        const offer = offerTransliteration(one);
        if (!offer) return;
        offered++;
        check(one, offer);
        expect(isGsm7(withFallbacks(offer.text))).toBe(true);
        expect(offer.partsAfter).toBeLessThanOrEqual(offer.partsBefore);
      }),
      { numRuns: 200 },
    );
    expect(offered).toBeGreaterThan(10);
  });
});

describe('Bangla for less', () => {
  it('lists each saving', () => {
    const text = 'প্রিয\u09bc  {{নাম|ভাই  }},\u200b হঠাত্\u200d ক\u09c7\u09beথা \n র\u200d্যাব\u00a0ও \u00a0\n';
    const offer = offerBanglaSavings(text);
    expect(offer?.text).toBe('প্রি\u09df {{নাম|ভাই  }}, হঠা\u09ce ক\u09cbথা\n র\u200d্যাব\u00a0ও');
    expect(offer?.changes.map(({ before, after, why }) => [before, after, why])).toEqual([
      ['য\u09bc', '\u09df', 'compose'],
      ['  ', ' ', 'blank'],
      ['\u200b', '', 'unseen'],
      ['ত্\u200d', '\u09ce', 'khanda-ta'],
      ['\u09c7\u09be', '\u09cb', 'compose'],
      [' \n ', '\n ', 'blank'],
      [' \u00a0\n', '', 'blank'],
    ]);
    expect((offer?.unitsBefore ?? 0) - (offer?.unitsAfter ?? 0)).toBe(10);
  });

  it.each([
    '',
    'plain  text ',
    'ক খ',
    'ক\u00a0খ',
    '{{ নাম }}  x',
    'র\u200d্যাব উদ্\u200cযাপন',
    'ক্\u200bষ',
    'ক\n\nখ',
  ])('has nothing to offer for %j', (text) => {
    expect(offerBanglaSavings(text)).toBeNull();
  });

  it('takes linear time', () => {
    const started = performance.now();
    offerBanglaSavings(`ক${' '.repeat(100_000)}${' \n'.repeat(50_000)}খ`);
    expect(performance.now() - started).toBeLessThan(2000);
  });

  it('keeps its word on any text', () => {
    const unit = fc.constantFrom(
      ...'ক য ড ত \u09bc \u09c7 \u09be \u09cd \u200d \u200b \u00a0 \n { } \\ a'.split(' '),
      ' ',
      '{{নাম|ত্\u200d  }}',
      '\ufeff',
    );
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 60 }), (one) => {
        const offer = offerBanglaSavings(one);
        if (!offer) return;
        check(one, offer);
        expect(offer.unitsAfter).toBeLessThan(offer.unitsBefore);
        expect(offer.partsAfter).toBeLessThanOrEqual(offer.partsBefore);
        const same = (of: string) =>
          foldKhandaTa(foldBangla(of))
            .replace(/[\s\u200b]/g, '')
            .normalize('NFD');
        expect(same(offer.text)).toBe(same(one));
      }),
      { numRuns: 200 },
    );
  });
});
