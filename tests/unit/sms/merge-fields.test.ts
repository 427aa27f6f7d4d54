import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  BUILT_IN_FIELDS,
  fieldKey,
  fillMerge,
  mergePlaces,
  parseMerge,
  type MergeText,
} from '#shared/sms/merge-fields.ts';

function parsed(text: string): MergeText {
  const result = parseMerge(text);
  if (!result.ok) throw new Error(`${result.error.kind} at ${result.error.start}`);
  return result.value;
}

const shape = (text: string): unknown[] =>
  parsed(text).pieces.map((piece) =>
    typeof piece === 'string' ? piece : piece.fallback === null ? [piece.name] : [piece.name, piece.fallback],
  );

describe('names are the same', () => {
  it.each([
    ['Name', 'name'],
    [' Due  date ', 'due date'],
    ['due_date', 'due date'],
    ['__due__date__', 'due date'],
    ['DUE\u00a0DATE', 'due date'],
    ['\ufeffDue\u200b', 'due'],
    ['ফোন ২', 'ফোন 2'],
    ['বাড়ি', 'বাড\u09bcি'],
    ['বাড\u09dcি', 'বাড\u09a1\u09bcি'],
    ['Café', 'cafe\u0301'],
    ['নাম', 'name'],
    ['নম্বর', 'number'],
    ['মোবাইল', 'number'],
    ['মোবাইল_নম্বর', 'number'],
    ['Mobile', 'number'],
    ['__proto__', 'proto'],
    ['', ''],
    [' _ \u200b', ''],
  ])('%j is %j', (name, same) => {
    expect(fieldKey(name)).toBe(same.normalize('NFC'));
  });

  it('joiners and marks tell names apart', () => {
    expect(fieldKey('র\u200d্যাব')).not.toBe(fieldKey('র্যাব'));
    expect(fieldKey('কি')).not.toBe(fieldKey('কী'));
  });

  it('a key is its own key', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        expect(fieldKey(fieldKey(name))).toBe(fieldKey(name));
      }),
    );
    for (const [key, names] of Object.entries(BUILT_IN_FIELDS)) {
      expect([key, ...names].map(fieldKey)).toEqual([key, ...names].map(() => key));
    }
  });
});

describe('reading', () => {
  it.each<[text: string, pieces: unknown[]]>([
    ['', []],
    ['plain', ['plain']],
    ['{{name}}', [['name']]],
    ['Dear {{ name }}, hi', ['Dear ', ['name'], ', hi']],
    ['{{name|Customer}}', [['name', 'Customer']]],
    ['{{ name | Dear customer }}', [['name', 'Dear customer']]],
    ['{{name|}}', [['name', '']]],
    ['{{name| }}', [['name', '']]],
    ['{{name|a|b}}', [['name', 'a|b']]],
    ['{{a}}{{b}}', [['a'], ['b']]],
    ['{{ছাত্রের নাম|শিক্ষার্থী}}!', [['ছাত্রের নাম', 'শিক্ষার্থী'], '!']],
    ['{{র\u200d্যাব}}', [['র\u200d্যাব']]],
    ['😀{{name}}😀', ['😀', ['name'], '😀']],
    ['a\r\n{{name}}\r\nb', ['a\r\n', ['name'], '\r\nb']],
    ['{ a } }} b }', ['{ a } }} b }']],
    ['{{name}}}', [['name'], '}']],
    ['\\{{name}}', ['{{name}}']],
    ['a \\{{ b', ['a {{ b']],
    ['\\\\{{name}}', ['\\', ['name']]],
    ['\\\\\\{{name}}', ['\\{{name}}']],
    ['\\{{{name}}', ['{{{name}}']],
    ['\\{{{{name}}', ['{{', ['name']]],
    ['{{a}}\\{{b}}{{c}}', [['a'], '{{b}}', ['c']]],
    ['C:\\dir \\{ \\', ['C:\\dir \\{ \\']],
  ])('%j', (text, pieces) => {
    expect(shape(text)).toEqual(pieces);
  });

  it.each([
    ['{{', 'unclosed', 0, 2],
    ['Dear {{name', 'unclosed', 5, 11],
    ['{{name} and more', 'unclosed', 0, 7],
    ['{{name\nmore', 'unclosed', 0, 6],
    ['{{name\n{{x}}', 'unclosed', 0, 6],
    ['😀{{}}', 'empty-name', 2, 6],
    ['{{ _ }}', 'empty-name', 0, 7],
    ['{{|x}}', 'empty-name', 0, 6],
    [`{{${'a'.repeat(101)}}}`, 'long-name', 0, 105],
    ['{{a{b}}', 'braces', 0, 7],
    ['{{a}b}}', 'braces', 0, 7],
    ['{{a|{b}}', 'braces', 0, 8],
    ['{{{name}}}', 'braces', 0, 9],
    ['{{a {{b}} c}}', 'braces', 0, 4],
    ['{{first\nname}}', 'line-break', 0, 14],
    ['{{name|a\r\nb}} {{x}}', 'line-break', 0, 13],
  ])('%j cannot be read', (text, kind, start, end) => {
    expect(parseMerge(text)).toEqual({ ok: false, error: { kind, start, end } });
  });

  it('a name of 100 units is read', () => {
    expect(shape(`{{ ${'ক'.repeat(100)} }}`)).toEqual([['ক'.repeat(100)]]);
  });

  it('lists each field once, with its places', () => {
    const { fields, hasFields } = parsed('{{Name|you}} {{due}} {{ নাম }} {{name|x}}');
    expect(hasFields).toBe(true);
    expect(fields).toEqual([
      {
        name: 'Name',
        key: 'name',
        fallback: null,
        places: [
          { start: 0, end: 12 },
          { start: 21, end: 30 },
          { start: 31, end: 41 },
        ],
      },
      { name: 'due', key: 'due', fallback: null, places: [{ start: 13, end: 20 }] },
    ]);
    expect(parsed('{{a|x}} {{a|y}}').fields).toMatchObject([{ fallback: 'x' }]);
    expect(parsed('\\{{a}}')).toEqual({ pieces: ['{{a}}'], fields: [], hasFields: false });
  });

  it('goes on after a fault while a text is being written', () => {
    const text = 'Dear {{, your {{bill}} of {{}} is \\{{ {{a\nb}} {{ due |soon}}';
    expect(mergePlaces(text).map((one) => [one.kind, text.slice(one.start, one.end)])).toEqual([
      ['braces', '{{, your '],
      ['field', '{{bill}}'],
      ['empty-name', '{{}}'],
      ['line-break', '{{a\nb}}'],
      ['field', '{{ due |soon}}'],
    ]);
  });

  it.each(['{', '{{', '{{a', '{{a\n', '{{ { ', '\\', '\\{{', '}}{{', '{{a}', '{{a}}'])(
    'takes linear time for many %j',
    (piece) => {
      const started = performance.now();
      const text = piece.repeat(200_000);
      const places = mergePlaces(text);
      expect(places.at(-1)?.end ?? 0).toBeLessThanOrEqual(text.length);
      expect(performance.now() - started).toBeLessThan(3000);
    },
  );
});

describe('filling', () => {
  const fill = (text: string, values: Record<string, string>) => fillMerge(parsed(text), values);

  it('puts values, fallbacks and nothing', () => {
    expect(fill('{{a}}-{{b|B}}-{{c|}}-{{d}}-{{d}}-{{ b }}', { a: ' x ' })).toEqual({
      text: ' x -B----',
      empty: ['d', 'b'],
      fallbacks: ['b', 'c'],
    });
  });

  it('knows a field by any of its names', () => {
    expect(
      fill('{{নাম}} {{মোবাইল}} {{Due_Date}}', { name: 'রহিম', number: '8801', 'due date': '৫' }),
    ).toEqual({
      text: 'রহিম 8801 ৫',
      empty: [],
      fallbacks: [],
    });
  });

  it.each([' ', '\n\t', '\u00a0', '\u200b', ''])('takes %j for no value', (value) => {
    expect(fill('{{a|x}}', { a: value }).text).toBe('x');
  });

  it.each(['constructor', 'toString', '__proto__', 'has own property'])(
    '%s is a name like others',
    (name) => {
      expect(fill(`{{${name}}}`, {})).toEqual({ text: '', empty: [fieldKey(name)], fallbacks: [] });
      const values = { [fieldKey(name)]: 'v' };
      expect(fill(`{{${name}}}`, values).text).toBe('v');
    },
  );

  const nasty = fc.string({
    unit: fc.constantFrom(
      '{{',
      '}}',
      '{',
      '}',
      '\\',
      '|',
      'name',
      ' ',
      '\n',
      'ক',
      '\u200d',
      '😀',
      '{{name}}',
    ),
  });
  /** Writes any text so that it is read as literal. */
  const escaped = (text: string): string =>
    text.replace(/\\*\{\{/g, (run) => `${run.slice(0, -2).repeat(2)}\\{{`);

  it('never reads a value or a fallback again', () => {
    fc.assert(
      fc.property(nasty, nasty, nasty, (value, before, after) => {
        fc.pre(/[^\s\u200d]/.test(value));
        fc.pre(!/[\\{]$/.test(before));
        const text = `${escaped(before)}{{name}}${escaped(after)}{{x|$&$1}}`;
        fc.pre(!/[\\{]$/.test(after));
        expect(fill(text, { name: value }).text).toBe(`${before}${value}${after}$&$1`);
      }),
    );
  });

  it('loses no character of the text', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        expect(parsed(escaped(text)).pieces.join('')).toBe(text);
        const places = mergePlaces(text);
        let from = 0;
        for (const { start, end } of places) {
          expect(start).toBeGreaterThanOrEqual(from);
          expect(text.startsWith('{{', start)).toBe(true);
          expect(end).toBeGreaterThan(start + 1);
          from = end;
        }
        const fault = places.find((one) => one.kind !== 'field');
        const result = parseMerge(text);
        expect(result.ok ? undefined : result.error).toEqual(fault);
        if (!result.ok) return;
        const back = result.value.pieces.map((piece) =>
          typeof piece === 'string' ? piece : text.slice(piece.start, piece.end),
        );
        expect(back.join('').replaceAll('\\', '')).toBe(text.replaceAll('\\', ''));
      }),
      { numRuns: 300 },
    );
  });
});
