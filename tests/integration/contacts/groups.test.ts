import { expect, it } from 'vitest';
import type { Condition, Rule } from '#shared/contacts/rule.ts';
import { build, invalid, valueOf } from './people.ts';

const named = (value: string): Rule => ({ match: 'all', of: [{ about: 'name', test: 'contains', value }] });
const inGroup = (group: number): Condition => ({ about: 'group', test: 'in', group });
const all = (...of: (Condition | Rule)[]): Rule => ({ match: 'all', of });

it('groups have one name each and are listed by it with the people in them', () => {
  const { groups, add, list, contacts } = build();
  const staff = list(' ষ্টাফ  ১ ');
  expect(groups.add({ name: 'ষ্টাফ 1', rule: null })).toMatchObject({ error: { code: 'GROUP_EXISTS' } });
  expect(groups.add({ name: ' \u200b', rule: null })).toEqual(invalid('name', 'empty'));
  const rahim = add('Rahim', '01712345678', { groups: [staff] });
  const smart = valueOf(groups.add({ name: 'A smart one', rule: named('ra') })).id;
  expect(groups.list()).toMatchObject([
    { id: smart, name: 'A smart one', rule: named('ra'), count: 1 },
    { id: staff, name: 'ষ্টাফ ১', rule: null, count: 1 },
  ]);
  // Who is in a smart group is asked anew.
  add('Karim', '01812345678');
  add('Rashid', '01912345678');
  expect(groups.list()).toMatchObject([{ count: 2 }, { count: 1 }]);
  expect(contacts.update(rahim.id, { name: 'x', numbers: ['01712345678'], groups: [smart] })).toEqual(
    invalid('groups', 'smart'),
  );
});

it('people are put into lists and taken out, by choice or by filter; smart groups have no members of their own', () => {
  const { groups, add, list, found, all: everybody } = build();
  for (let n = 0; n < 6; n++) add(n < 3 ? `Rahim ${n}` : `Karim ${n}`, `0171234567${n}`);
  const staff = list('Staff');
  const [first] = everybody();
  expect(groups.addMembers(staff, { ids: [first?.id ?? 0, first?.id ?? 0, 999] })).toEqual({
    ok: true,
    value: { added: 1 },
  });
  expect(groups.addMembers(staff, { filter: { search: 'karim' } })).toEqual({
    ok: true,
    value: { added: 2 },
  });
  expect(found({ group: staff })).toEqual(['Karim 3', 'Karim 4', 'Karim 5']);
  expect(groups.addMembers(staff, { filter: {} })).toEqual({ ok: true, value: { added: 3 } });
  expect(groups.removeMembers(staff, { filter: { group: staff, search: 'rahim' } })).toEqual({
    ok: true,
    value: { removed: 3 },
  });
  const smart = valueOf(groups.add({ name: 'Smart', rule: named('a') })).id;
  expect(groups.addMembers(smart, { filter: {} })).toMatchObject({ error: { code: 'NOT_POSSIBLE_NOW' } });
  expect(groups.removeMembers(77, { filter: {} })).toMatchObject({ error: { code: 'NOT_FOUND' } });
});

it('a group changes its name and rule but not its kind', () => {
  const { groups, list, found, add } = build();
  add('Rahim', '01712345678');
  const staff = list('Staff');
  const smart = valueOf(groups.add({ name: 'Smart', rule: named('x') })).id;
  expect(groups.update(smart, { name: 'Smarter', rule: named('rah') })).toMatchObject({
    value: { count: 1, name: 'Smarter' },
  });
  expect(groups.update(staff, { name: 'STAFF', rule: null })).toMatchObject({ value: { name: 'STAFF' } });
  expect(groups.update(staff, { name: 'Staff', rule: named('x') })).toEqual(invalid('rule', 'kind'));
  expect(groups.update(smart, { name: 'Smarter', rule: null })).toEqual(invalid('rule', 'kind'));
  expect(groups.update(smart, { name: 'staff', rule: named('x') })).toMatchObject({
    error: { code: 'GROUP_EXISTS' },
  });
  expect(groups.update(99, { name: 'Nobody', rule: null })).toMatchObject({ error: { code: 'NOT_FOUND' } });
  expect(found({ group: smart })).toEqual(['Rahim']);
});

it('a removed group leaves its people and comes back with those who are still there', async () => {
  const { groups, contacts, add, list, found } = build();
  const staff = list('Staff');
  const [rahim] = [
    add('Rahim', '01712345678', { groups: [staff] }),
    add('Karim', '01812345678', { groups: [staff] }),
  ];
  expect(groups.remove(staff)).toEqual({ ok: true, value: { id: staff } });
  expect(groups.remove(staff)).toMatchObject({ error: { code: 'NOT_FOUND' } });
  expect(found({})).toEqual(['Karim', 'Rahim']);
  await contacts.remove({ ids: [rahim.id] });
  const other = list('staff');
  expect(groups.restore(staff)).toMatchObject({ error: { code: 'GROUP_EXISTS' } });
  groups.remove(other);
  expect(groups.restore(staff)).toMatchObject({ value: { id: staff, name: 'Staff', count: 1 } });
  expect(groups.restore(staff)).toMatchObject({ error: { code: 'NOT_FOUND' } });
  expect(found({ group: staff })).toEqual(['Karim']);
});

it('smart groups may stand on others, in no circle, and are broken while one of them is gone', () => {
  const { groups, contacts, add, list, found } = build();
  add('Rahim', '01712345678');
  add('Rahima', '01812345678');
  const staff = list('Staff');
  groups.addMembers(staff, { filter: { search: '01812' } });
  const smart = (name: string, rule: Rule) => valueOf(groups.add({ name, rule })).id;
  const rahims = smart('Rahims', named('rahim'));
  const both = smart('Both', all(inGroup(rahims), inGroup(staff)));
  const top = smart('Top', all(inGroup(both)));
  expect(found({ group: top })).toEqual(['Rahima']);
  const circle = { error: { code: 'RULE_BROKEN', facts: { detail: 'circle' } } };
  expect(groups.update(rahims, { name: 'Rahims', rule: all(inGroup(top)) })).toMatchObject(circle);
  expect(groups.update(rahims, { name: 'Rahims', rule: all(inGroup(rahims)) })).toMatchObject(circle);
  // The same group twice is no circle.
  expect(groups.preview(all(inGroup(rahims), inGroup(both), inGroup(top)))).toMatchObject({
    value: { count: 1 },
  });
  groups.remove(staff);
  expect(contacts.count({ group: top })).toMatchObject({
    error: { code: 'RULE_BROKEN', facts: { detail: 'group' } },
  });
  expect(contacts.people({ kind: 'group', id: top })).toMatchObject({ error: { code: 'RULE_BROKEN' } });
  expect(contacts.describe({ kind: 'group', id: top })).toMatchObject({
    label: 'Top',
    count: 0,
    gone: false,
  });
  expect(groups.list().map(({ count }) => count)).toEqual([0, 2, 0]);
  groups.restore(staff);
  expect(found({ group: top })).toEqual(['Rahima']);
});

it('a preview counts and shows the first five', () => {
  const { groups, add } = build();
  for (let n = 0; n < 8; n++) add(`Rahim ${n}`, `0171234567${n}`);
  const { count, sample } = valueOf(groups.preview(named('rahim')));
  expect([count, sample.map(({ name }) => name)]).toEqual([8, [0, 1, 2, 3, 4].map((n) => `Rahim ${n}`)]);
  expect(groups.preview(all(inGroup(9)))).toMatchObject({ error: { code: 'RULE_BROKEN' } });
});

it('names cost no count, and a search counts no smart group but those it shows', async () => {
  const { groups, contacts, store, add, list } = build();
  const staff = list('Staff');
  const rule = {
    match: 'all' as const,
    of: [{ about: 'name' as const, test: 'is' as const, value: 'রহিম' }],
  };
  const smart = valueOf(groups.add({ name: 'Rahims', rule })).id;
  add('রহিম', '01712345678', { groups: [staff] });
  // Asked once for each contact whom a rule about names looks at.
  let looks = 0;
  store.db.function('fold_text', { deterministic: true }, (text: unknown) => {
    looks++;
    return typeof text === 'string' ? text : null;
  });
  expect(groups.names()).toEqual([
    { id: smart, name: 'Rahims', smart: true },
    { id: staff, name: 'Staff', smart: false },
  ]);
  expect(await contacts.find('staff', 10)).toMatchObject([{ kind: 'group', id: staff, count: 1 }]);
  expect(contacts.describe({ kind: 'group', id: staff })).toMatchObject({ count: 1 });
  expect(looks).toBe(0);
  expect(await contacts.find('rahims', 10)).toMatchObject([{ kind: 'group', id: smart, count: 1 }]);
  expect(looks).toBe(1);
  expect(await groups.listInTurns()).toMatchObject([{ count: 1 }, { count: 1 }]);
});
