import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRedactor } from '../../../main/engine/gateways/http-redact.ts';

const SECRET = 'p&s <w>"zqx\'/+é ক';

describe('a secret in every form that it takes on the wire', () => {
  test.each([
    ['itself', SECRET],
    ['in a query', encodeURIComponent(SECRET)],
    ['in a form', new URLSearchParams({ password: SECRET }).toString()],
    ['in JSON', JSON.stringify({ password: SECRET })],
    ['in XML', '<password>p&amp;s &lt;w&gt;&quot;zqx&apos;/+é ক</password>'],
    [
      'in XML in a form',
      new URLSearchParams({ XML: '<password>p&amp;s &lt;w&gt;&quot;zqx&apos;/+é ক</password>' }).toString(),
    ],
    ['in basic authorization', `Basic ${Buffer.from(`office:${SECRET}`).toString('base64')}`],
    ['in base64', Buffer.from(SECRET).toString('base64')],
  ])('%s', (_, text) => {
    const { redact } = createRedactor('office', SECRET);
    const clean = redact(`before ${text} after`);
    expect(clean).toContain('•••');
    expect(clean).toMatch(/^before .* after$/s);
    for (const piece of [SECRET, 'zqx', '%3Cw', Buffer.from('p&s <w').toString('base64')]) {
      expect(clean).not.toContain(piece);
    }
  });

  test('no password leaves texts as they are; a broken one does not throw', () => {
    expect(createRedactor('office', '').redact('a text')).toBe('a text');
    expect(createRedactor('office', '\ud83d').redact('x\ud83dy')).toBe('x•••y');
  });
});

describe('what is kept', () => {
  test('is cut at 16 Ki units', () => {
    const { keep } = createRedactor('office', SECRET);
    expect(keep('x'.repeat(16_384))).toBe('x'.repeat(16_384));
    expect(keep('x'.repeat(5_000_000))).toHaveLength(16_385);
  });

  test('never ends in the beginning of a secret', () => {
    const secret = 'abcdefghijklmnopqrstuvwxyz';
    const { keep } = createRedactor('office', secret);
    fc.assert(
      fc.property(fc.integer({ min: 16_300, max: 16_400 }), fc.integer({ min: 0, max: 40 }), (at, dense) => {
        const kept = keep(secret.repeat(dense) + '-'.repeat(at) + secret.repeat(3) + '-'.repeat(100));
        expect(kept).not.toContain('abc');
        expect(kept.length).toBeLessThanOrEqual(16_385);
      }),
    );
  });
});
