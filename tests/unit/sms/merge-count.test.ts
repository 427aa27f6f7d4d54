import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMergeCounter } from '#shared/sms/merge-count.ts';
import { fillMerge, parseMerge, type MergeText } from '#shared/sms/merge-fields.ts';
import { createPartsTally } from '#shared/sms/merge-tally.ts';
import { countParts } from '#shared/sms/parts.ts';

function parsed(text: string): MergeText {
  const result = parseMerge(text);
  if (!result.ok) throw new Error(result.error.kind);
  return result.value;
}

const counted = (text: string, values: Record<string, string>) => createMergeCounter(parsed(text))(values);

describe('merged messages', () => {
  it.each<
    [
      what: string,
      text: string,
      values: Record<string, string>,
      encoding: string,
      units: number,
      parts: number,
    ]
  >([
    ['empty', '', {}, 'GSM-7', 0, 0],
    ['nothing left', '{{a|}}', {}, 'GSM-7', 0, 0],
    ['full part', `${'a'.repeat(150)}{{n}}`, { n: 'b'.repeat(10) }, 'GSM-7', 160, 1],
    ['one more', `${'a'.repeat(150)}{{n}}`, { n: 'b'.repeat(11) }, 'GSM-7', 161, 2],
    ['a Bangla name', `${'a'.repeat(60)}{{n}}`, { n: 'ক'.repeat(11) }, 'UCS-2', 71, 2],
    ['a Bangla fallback', `${'a'.repeat(70)}{{n|ক}}`, {}, 'UCS-2', 71, 2],
    ['escape pair at the boundary', `${'a'.repeat(152)}{{n}}${'a'.repeat(152)}`, { n: ']' }, 'GSM-7', 306, 3],
    ['emoji at the boundary', `${'ক'.repeat(66)}{{n}}${'ক'.repeat(66)}`, { n: '😀' }, 'UCS-2', 134, 3],
    [
      'a pair made by joining',
      `${'ক'.repeat(66)}\ud83d{{n}}${'ক'.repeat(66)}`,
      { n: '\ude00' },
      'UCS-2',
      134,
      3,
    ],
  ])('%s', (_, text, values, encoding, units, parts) => {
    expect(counted(text, values)).toEqual({ encoding, units, parts, empty: [] });
  });

  it('names the fields that nothing stands for', () => {
    expect(counted('{{a}} {{b}} {{c|x}} {{a}}', { b: ' ' }).empty).toEqual(['a', 'b']);
  });

  it('are counted as their filled text is', () => {
    const value = fc.oneof(
      { weight: 4, arbitrary: fc.string({ unit: fc.constantFrom(...'ab Z'), maxLength: 60 }) },
      fc.string({ unit: fc.constantFrom(...'a€[]^'), maxLength: 60 }),
      fc.string({ unit: fc.constantFrom(...'কখ\u09cd\u200d'), maxLength: 40 }),
      fc.string({ unit: fc.constantFrom('😀', 'ক', '\ud83d', '\ude00'), maxLength: 40 }),
    );
    const text = fc
      .array(fc.oneof(value, fc.constantFrom('{{a}}', '{{b|[x]}}', '{{c|ক}}', '{{d|}}')), { maxLength: 12 })
      .map((all) => all.join(''));
    const values = fc.record({ a: value, b: value, c: value, d: value }, { requiredKeys: [] });
    fc.assert(
      fc.property(text, values, (one, some) => {
        const merge = parsed(one);
        const { text: filled, empty } = fillMerge(merge, some);
        const { encoding, units, parts } = countParts(filled);
        expect(createMergeCounter(merge)(some)).toEqual({ encoding, units, parts, empty });
      }),
      { numRuns: 1000 },
    );
  });
});

describe('tally', () => {
  const tallyOf = (parts: number[]) => {
    const all = createPartsTally();
    for (const one of parts) all.add({ encoding: one > 1 ? 'UCS-2' : 'GSM-7', parts: one });
    return all.tally();
  };

  it('of no message is all zero', () => {
    expect(tallyOf([])).toEqual({
      messages: 0,
      min: 0,
      typical: 0,
      max: 0,
      total: 0,
      histogram: [],
      encoding: 'GSM-7',
      encodings: { 'GSM-7': 0, 'UCS-2': 0 },
    });
  });

  it('sums up, the smaller number being typical of two as frequent', () => {
    expect(tallyOf([10, 2, 1, 2, 10, 1, 3])).toEqual({
      messages: 7,
      min: 1,
      typical: 1,
      max: 10,
      total: 29,
      histogram: [
        { parts: 1, messages: 2 },
        { parts: 2, messages: 2 },
        { parts: 3, messages: 1 },
        { parts: 10, messages: 2 },
      ],
      encoding: 'UCS-2',
      encodings: { 'GSM-7': 2, 'UCS-2': 5 },
    });
  });

  it('takes many alike at once', () => {
    const all = createPartsTally();
    all.add({ encoding: 'GSM-7', parts: 2 }, 500);
    all.add({ encoding: 'UCS-2', parts: 3 }, 0);
    expect(all.tally()).toMatchObject({ messages: 500, min: 2, typical: 2, max: 2, total: 1000 });
  });
});
