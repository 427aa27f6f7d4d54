import { expect, it } from 'vitest';
import { reportQueries } from '../../../main/engine/features/reports/queries.ts';
import { ACCOUNT } from '../support/feature.ts';
import { build } from './people.ts';

const NUMBER = '8801712345678';

function messages() {
  const built = build();
  const { store, clock } = built;
  const insert = store.db.prepare(
    'INSERT INTO messages (account_id, msisdn, state, created_at, changed_at) VALUES (?, ?, ?, ?, ?)',
  );
  const report = store.db.prepare(
    'UPDATE messages SET state = ?, error_permanent = ?, done_at = ?, changed_at = ? WHERE id = ?',
  );
  const tell = (id: number, state: string, permanent: 0 | 1) => {
    clock.advance(1_000);
    report.run(state, permanent, clock.now(), clock.now(), id);
  };
  return {
    ...built,
    tell,
    sent: () => Number(insert.run(ACCOUNT, NUMBER, 'accepted', clock.now(), clock.now()).lastInsertRowid),
    /** A message that was sent and reported. */
    ended(state: string, permanent: 0 | 1 = 1) {
      const id = Number(insert.run(ACCOUNT, NUMBER, 'accepted', clock.now(), clock.now()).lastInsertRowid);
      tell(id, 'at-operator', 0);
      tell(id, state, permanent);
      return id;
    },
    dead: () => built.contacts.deadAmong([NUMBER, '8801812345678']).size === 1,
  };
}

it('a number is dead after three failures in a row that stay', () => {
  const { ended, dead, add, contacts, clock, found } = messages();
  const rahim = add('Rahim', ['01812345678', '01712345678']);
  ended('undeliverable');
  ended('undeliverable');
  expect(dead()).toBe(false);
  ended('undeliverable');
  const since = clock.now();
  expect(dead()).toBe(true);
  ended('undeliverable');
  expect(contacts.get(rahim.id)).toMatchObject({
    value: { numbers: [{ deadSince: null }, { msisdn: NUMBER, deadSince: since }] },
  });
  expect(found({ only: 'dead' })).toEqual(['Rahim']);
  expect(found({ rule: { match: 'all', of: [{ about: 'flag', flag: 'dead', value: true }] } })).toEqual([
    'Rahim',
  ]);
});

it('what goes away by waiting, or is told twice, does not count', () => {
  const { ended, tell, dead } = messages();
  ended('undeliverable');
  const second = ended('undeliverable');
  tell(second, 'undeliverable', 1);
  tell(second, 'undeliverable', 1);
  ended('undeliverable', 0);
  ended('expired');
  expect(dead()).toBe(false);
  ended('undeliverable');
  expect(dead()).toBe(true);
});

it('a delivery clears it, also of a message that had failed before', () => {
  const { ended, tell, sent, dead, store } = messages();
  ended('undeliverable');
  ended('undeliverable');
  ended('delivered', 0);
  ended('undeliverable');
  ended('undeliverable');
  expect(dead()).toBe(false);
  const last = ended('undeliverable');
  expect(dead()).toBe(true);
  sent();
  expect(dead()).toBe(true);
  tell(last, 'delivered', 0);
  expect(store.db.prepare('SELECT * FROM number_health').all()).toEqual([]);
});

it('messages learned from the log of the gateway count as well', () => {
  const { store, clock, dead } = messages();
  const reports = reportQueries(store.db);
  const at = clock.now();
  for (let n = 0; n < 3; n++) {
    expect(dead()).toBe(false);
    const { id } = reports.foreign({
      account: ACCOUNT,
      msisdn: NUMBER,
      sender: 'Shop',
      text: 'Hello',
      gatewayMessageId: `elsewhere-${n}`,
      bulkId: null,
      sentAt: at,
      at,
    });
    reports.apply({
      id,
      state: 'undeliverable',
      statusId: 4,
      statusGroup: 2,
      statusName: 'UNDELIVERABLE_REJECTED_OPERATOR',
      errorId: 1,
      errorName: 'EC_UNKNOWN_SUBSCRIBER',
      errorPermanent: true,
      doneAt: at,
      at,
    });
  }
  expect(dead()).toBe(true);
});

it('the user may clear it', () => {
  const { ended, dead, contacts } = messages();
  for (let n = 0; n < 3; n++) ended('undeliverable');
  const before = contacts.revision();
  expect(contacts.revive(NUMBER)).toEqual({ ok: true, value: null });
  expect(dead()).toBe(false);
  expect(contacts.revision()).toBe(before + 1);
  expect(contacts.revive(NUMBER)).toMatchObject({ error: { code: 'NOT_FOUND' } });
  ended('undeliverable');
  expect(dead()).toBe(false);
});
