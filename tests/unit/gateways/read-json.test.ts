import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readJson } from '../../../main/engine/gateways/reading/read-json.ts';

const valueOf = (body: string): unknown => {
  const read = readJson(body);
  return read.ok ? read.value : read;
};

describe('readJson', () => {
  test('keeps a 19-digit id exactly', () => {
    expect(valueOf('{"messageId":2033247207850523790,"n":[-12345678901234567890]}')).toEqual({
      messageId: '2033247207850523790',
      n: ['-12345678901234567890'],
    });
  });

  test('leaves long digits inside strings and keys alone', () => {
    const body = String.raw`{"text":"pay 2033247207850523790 to \"2033247207850523791\\","2033247207850523792":"\u0009"}`;
    expect(valueOf(body)).toEqual(JSON.parse(body));
  });

  test('leaves short integers, decimals and exponents as numbers', () => {
    const body = '[880161353734712,0.1234567890123456789,1e20,-999999999999999,12345678901234567.5,0]';
    expect(valueOf(body)).toEqual(JSON.parse(body));
  });

  test('reads every JSON value as the native parser does, but for long integers', () => {
    fc.assert(
      fc.property(fc.json(), (body) => {
        const quoted = JSON.stringify(JSON.parse(body), (_, value: unknown) =>
          typeof value === 'number' && Number.isInteger(value) && /^-?\d{16,}$/.test(String(value))
            ? String(value)
            : value,
        );
        expect(valueOf(JSON.stringify(JSON.parse(body)))).toEqual(JSON.parse(quoted));
      }),
    );
  });

  test('keeps every big integer that is written into any string-bearing object', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 10n ** 15n, max: 10n ** 40n }),
        fc.string(),
        fc.string(),
        (id, key, text) => {
          const body = `{${JSON.stringify(`k${key}`)}:${JSON.stringify(text)}, "id" : ${id} }`;
          expect(valueOf(body)).toEqual({ [`k${key}`]: text, id: String(id) });
        },
      ),
    );
  });

  test('keeps prototype names as plain data', () => {
    const read = readJson('{"__proto__":{"admin":true},"constructor":1,"a":2}');
    expect(read.ok && Object.keys(read.value as object)).toEqual(['__proto__', 'constructor', 'a']);
    expect(Object.prototype).not.toHaveProperty('admin');
  });

  test.each([
    ['nothing', ''],
    ['an HTML page', '<html><body>Log in</body></html>'],
    ['half an answer', '{"results":[{"messageId":"a"'],
    ['an open string', '{"results":"'],
    ['a lone backslash at the end', '"\\'],
    ['two values', '{} {}'],
    ['two long integers where one may be', '[20332472078505237902 2033247207850523790]'],
    ['deep nesting', '['.repeat(1_000_000)],
    ['closed deep nesting', '{"a":'.repeat(100) + '1' + '}'.repeat(100)],
    ['too many values', `[${'0,'.repeat(1_100_000)}0]`],
    ['too many empty objects', `[${'{},'.repeat(1_000_000)}{}]`],
  ])('refuses %s without throwing', (_, body) => {
    expect(readJson(body).ok).toBe(false);
  });

  test('never throws, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.string({ unit: fc.constantFrom(...'{}[]",:\\-+.eE0123456789 truefalsn') }),
        ),
        (body) => {
          expect(typeof readJson(body).ok).toBe('boolean');
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
