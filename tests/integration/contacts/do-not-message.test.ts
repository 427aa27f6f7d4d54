import { expect, it } from 'vitest';
import { build, valueOf } from './people.ts';

it('takes typed numbers as Compose does and says what became of each', () => {
  const { doNotMessage, contacts } = build();
  const add = (numbers: string) => doNotMessage.add({ numbers, reason: 'asked', note: ' by phone ' });
  expect(add('01712345678, ০১৮১২৩৪৫৬৭৮; 01712345678\n12, 029551234')).toEqual({
    added: 2,
    addition: 1,
    known: 0,
    rejectedCount: 2,
    rejected: [
      { input: '12', reason: 'too-short' },
      { input: '029551234', reason: 'landline' },
    ],
    atGateway: 0,
  });
  expect(add('01712345678 01912345678')).toMatchObject({ added: 1, known: 1 });
  expect(doNotMessage.among(['8801712345678', '8801512345678'])).toEqual(new Set(['8801712345678']));
  expect(contacts.revision()).toBe(2);
  const many = add(Array.from({ length: 300 }, (_, n) => `x${n}`).join('\n'));
  expect([many.rejectedCount, many.rejected.length]).toEqual([300, 200]);
});

it('takes an adding back: exactly what it added, and what is still as it left it', () => {
  const { doNotMessage } = build();
  const add = (numbers: string) => doNotMessage.add({ numbers, reason: 'asked', note: '' });
  const listed = () => valueOf(doNotMessage.list(undefined, undefined, 9)).rows.map(({ msisdn }) => msisdn);
  add('01712345678');
  const { added, addition = 0 } = add('01712345678 01812345678 01912345678 01512345678 01612345678');
  expect(added).toBe(4);
  valueOf(doNotMessage.remove('8801912345678'));
  expect(doNotMessage.undoAdd(addition)).toEqual({ ok: true, value: { removed: 3 } });
  expect(listed()).toEqual(['8801712345678']);
  expect(doNotMessage.undoAdd(addition)).toMatchObject({ error: { code: 'NOT_FOUND' } });
  // Whoever writes a number a second time means it.
  const first = add('01812345678');
  expect(add('01812345678')).not.toHaveProperty('addition');
  expect(doNotMessage.undoAdd(first.addition ?? 0)).toMatchObject({ error: { code: 'NOT_FOUND' } });
  expect(listed()).toHaveLength(2);
});

it('lists the newest first with whose numbers they are, page by page, and finds them', () => {
  const { doNotMessage, clock, add } = build();
  add('Rahim', ['01600000001', '01600000002']);
  add('করিম', '01600000003');
  for (let n = 1; n <= 5; n++) {
    clock.advance(n === 3 ? 0 : 1_000);
    doNotMessage.add({
      numbers: `0160000000${n}`,
      reason: n === 5 ? 'network' : 'asked',
      note: n === 4 ? 'Shop ৭' : '',
    });
  }
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = valueOf(doNotMessage.list(undefined, cursor, 2));
    expect(page.total).toBe(5);
    seen.push(...page.rows.map(({ msisdn, name, reason }) => `${msisdn.slice(-1)} ${name ?? '-'} ${reason}`));
    cursor = page.next;
  } while (cursor !== undefined);
  expect(seen).toEqual(['5 - network', '4 - asked', '3 করিম asked', '2 Rahim asked', '1 Rahim asked']);
  const found = (search: string) => {
    const { rows, total } = valueOf(doNotMessage.list(search, undefined, 10));
    expect(total).toBe(rows.length);
    return rows.map(({ msisdn }) => msisdn.slice(-1)).join('');
  };
  expect([
    found('RAHIM'),
    found('করি'),
    found('shop 7'),
    found('01600-000005'),
    found('0160'),
    found('nobody'),
  ]).toEqual(['21', '3', '4', '5', '54321', '']);
  expect(doNotMessage.list(undefined, 'x', 10)).toMatchObject({ error: { facts: { field: 'cursor' } } });
});

it('is shortened by nothing but the user, and gives back what was taken out', async () => {
  const { doNotMessage, contacts, add, store } = build();
  const rahim = add('Rahim', '01712345678');
  doNotMessage.add({ numbers: '01712345678', reason: 'complained', note: 'angry' });
  expect(contacts.get(rahim.id)).toMatchObject({ value: { numbers: [{ doNotMessage: true }] } });
  const removal = valueOf(await contacts.remove({ ids: [rahim.id] }));
  expect(doNotMessage.among(['8801712345678']).size).toBe(1);
  await contacts.undo(removal.removal);
  contacts.update(rahim.id, { name: 'Rahim', numbers: ['01812345678'] });
  expect(doNotMessage.among(['8801712345678']).size).toBe(1);
  expect(doNotMessage.remove('8801712345678')).toMatchObject({
    value: { msisdn: '8801712345678', name: null, reason: 'complained', note: 'angry' },
  });
  expect(doNotMessage.remove('8801712345678')).toMatchObject({ error: { code: 'NOT_FOUND' } });
  expect(store.db.prepare('SELECT COUNT(*) AS n FROM do_not_message').get()).toEqual({ n: 0 });
});
