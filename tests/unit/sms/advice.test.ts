import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adviseSaving } from '#shared/sms/advice.ts';
import { foldBangla, foldKhandaTa, hasBangla } from '#shared/sms/bangla.ts';
import { countParts } from '#shared/sms/parts.ts';
import { DOCUMENT_TEXT_LIMITS, textLimits } from '#shared/sms/text-limits.ts';

describe('advice', () => {
  it.each(['', 'a'.repeat(160), 'ক'.repeat(70), '“short”', 'য\u09bc'.repeat(30)])(
    'has none for one part (%#)',
    (text) => {
      expect(adviseSaving(text)).toEqual({ kind: 'none' });
    },
  );

  it('replaces one curly quote that doubles the price', () => {
    const text = `${'a'.repeat(100)}’s`;
    expect(adviseSaving(text)).toEqual({
      kind: 'replace',
      chars: ['’'],
      savesParts: 1,
      replaced: `${'a'.repeat(100)}'s`,
    });
  });

  it('names each character once', () => {
    expect(adviseSaving(`“a” “b” – ${'a'.repeat(100)}`)).toMatchObject({
      kind: 'replace',
      chars: ['“', '”', '–'],
    });
  });

  it('does not offer replacing when something else still forces Unicode', () => {
    expect(adviseSaving(`“${'a'.repeat(100)}” 😀`)).toEqual({ kind: 'cut', units: 35, toParts: 1 });
  });

  it('tells what to cut of a Bangla text', () => {
    expect(adviseSaving('ক'.repeat(102))).toEqual({ kind: 'cut', units: 32, toParts: 1 });
    expect(adviseSaving('ক'.repeat(140))).toEqual({ kind: 'cut', units: 6, toParts: 2 });
  });

  it('tells what to cut of a Latin text, whole characters only', () => {
    expect(adviseSaving('a'.repeat(165))).toEqual({ kind: 'cut', units: 5, toParts: 1 });
    expect(adviseSaving(`${'a'.repeat(159)}]`)).toEqual({ kind: 'cut', units: 2, toParts: 1 });
    expect(adviseSaving('😀'.repeat(36))).toEqual({ kind: 'cut', units: 2, toParts: 1 });
  });

  it('offers folding where that saves a part', () => {
    const text = `${'য\u09bc'.repeat(3)}${'ক'.repeat(66)}`;
    expect(adviseSaving(text)).toEqual({
      kind: 'fold',
      savesUnits: 3,
      savesParts: 1,
      folded: `${'\u09df'.repeat(3)}${'ক'.repeat(66)}`,
    });
  });

  it('offers ৎ for its old spelling', () => {
    expect(adviseSaving(`${'ক'.repeat(69)}ত্\u200d`)).toMatchObject({
      kind: 'fold',
      savesUnits: 2,
      savesParts: 1,
    });
  });

  it('keeps its word on any text', () => {
    const pieces = [...'ab [€“–', '😀', 'ক', 'য\u09bc', 'ে\u09be', 'ত্\u200d', 'র\u200d্য'];
    const text = fc.array(fc.constantFrom(...pieces), { maxLength: 400 }).map((all) => all.join(''));
    fc.assert(
      fc.property(text, (one) => {
        const now = countParts(one);
        const advice = adviseSaving(one);
        switch (advice.kind) {
          case 'none':
            expect(now.parts).toBeLessThanOrEqual(1);
            break;
          case 'cut': {
            let kept = one;
            while (now.units - unitsIn(kept, now.encoding) < advice.units)
              kept = [...kept].slice(0, -1).join('');
            expect(now.units - unitsIn(kept, now.encoding)).toBe(advice.units);
            expect(countParts(kept).parts).toBeLessThanOrEqual(advice.toParts);
            expect(advice.toParts).toBe(now.parts - 1);
            break;
          }
          case 'replace':
            expect(hasBangla(one)).toBe(false);
            expect(countParts(advice.replaced)).toMatchObject({
              encoding: 'GSM-7',
              parts: now.parts - advice.savesParts,
            });
            expect(advice.savesParts).toBeGreaterThan(0);
            break;
          case 'fold':
            expect(countParts(advice.folded).parts).toBe(now.parts - advice.savesParts);
            expect(countParts(advice.folded).units).toBe(now.units - advice.savesUnits);
            expect(advice.savesParts).toBeGreaterThan(0);
        }
      }),
      { numRuns: 500 },
    );
  });
});

/** Units of a beginning of a text, in the whole text's encoding. */
function unitsIn(text: string, encoding: string): number {
  return encoding === 'GSM-7' ? countParts(text).units : text.length;
}

describe('Bangla folding', () => {
  it.each([
    ['য\u09bc', '\u09df'],
    ['ড\u09bc', '\u09dc'],
    ['ঢ\u09bc', '\u09dd'],
    ['ক\u09c7\u09be', 'ক\u09cb'],
    ['ক\u09c7\u09d7', 'ক\u09cc'],
  ])('%s', (written, folded) => {
    expect(foldBangla(written)).toBe(folded);
    expect(folded.normalize('NFD')).toBe(written.normalize('NFD'));
  });

  it('changes nothing a reader could see: always canonically the same text', () => {
    const text = fc.string({
      unit: fc.constantFrom(...'কযডঢতর\u09bc\u09be\u09c7\u09d7\u09cd\u200d\u200c a1'),
    });
    fc.assert(
      fc.property(text, (one) => {
        expect(foldBangla(one).normalize('NFD')).toBe(one.normalize('NFD'));
        expect(foldBangla(foldBangla(one))).toBe(foldBangla(one));
      }),
    );
  });

  it('keeps joiners', () => {
    expect(foldBangla('র\u200d্যাব উদ্\u200cযাপন')).toBe('র\u200d্যাব উদ্\u200cযাপন');
    expect(foldKhandaTa('র\u200d্যাব হঠাত্\u200d')).toBe('র\u200d্যাব হঠাৎ');
  });
});

describe("the account's text limits", () => {
  it.each([
    [0, 'short'],
    [160, 'short'],
    [161, 'long'],
    [1080, 'long'],
  ])('%d characters are %s', (length, kind) => {
    expect(textLimits('a'.repeat(length))).toEqual({ ok: true, value: kind });
  });

  it('says by how much a text is too long', () => {
    expect(textLimits('ক'.repeat(1083))).toEqual({
      ok: false,
      error: { code: 'text-too-long', length: 1083, limit: DOCUMENT_TEXT_LIMITS.long, over: 3 },
    });
  });

  it("follows an account's own limits", () => {
    expect(textLimits('a'.repeat(1081), { short: 160, long: 1600 })).toEqual({ ok: true, value: 'long' });
  });
});
