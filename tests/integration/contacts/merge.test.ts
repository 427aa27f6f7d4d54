import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sameNameKey } from '../../../main/engine/features/contacts/same-name.ts';
import { foldForSearch } from '#shared/search-fold.ts';
import { ACCOUNT } from '../support/feature.ts';
import { build, valueOf } from './people.ts';

describe('likely the same person', () => {
  it.each([
    ['Md. Abdur Rahim', 'rahim abdur', true],
    ['মোঃ রহিম উদ্দিন', 'রহিম উদ্দিন', true],
    ['জনাব মো: রহিম', 'রহিম', true],
    ['Mrs. Rahima Khatun', 'KHATUN  Rahima', true],
    ['Mohammad Ali', 'Md Ali', true],
    ['Ali', 'Alim', false],
    ['Rahman', 'Rahaman', false],
    ['Md.', 'Mrs.', false],
    ['Class 6', 'Class ৬', true],
    ['Begum', 'Rahima Begum', false],
  ])('%j and %j: %j', (one, other, same) => {
    expect(sameNameKey(foldForSearch(one)) === sameNameKey(foldForSearch(other))).toBe(same);
  });

  it('is listed biggest first, page by page, and anew when people change', async () => {
    const { contacts, add } = build();
    let n = 0;
    const people = (...names: string[]) =>
      names.map((name) => add(name, `0171234${String(n++).padStart(4, '0')}`));
    const [first] = people(
      'Md. Rahim',
      'Rahim',
      'Karim Ali',
      'Ali Karim',
      'Only one',
      'Rahim (Md)',
      'Zia',
      'zia',
    );
    const shown: string[][] = [];
    let cursor: string | undefined;
    do {
      const page = valueOf(await contacts.duplicates(cursor, 1));
      shown.push(...page.rows.map((row) => row.contacts.map(({ name }) => name)));
      cursor = page.next;
    } while (cursor !== undefined);
    expect(shown).toEqual([
      ['Md. Rahim', 'Rahim', 'Rahim (Md)'],
      ['Ali Karim', 'Karim Ali'],
      ['Zia', 'zia'],
    ]);
    await contacts.remove({ ids: [first?.id ?? 0] });
    expect(valueOf(await contacts.duplicates(undefined, 1)).rows[0]?.contacts).toHaveLength(2);
    people(...Array.from({ length: 60 }, () => 'Customer'));
    expect(valueOf(await contacts.duplicates(undefined, 1)).rows[0]?.contacts).toHaveLength(50);
    expect(await contacts.duplicates('x', 1)).toMatchObject({ error: { facts: { field: 'cursor' } } });
  });
});

describe('merging', () => {
  function three() {
    const built = build();
    const { contacts, add, list } = built;
    const field = valueOf(contacts.addField({ name: 'Area', kind: 'text' })).id;
    const [staff, club] = [list('Staff'), list('Club')];
    const keep = add('Rahim', ['01711111111', '01711111112'], { groups: [staff], note: 'one' });
    const other = add('Md. Rahim', '01722222222', {
      groups: [club, staff],
      fields: { [field]: 'ঢাকা' },
      note: 'two',
    });
    const last = add('Rahim Md', ['01733333333', '01733333334'], { groups: [club] });
    built.clock.advance(1_000);
    const contact = {
      name: ' Md. Rahim ',
      note: 'one\ntwo',
      fields: { [field]: 'ঢাকা' },
      first: '8801722222222',
    };
    const merge = () => contacts.merge({ keep: keep.id, others: [other.id, last.id], contact });
    return { ...built, keep, other, last, contact, merge, staff, club };
  }

  it('makes them one with all numbers and groups, and what the user chose', () => {
    const { merge, keep, contact, all, contacts } = three();
    const merged = valueOf(merge());
    expect(merged.removed).toBe(2);
    expect(merged.contact).toMatchObject({
      ...keep,
      name: 'Md. Rahim',
      note: contact.note,
      fields: contact.fields,
      msisdn: contact.first,
      numbers: [{}, {}, {}, {}, {}],
      groups: [{ name: 'Club' }, { name: 'Staff' }],
      changedAt: keep.changedAt + 1_000,
    });
    expect(merged.contact.numbers.map(({ msisdn }) => msisdn.slice(3))).toEqual([
      '1722222222',
      '1711111111',
      '1711111112',
      '1733333333',
      '1733333334',
    ]);
    expect(all()).toEqual([merged.contact]);
    expect(contacts.byNumber('01733333334')?.id).toBe(keep.id);
  });

  it('is refused where something is wrong, and then nothing happened', () => {
    const { contacts, keep, other, last, contact, all, add } = three();
    const before = all();
    const merge = (change: Partial<Parameters<typeof contacts.merge>[0]>) => {
      const merged = contacts.merge({ keep: keep.id, others: [other.id, last.id], contact, ...change });
      return merged.ok ? 'merged' : [merged.error.code, merged.error.facts?.field];
    };
    expect(merge({ others: [999] })).toEqual(['NOT_FOUND', undefined]);
    expect(merge({ keep: 999 })).toEqual(['NOT_FOUND', undefined]);
    expect(merge({ others: [keep.id] })).toEqual(['INVALID_INPUT', 'others']);
    expect(merge({ contact: { ...contact, name: ' ' } })).toEqual(['INVALID_INPUT', 'name']);
    expect(merge({ contact: { ...contact, first: '8801999999999' } })).toEqual(['INVALID_INPUT', 'first']);
    const more = add(
      'Big',
      Array.from({ length: 6 }, (_, n) => `0191234567${n}`),
    );
    expect(merge({ others: [other.id, last.id, more.id] })).toEqual(['INVALID_INPUT', 'others']);
    expect(all().filter(({ id }) => id !== more.id)).toEqual(before);
  });

  it('undone, everybody is as before', async () => {
    const { merge, all, contacts } = three();
    const before = all();
    const { removal } = valueOf(merge());
    expect(await contacts.undo(removal)).toEqual({ ok: true, value: { restored: 2, kept: 0 } });
    expect(all()).toEqual(before);
    expect(await contacts.undo(removal)).toMatchObject({ error: { code: 'NOT_FOUND' } });
  });

  it('undone, what was changed since stays changed and numbers go back to whom they came from', async () => {
    const { merge, contacts, keep, other, last, staff, club, list } = three();
    const { removal } = valueOf(merge());
    const extra = list('Extra');
    contacts.update(keep.id, {
      name: 'Rahim of Dhaka',
      numbers: ['01799999999', '01733333333', '01711111112', '01722222222', '01733333334'],
      groups: [staff, club, extra],
    });
    expect(await contacts.undo(removal)).toEqual({ ok: true, value: { restored: 2, kept: 0 } });
    expect(contacts.get(keep.id)).toMatchObject({
      value: {
        name: 'Rahim of Dhaka',
        numbers: [{ msisdn: '8801799999999' }, { msisdn: '8801711111112' }],
        groups: [{ name: 'Extra' }, { name: 'Staff' }],
      },
    });
    expect(contacts.get(other.id)).toEqual({ ok: true, value: other });
    expect(contacts.get(last.id)).toEqual({ ok: true, value: last });
  });

  it('undone, who lost a number to somebody else stays removed, and nobody is left without a number', async () => {
    const { merge, contacts, keep, other, last, add } = three();
    const { removal } = valueOf(merge());
    contacts.update(keep.id, { name: 'Rahim', numbers: ['01733333333', '01733333334'] });
    add('Taker', '01722222222');
    expect(await contacts.undo(removal)).toEqual({ ok: true, value: { restored: 0, kept: 2 } });
    expect(contacts.get(keep.id)).toMatchObject({ value: { numbers: [{ msisdn: '8801733333333' }, {}] } });
    contacts.update(keep.id, { name: 'Rahim', numbers: ['01711111111'] });
    expect(await contacts.undo(removal)).toEqual({ ok: true, value: { restored: 1, kept: 1 } });
    expect(contacts.get(last.id)).toEqual({ ok: true, value: last });
    expect(contacts.get(other.id)).toMatchObject({ error: { code: 'NOT_FOUND' } });
  });

  it('undone after the kept one was removed, all come back', async () => {
    const { merge, all, contacts, keep } = three();
    const before = all();
    const { removal } = valueOf(merge());
    const removed = valueOf(await contacts.remove({ ids: [keep.id] }));
    expect(await contacts.undo(removal)).toEqual({ ok: true, value: { restored: 3, kept: 0 } });
    expect(all()).toEqual(before);
    expect(await contacts.undo(removed.removal)).toEqual({ ok: true, value: { restored: 0, kept: 1 } });
    expect(all()).toEqual(before);
  });
});

it('no merge loses a number, a group or a message, and its undo restores exactly', async () => {
  const { contacts, groups, store, clock, list, all } = build();
  const field = valueOf(contacts.addField({ name: 'Area', kind: 'text' })).id;
  const lists = ['A', 'B', 'C'].map(list);
  const person = fc.record({
    name: fc.stringMatching(/^[a-zক-হ"\\{}]{1,8}$/u),
    numbers: fc.uniqueArray(fc.integer({ min: 0, max: 99 }), { minLength: 1, maxLength: 3 }),
    groups: fc.subarray(lists),
    note: fc.string({ maxLength: 10 }),
    value: fc.string({ maxLength: 10 }),
  });
  const numbersOf = (contact: { numbers: readonly { msisdn: string }[] }) =>
    contact.numbers.map(({ msisdn }) => msisdn).sort();
  const send = store.db.prepare(
    "INSERT INTO messages (account_id, msisdn, state, created_at, changed_at) VALUES (?, ?, 'delivered', 0, 0)",
  );
  await fc.assert(
    fc.asyncProperty(fc.array(person, { minLength: 2, maxLength: 4 }), fc.nat(), async (people, chosen) => {
      store.db.exec('DELETE FROM contacts; DELETE FROM messages');
      contacts.touched();
      const ids = people.flatMap(({ numbers, value, ...rest }) => {
        const typed = numbers.map((n) => `017${String(n).padStart(8, '0')}`);
        const added = contacts.add({ ...rest, numbers: typed, fields: { [field]: value } });
        return added.ok ? [added.value.id] : [];
      });
      const before = all();
      for (const contact of before) for (const { msisdn } of contact.numbers) send.run(ACCOUNT, msisdn);
      const messages = before.reduce((sum, { id }) => sum + valueOf(contacts.figures(id)).sent, 0);
      const [keep = 0, ...others] = ids;
      if (others.length === 0) return;
      clock.advance(1);
      const numbers = before.flatMap(numbersOf).sort();
      const first = numbers[chosen % numbers.length] ?? '';
      const merged = contacts.merge({ keep, others, contact: { name: 'One', note: '', fields: {}, first } });
      if (numbers.length > 10) {
        expect(merged.ok).toBe(false);
        expect(all()).toEqual(before);
        return;
      }
      const { contact, removal } = valueOf(merged);
      expect(contact.msisdn).toBe(first);
      expect(numbersOf(contact)).toEqual(numbers);
      expect(contact.groups.map(({ id }) => id)).toEqual(
        [...new Set(before.flatMap((one) => one.groups.map(({ id }) => id)))].sort((a, b) => a - b),
      );
      expect(valueOf(contacts.figures(keep)).sent).toBe(messages);
      expect(await contacts.undo(removal)).toEqual({ ok: true, value: { restored: others.length, kept: 0 } });
      expect(all()).toEqual(before);
    }),
    { numRuns: 40 },
  );
  expect(groups.list()).toHaveLength(3);
});
