import { describe, expect, it } from 'vitest';
import { readSender, readSenders } from '#shared/accounts/sender-rules.ts';

describe('a sender', () => {
  it.each([
    ['MiM Demo', 'MiM Demo', 'alphanumeric'],
    ['  School ', 'School', 'alphanumeric'],
    ['ABC', 'ABC', 'alphanumeric'],
    ['A&B-Shop 24', 'A&B-Shop 24', 'alphanumeric'],
    ['123', '123', 'numeric'],
    ['8804445600000', '8804445600000', 'numeric'],
    ['+8804445600000', '8804445600000', 'numeric'],
    ['12345678901234', '12345678901234', 'numeric'],
  ])('%s is taken as %s (%s)', (typed, sender, kind) =>
    expect(readSender(typed)).toEqual({ ok: true, value: { sender, kind } }),
  );

  it.each([
    ['', 'empty', undefined],
    ['   ', 'empty', undefined],
    ['AB', 'too-short', 3],
    ['TwelveLetter', 'too-long', 11],
    ['12', 'too-short', 3],
    ['123456789012345', 'too-long', 14],
    ['স্কুল', 'characters', undefined],
    ['৮৮০১৭', 'characters', undefined],
    ['Café', 'characters', undefined],
    ['A[B]', 'characters', undefined],
    ['a\nb c', 'characters', undefined],
    ['---', 'characters', undefined],
    ['1 2 3', 'characters', undefined],
  ])('%j is refused: %s', (typed, detail, limit) => {
    const read = readSender(typed);
    expect(read).toMatchObject({ ok: false, error: { code: 'INVALID_SENDER', facts: { detail } } });
    expect(read.ok ? null : read.error.facts?.limit).toBe(limit);
  });

  it('is named by its place in a list, and kept once', () => {
    expect(readSenders(['School', ' School', '+123', '123'])).toEqual({ ok: true, value: ['School', '123'] });
    expect(readSenders(['School', 'x'])).toMatchObject({ error: { facts: { field: 'senders.1' } } });
    expect(readSenders([])).toEqual({ ok: true, value: [] });
  });
});
