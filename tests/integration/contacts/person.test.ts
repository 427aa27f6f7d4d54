import { expect, it } from 'vitest';
import type { MessageState } from '#shared/sms/message-state.ts';
import { ACCOUNT } from '../support/feature.ts';
import { build, valueOf } from './people.ts';

function person() {
  const built = build();
  const { store } = built;
  store.db
    .prepare(
      `INSERT INTO campaigns (id, token, account_id, name, sender, text, text_folded, encoding, parts_per_message,
        planned, created_at, held_until) VALUES (7, 't', ?, 'Fees', 'School', 'Pay please', '', 'GSM-7', 2, 1, 0, 0)`,
    )
    .run(ACCOUNT);
  const insert = store.db.prepare(`
    INSERT INTO messages (campaign_id, account_id, msisdn, state, own_text, parts, price_micros, price_currency, created_at, changed_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, 'BDT', ?, 0)`);
  const receive = store.db.prepare(
    'INSERT INTO inbox (account_id, fingerprint, partner, text, text_folded, received_at) VALUES (?, ?, ?, ?, ?, ?)',
  );
  let n = 0;
  return {
    ...built,
    rahim: built.add('Rahim', ['01711111111', '01722222222']),
    sent: (
      msisdn: string,
      state: MessageState,
      at: number,
      text: string | null = null,
      price: number | null = null,
    ) => insert.run(7, ACCOUNT, msisdn, state, text, null, price, at),
    received: (msisdn: string, text: string, at: number) =>
      receive.run(ACCOUNT, String(n++), msisdn, text, text, at),
  };
}

it('figures add up what happened with all numbers', () => {
  const { contacts, rahim, sent, received, add } = person();
  sent('8801711111111', 'delivered', 100, null, 350_000);
  sent('8801722222222', 'undeliverable', 200, null, 150_000);
  sent('8801722222222', 'refused', 300);
  sent('8801722222222', 'left-out', 350);
  sent('8801799999999', 'delivered', 400);
  received('8801711111111', 'ok', 50);
  expect(contacts.figures(rahim.id)).toEqual({
    ok: true,
    value: {
      sent: 2,
      delivered: 1,
      failed: 2,
      received: 1,
      parts: 4,
      charged: { micros: 500_000, currency: 'BDT' },
      firstAt: 50,
      lastAt: 350,
    },
  });
  expect(contacts.figures(add('Nobody', '01733333333').id)).toMatchObject({
    value: { sent: 0, parts: 0, charged: null, firstAt: null, lastAt: null },
  });
  expect(contacts.figures(999)).toMatchObject({ error: { code: 'NOT_FOUND' } });
});

it('the history has every message of all numbers once, newest first, on pages of any size', () => {
  const { contacts, rahim, sent, received } = person();
  for (let n = 0; n < 12; n++) {
    // Many of one moment, in both directions and of both numbers.
    const at = 100 + Math.floor(n / 5);
    const number = n % 2 === 0 ? '8801711111111' : '8801722222222';
    if (n % 3 === 0) received(number, `in ${n}`, at);
    else sent(number, n === 4 ? 'left-out' : 'delivered', at, n === 1 ? null : `out ${n}`);
  }
  const pages = (limit: number) => {
    const rows = [];
    let cursor: string | undefined;
    do {
      const page = valueOf(contacts.history(rahim.id, cursor, limit));
      rows.push(...page.rows);
      cursor = page.next;
    } while (cursor !== undefined);
    return rows;
  };
  const whole = pages(50);
  expect(whole.map(({ text }) => text)).toEqual([
    'out 11',
    'out 10',
    'out 8',
    'out 7',
    'out 5',
    'in 9',
    'in 6',
    'out 4',
    'out 2',
    'Pay please',
    'in 3',
    'in 0',
  ]);
  expect(whole[9]).toMatchObject({
    direction: 'out',
    campaignId: 7,
    campaignName: 'Fees',
    msisdn: '8801722222222',
    parts: null,
  });
  expect(whole[10]).toEqual({
    direction: 'in',
    at: 100,
    msisdn: '8801722222222',
    text: 'in 3',
    state: null,
    messageId: null,
    campaignId: null,
    campaignName: null,
    parts: null,
    price: null,
  });
  for (const limit of [1, 2, 3, 5]) expect(pages(limit)).toEqual(whole);
  expect(contacts.history(rahim.id, 'x', 5)).toMatchObject({ error: { facts: { field: 'cursor' } } });
  expect(contacts.history(999, undefined, 5)).toMatchObject({ error: { code: 'NOT_FOUND' } });
});
