import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { upgrade } from '../../../main/shell/versioned.ts';

const form = {
  schema: v.object({ theme: v.picklist(['light', 'dark']) }),
  migrations: [
    (value: unknown) => ({ theme: v.parse(v.object({ dark: v.boolean() }), value).dark ? 'dark' : 'light' }),
  ],
};

describe('a versioned settings file', () => {
  it('is read as it stands when it has the present form', () => {
    expect(upgrade({ version: 2, value: { theme: 'dark' } }, form)).toEqual({
      ok: true,
      value: { theme: 'dark' },
    });
  });

  it('is brought up from an older form', () => {
    expect(upgrade({ version: 1, value: { dark: true } }, form)).toEqual({
      ok: true,
      value: { theme: 'dark' },
    });
  });

  it('may be empty', () => {
    expect(upgrade({}, form)).toEqual({ ok: true, value: null });
  });

  it.each([
    ['from a newer program', { version: 3, value: { theme: 'dark' } }],
    ['without a version', { theme: 'dark' }],
    ['with a version that is none', { version: '2', value: { theme: 'dark' } }],
    ['with values that do not fit', { version: 2, value: { theme: 'pink' } }],
    ['whose older form does not fit either', { version: 1, value: { dark: 'yes' } }],
  ])('is not used %s', (_what, content) => {
    expect(upgrade(content, form)).toMatchObject({ ok: false });
  });
});
