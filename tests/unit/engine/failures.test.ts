import { describe, expect, it } from 'vitest';
import { groupFailures, permanenceOf } from '../../../main/engine/features/campaigns/failures.ts';

const failed = (changes: object = {}) => ({
  id: 1,
  msisdn: '8801712000001',
  input: null,
  own_text: null,
  parts: 1,
  state: 'undeliverable' as const,
  reason: null,
  status_id: 9,
  status_group: 2,
  status_name: 'UNDELIVERABLE_NOT_DELIVERED',
  error_id: 27,
  error_name: 'EC_ABSENT_SUBSCRIBER',
  error_permanent: null,
  price_micros: null,
  price_currency: null,
  ...changes,
});

describe('whether sending again can help', () => {
  it.each([
    ['the catalogue says that the error passes', {}, 'temporary'],
    ['the catalogue says that the error stays', { error_id: 1 }, 'permanent'],
    ['the report itself says that it stays', { error_permanent: 1 }, 'permanent'],
    ['the report itself says that it passes', { error_id: 1, error_permanent: 0 }, 'temporary'],
    ['an error that nobody knows, with its own word', { error_id: 99_999, error_permanent: 1 }, 'permanent'],
    ['an error that nobody knows', { error_id: 99_999 }, 'unknown'],
    ['"no error" with its own word', { error_id: 0, error_permanent: 0, status_id: 10 }, 'permanent'],
    ['a status alone', { state: 'expired', error_id: null, status_id: 15, status_group: 4 }, 'temporary'],
    [
      'a later status of a group',
      { state: 'expired', error_id: null, status_id: 77, status_group: 4 },
      'temporary',
    ],
    [
      'a report that is unknown',
      { state: 'expired', error_id: null, status_id: 29, status_group: 4 },
      'unknown',
    ],
    ['no final report', { state: 'no-final-report' }, 'unknown'],
    [
      'a refusal without a status',
      { state: 'refused', status_id: null, status_group: null, error_id: null },
      'unknown',
    ],
  ])('%s', (_, changes, permanence) => {
    expect(permanenceOf(failed(changes))).toBe(permanence);
  });
});

describe('causes', () => {
  it('are counted apart, and cost nothing known as soon as one of their messages has no price', async () => {
    const prices = [
      { parts: 2, micros: 700_000 },
      { parts: 1, micros: 350_000 },
    ];
    const groups = await groupFailures(
      [failed(), failed({ id: 2 }), failed({ id: 3, error_permanent: 1 })],
      (index) => prices[index] ?? { parts: 1, micros: null },
      'BDT',
    );
    expect(
      groups.map(({ messages, parts, cost, permanence }) => [messages, parts, cost, permanence]),
    ).toEqual([
      [2, 3, { micros: 1_050_000, currency: 'BDT' }, 'temporary'],
      [1, 1, null, 'permanent'],
    ]);
    expect(new Set(groups.map(({ key }) => key)).size).toBe(2);
  });

  it('say what was charged for them, where all of it is known and makes one sum', async () => {
    const charged = (micros: number, currency = 'BDT', error = 27) =>
      failed({ price_micros: micros, price_currency: currency, error_id: error });
    const refused = { state: 'refused', error_id: null, status_id: 10 };
    const rows = [
      ...[charged(350_000), charged(350_000), charged(0)],
      ...[charged(350_000, 'BDT', 31), failed({ error_id: 31 }), failed({ error_id: 31 })],
      ...[charged(1, 'EUR', 6), charged(1, 'BDT', 6)],
      ...[failed(refused), failed({ ...refused, price_micros: 0, price_currency: 'BDT' })],
    ];
    const groups = await groupFailures(rows, () => ({ parts: 1, micros: null }), null);
    expect(groups.map((group) => group.charged)).toEqual([
      { micros: 700_000, currency: 'BDT' },
      null,
      null,
      { micros: 0, currency: 'BDT' },
    ]);
  });
});
