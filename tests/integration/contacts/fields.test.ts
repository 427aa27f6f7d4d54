import { expect, it } from 'vitest';
import { build, everybody, invalid, valueOf } from './people.ts';

it('a field has a name that texts can name and that no other field has', () => {
  const { contacts, store } = build();
  const add = (name: string) => contacts.addField({ name, kind: 'text' });
  expect(add(' Due   date ')).toMatchObject({ value: { name: 'Due date', kind: 'text', used: 0 } });
  for (const taken of ['due DATE', 'due_date', 'name', 'নাম', 'Number', 'মোবাইল']) {
    expect(add(taken)).toMatchObject({ error: { code: 'FIELD_EXISTS' } });
  }
  expect(add('\u200b ')).toEqual(invalid('name', 'empty'));
  for (const mark of ['a{b', 'a}', 'a|b']) expect(add(mark)).toEqual(invalid('name', 'marks'));
  expect(add('x'.repeat(101))).toEqual(invalid('name', 'too-long'));
  store.db.exec(`WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 300)
    INSERT INTO contact_fields (name, name_folded, kind, position) SELECT 'f' || i, 'f' || i, 'text', i FROM n`);
  contacts.touched();
  expect(add('One more')).toMatchObject({
    error: { code: 'INVALID_INPUT', facts: { detail: 'too-many', limit: 300 } },
  });
});

it('fields are renamed, moved and counted', async () => {
  const { contacts, add } = build();
  const ids = ['A', 'B', 'C'].map((name) => valueOf(contacts.addField({ name, kind: 'text' })).id);
  const [a = 0, b = 0, c = 0] = ids;
  // A value that looks like the key of another field is not counted there.
  add('Rahim', '01712345678', { fields: { [a]: `x","${b}":"y`, [c]: '1' } });
  add('Karim', '01812345678', { fields: { [a]: 'x', [b]: ' \u0007 ' } });
  const used = async () => (await contacts.countedFields()).map((field) => field.used);
  expect(await used()).toEqual([2, 0, 1]);
  add('Jamal', '01912345678', { fields: { [b]: 'x' } });
  expect(await used()).toEqual([2, 1, 1]);
  expect(contacts.updateField(c, { name: 'First', kind: 'number', place: 0 })).toMatchObject({
    value: { id: c, name: 'First', kind: 'number', used: 1 },
  });
  expect(contacts.fields().map(({ id }) => id)).toEqual([c, a, b]);
  expect(contacts.updateField(b, { name: 'a', kind: 'text' })).toMatchObject({
    error: { code: 'FIELD_EXISTS' },
  });
  expect(contacts.updateField(99, { name: 'Z', kind: 'text' })).toMatchObject({
    error: { code: 'NOT_FOUND' },
  });
  contacts.updateField(a, { name: 'A', kind: 'text', place: 99 });
  expect(contacts.fields().map(({ name }) => name)).toEqual(['First', 'B', 'A']);
});

it('a field goes with its values only while the number of them is the one that was shown', () => {
  const { contacts, add } = build();
  const [a = 0, b = 0] = ['A', 'B'].map((name) => valueOf(contacts.addField({ name, kind: 'text' })).id);
  const rahim = add('Rahim', '01712345678', { fields: { [a]: '1', [b]: '2' } });
  expect(contacts.removeField(a, 0)).toMatchObject({
    error: { code: 'NOT_POSSIBLE_NOW', facts: { actual: 1 } },
  });
  expect(contacts.removeField(a, 1)).toEqual({ ok: true, value: null });
  expect(contacts.removeField(a, 1)).toMatchObject({ error: { code: 'NOT_FOUND' } });
  expect(contacts.get(rahim.id)).toMatchObject({ value: { fields: { [b]: '2' } } });
  expect(valueOf(contacts.addField({ name: 'A', kind: 'text' })).id).toBeGreaterThan(b);
});

it('dates are written one way where they can be read, everything else as it was typed', () => {
  const { contacts, add } = build();
  const born = valueOf(contacts.addField({ name: 'Born', kind: 'date' })).id;
  const note = valueOf(contacts.addField({ name: 'Other', kind: 'text' })).id;
  expect(add('A', '01712345678', { fields: { [born]: '২২/১১/২০২৬', [note]: '22/11/2026' } }).fields).toEqual({
    [born]: '2026-11-22',
    [note]: '22/11/2026',
  });
  expect(add('B', '01812345678', { fields: { [born]: 'in May', [note]: ' ' } }).fields).toEqual({
    [born]: 'in May',
  });
});

it('people for messages have values by the key of the field, dates and all, and the number that was asked for', () => {
  const { contacts, add, list } = build();
  const due = valueOf(contacts.addField({ name: 'Due_Date', kind: 'text' })).id;
  const group = list('Staff');
  const person = add('Rahim', ['01712345678', '01812345678'], { fields: { [due]: 'May' }, groups: [group] });
  const expected = {
    contactId: person.id,
    name: 'Rahim',
    msisdn: '8801712345678',
    input: '8801712345678',
    values: { 'due date': 'May' },
  };
  expect(everybody(contacts.people({ kind: 'contact', id: person.id }))).toEqual([expected]);
  expect(everybody(contacts.people({ kind: 'group', id: group }))).toEqual([expected]);
  expect(contacts.people({ kind: 'contact', id: 99 })).toMatchObject({ error: { code: 'NOT_FOUND' } });
  expect(contacts.people({ kind: 'group', id: 99 })).toMatchObject({ error: { code: 'NOT_FOUND' } });
  expect([...contacts.byNumbers(['8801812345678', '8801999999999'])]).toEqual([
    ['8801812345678', { ...expected, msisdn: '8801812345678', input: '8801812345678' }],
  ]);
  expect(contacts.describe({ kind: 'contact', id: person.id })).toEqual({
    label: 'Rahim',
    detail: '8801712345678',
    count: 1,
    gone: false,
    fields: ['Due_Date'],
  });
  expect(contacts.describe({ kind: 'group', id: group })).toMatchObject({
    label: 'Staff',
    count: 1,
    gone: false,
  });
  expect(contacts.describe({ kind: 'group', id: 99 })).toMatchObject({ count: 0, gone: true });
  expect(contacts.describe({ kind: 'contact', id: 99 })).toMatchObject({ count: 0, gone: true });
});

it('recipients are found by a part of their name or number, groups first', async () => {
  const { contacts, groups, doNotMessage, add, list } = build();
  const rahims = list('Rahim and friends');
  list('Others');
  add('Rahim', ['01712345678', '01812345678'], { groups: [rahims] });
  add('রহিমা', '01912345678');
  groups.add({
    name: 'Smart rahims',
    rule: { match: 'all', of: [{ about: 'name', test: 'is', value: 'rahim' }] },
  });
  doNotMessage.add({ numbers: '01712345678', reason: 'asked', note: '' });
  expect(await contacts.find('RAH', 10)).toMatchObject([
    { kind: 'group', name: 'Rahim and friends', smart: false, count: 1 },
    { kind: 'group', name: 'Smart rahims', smart: true, count: 1 },
    { kind: 'contact', name: 'Rahim', msisdn: '8801712345678', doNotMessage: true, dead: false },
  ]);
  expect(await contacts.find('রহি', 10)).toMatchObject([
    { kind: 'contact', name: 'রহিমা', doNotMessage: false },
  ]);
  expect(await contacts.find('01812', 10)).toMatchObject([{ kind: 'contact', name: 'Rahim' }]);
  expect((await contacts.find(' ', 2)).map(({ name }) => name)).toEqual(['Others', 'Rahim and friends']);
  expect(await contacts.find('rah', 1)).toHaveLength(1);
});
