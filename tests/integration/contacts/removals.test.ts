import { expect, it } from 'vitest';
import { createPeople } from '../../../main/engine/features/contacts/service.ts';
import { build, valueOf } from './people.ts';

const DAY = 86_400_000;

it('a removal can be undone whole: ids, numbers, values, notes, groups and all', async () => {
  const { contacts, add, list, found } = build();
  const field = valueOf(contacts.addField({ name: 'Area', kind: 'text' })).id;
  const [staff, other] = [list('Staff'), list('Other')];
  const rahim = add('Rahim', ['01712345678', '01912345678', '01812345678'], {
    note: 'a "note"\nof two lines',
    fields: { [field]: '"ঢাকা"' },
    groups: [staff, other],
  });
  const karim = add('Karim', '01612345678');
  expect(await contacts.remove({ ids: [rahim.id, 999, rahim.id] })).toMatchObject({ value: { removed: 1 } });
  expect(found({})).toEqual(['Karim']);
  const { removal } = valueOf(await contacts.remove({ filter: { search: 'karim' } }));
  expect(await contacts.undo(removal)).toEqual({ ok: true, value: { restored: 1, kept: 0 } });
  expect(await contacts.undo(removal)).toMatchObject({ error: { code: 'NOT_FOUND' } });
  expect(await contacts.undo(removal - 1)).toEqual({ ok: true, value: { restored: 1, kept: 0 } });
  expect(contacts.get(rahim.id)).toEqual({ ok: true, value: rahim });
  expect(contacts.get(karim.id)).toEqual({ ok: true, value: karim });
  expect(await contacts.remove({ ids: [999] })).toMatchObject({ error: { code: 'NOT_FOUND' } });
  expect(await contacts.remove({ filter: { group: 999 } })).toMatchObject({ error: { code: 'NOT_FOUND' } });
});

it('who lost a number to somebody else stays removed, and may come back later', async () => {
  const { contacts, add, found } = build();
  add('Rahim', ['01712345678', '01812345678']);
  add('Karim', '01912345678');
  const { removal } = valueOf(await contacts.remove({ filter: {} }));
  const taker = add('Taker', '01812345678');
  expect(taker.id).toBeGreaterThan(2);
  expect(await contacts.undo(removal)).toEqual({ ok: true, value: { restored: 1, kept: 1 } });
  expect(found({})).toEqual(['Karim', 'Taker']);
  await contacts.remove({ ids: [taker.id] });
  expect(await contacts.undo(removal)).toEqual({ ok: true, value: { restored: 1, kept: 0 } });
  expect(found({})).toEqual(['Karim', 'Rahim']);
});

it('fields and groups that went meanwhile stay gone', async () => {
  const { contacts, groups, add, list } = build();
  const field = valueOf(contacts.addField({ name: 'Area', kind: 'text' })).id;
  const group = list('Staff');
  const { id } = add('Rahim', '01712345678', { fields: { [field]: 'x' }, groups: [group] });
  const { removal } = valueOf(await contacts.remove({ ids: [id] }));
  contacts.removeField(field, 0);
  groups.remove(group);
  await contacts.undo(removal);
  expect(contacts.get(id)).toMatchObject({ value: { fields: {}, groups: [] } });
});

it('removals are kept for 30 days', async () => {
  const { contacts, add, clock, reopened, store } = build();
  const { removal } = valueOf(await contacts.remove({ ids: [add('Rahim', '01712345678').id] }));
  clock.advance(20 * DAY);
  const later = valueOf(await contacts.remove({ ids: [add('Karim', '01812345678').id] })).removal;
  clock.advance(11 * DAY);
  const people = reopened();
  expect(await people.contacts.undo(removal)).toMatchObject({ error: { code: 'NOT_FOUND' } });
  expect(store.db.prepare('SELECT COUNT(*) AS n FROM removed_contacts').get()).toEqual({ n: 1 });
  expect(await people.contacts.undo(later)).toMatchObject({ value: { restored: 1 } });
});

/** Several pieces of work. */
const MANY = 2_500;

function many() {
  const built = build();
  const { store, contacts, list } = built;
  list('Staff');
  store.db.exec(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${MANY})
    INSERT INTO contacts (name, name_folded, msisdn, created_at, changed_at)
    SELECT 'Person ' || i, 'person ' || i, '88017' || printf('%08d', i), i, i FROM n;
    INSERT INTO group_members SELECT 1, id FROM contacts WHERE id % 2 = 0;
    INSERT INTO contact_numbers SELECT '88018' || printf('%08d', id), id, 1 FROM contacts WHERE id % 3 = 0`);
  contacts.touched();
  const content = () =>
    ['contacts', 'contact_numbers', 'group_members'].map((table) =>
      store.db.prepare(`SELECT * FROM ${table}`).all(),
    );
  return { ...built, content };
}

/** Lets the store fail as if the program ended after so many pieces of work. */
function endsAfter(store: ReturnType<typeof build>['store'], pieces: number): typeof store {
  let left = pieces;
  return {
    ...store,
    transaction(work) {
      if (left-- <= 0) throw new Error('the program ended');
      return store.transaction(work);
    },
  };
}

it('many are removed and restored as one, and other work goes on between', async () => {
  const { contacts, content, add } = many();
  const before = content();
  const removing = contacts.remove({ filter: {} });
  // The first piece is done at once, the rest waits for its turn.
  expect(contacts.count({})).toEqual({ ok: true, value: 1_500 });
  const added = add('Between', '01999999999');
  const { removal, removed } = valueOf(await removing);
  expect([removed, contacts.count({})]).toEqual([MANY, { ok: true, value: 1 }]);
  await contacts.remove({ ids: [added.id] });
  const undoing = contacts.undo(removal);
  expect(await contacts.undo(removal)).toMatchObject({ error: { code: 'NOT_FOUND' } });
  expect(await undoing).toEqual({ ok: true, value: { restored: MANY, kept: 0 } });
  expect(content()).toEqual(before);
});

it('a removal that is cut off never was, and an undo that is cut off is finished', async () => {
  const { content, store, clock, reopened } = many();
  const before = content();
  const first = createPeople({ store: endsAfter(store, 2), clock });
  await expect(first.contacts.remove({ filter: {} })).rejects.toThrow('the program ended');
  expect(store.db.prepare('SELECT COUNT(*) AS n FROM contacts').get()).toEqual({ n: 500 });
  const second = reopened();
  expect(content()).toEqual(before);
  expect(store.db.prepare('SELECT * FROM removals').all()).toEqual([]);

  const { removal } = valueOf(await second.contacts.remove({ filter: {} }));
  const third = createPeople({ store: endsAfter(store, 1), clock });
  await expect(third.contacts.undo(removal)).rejects.toThrow('the program ended');
  expect(store.db.prepare('SELECT COUNT(*) AS n FROM contacts').get()).toEqual({ n: 1_000 });
  reopened();
  expect(content()).toEqual(before);
});
