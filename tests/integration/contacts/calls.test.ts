import { expect, it, onTestFinished } from 'vitest';
import { engineContract } from '#shared/ipc/engine.ts';
import { systemClock } from '../../../main/engine/clock.ts';
import { composeEngine } from '../../../main/engine/compose.ts';
import { fakeHost } from '../accounts/fake-host.ts';
import { served } from '../ipc/served.ts';
import { tempFolder } from '../store/temp-folder.ts';

it('the page reaches people, groups and the do-not-message list, each space its own', async () => {
  const { host } = fakeHost();
  const composed = await composeEngine({ dataDir: tempFolder(), host, clock: systemClock, version: 'test' });
  if (!composed.ok) throw new Error(composed.error.code);
  onTestFinished(() => composed.value.stop());
  const { client } = served(engineContract, composed.value.router);
  const { contacts, groups, doNotMessage } = client;
  const space = 'real' as const;

  const area = await contacts.addField({ space, name: 'জেলা', kind: 'text' });
  const staff = await groups.add({ space, name: 'Staff', rule: null });
  const rahim = await contacts.add({
    space,
    name: 'Rahim',
    numbers: ['01712345678', '01812345678'],
    fields: { [area.id]: 'ঢাকা' },
    groups: [staff.id],
  });
  const other = await contacts.add({ space, name: 'Md Rahim', numbers: ['01912345678'] });
  await expect(contacts.add({ space, name: 'X', numbers: ['01812345678'] })).rejects.toMatchObject({
    code: 'CONTACT_EXISTS',
    data: { field: 'numbers.0', detail: 'Rahim' },
  });
  expect(await contacts.get({ space, id: rahim.id })).toEqual(rahim);
  expect(await contacts.byNumber({ space, number: '০১৮১২৩৪৫৬৭৮' })).toEqual(rahim);
  const update = await contacts.update({ space, id: other.id, name: 'Md. Rahim', numbers: ['01912345678'] });
  expect(update.name).toBe('Md. Rahim');

  const rule = {
    match: 'all' as const,
    of: [{ about: 'field' as const, field: area.id, test: 'is' as const, value: 'ঢাকা' }],
  };
  const smart = await groups.add({ space, name: 'Dhaka', rule });
  expect(await groups.preview({ space, rule })).toEqual({ count: 1, sample: [rahim] });
  expect(await groups.list({ space })).toMatchObject([
    { name: 'Dhaka', rule, count: 1 },
    { name: 'Staff', count: 1 },
  ]);
  expect(await groups.update({ space, id: smart.id, name: 'From Dhaka', rule })).toMatchObject({
    name: 'From Dhaka',
  });
  expect(await groups.addMembers({ space, id: staff.id, choice: { ids: [other.id] } })).toEqual({ added: 1 });
  expect(await groups.removeMembers({ space, id: staff.id, choice: { filter: { search: 'md' } } })).toEqual({
    removed: 1,
  });
  expect(await groups.remove({ space, id: smart.id })).toEqual({ id: smart.id });
  expect(await groups.restore({ space, id: smart.id })).toMatchObject({ id: smart.id, rule, count: 1 });
  await expect(
    contacts.count({
      space,
      filter: { rule: { match: 'all', of: [{ about: 'group', test: 'in', group: 99 }] } },
    }),
  ).rejects.toMatchObject({ code: 'RULE_BROKEN', data: { detail: 'group' } });

  expect(
    await doNotMessage.add({ space, numbers: '01712345678, x', reason: 'asked', note: '' }),
  ).toMatchObject({ added: 1, rejectedCount: 1 });
  expect(await doNotMessage.list({ space, limit: 5 })).toMatchObject({ rows: [{ name: 'Rahim' }], total: 1 });
  expect(await doNotMessage.remove({ space, msisdn: '8801712345678' })).toMatchObject({ reason: 'asked' });

  expect(await contacts.figures({ space, id: rahim.id })).toMatchObject({ sent: 0, charged: null });
  expect(await contacts.history({ space, id: rahim.id, limit: 5 })).toEqual({ rows: [] });
  expect(await contacts.duplicates({ space, limit: 5 })).toMatchObject({ rows: [{ contacts: [{}, {}] }] });
  const contact = { name: 'Rahim', note: '', fields: rahim.fields, first: rahim.msisdn };
  const merged = await contacts.merge({ space, keep: rahim.id, others: [other.id], contact });
  expect(merged).toMatchObject({ removed: 1, contact: { numbers: [{}, {}, {}] } });
  expect(await contacts.undo({ space, removal: merged.removal })).toEqual({ restored: 1, kept: 0 });
  const { removal, removed } = await contacts.remove({ space, choice: { filter: { search: 'rahim' } } });
  expect(removed).toBe(2);
  expect(await contacts.undo({ space, removal })).toEqual({ restored: 2, kept: 0 });
  await expect(contacts.revive({ space, msisdn: rahim.msisdn })).rejects.toMatchObject({ code: 'NOT_FOUND' });

  expect(
    await contacts.updateField({ space, id: area.id, name: 'District', kind: 'text', place: 0 }),
  ).toMatchObject({ used: 1 });
  expect(await contacts.removeField({ space, id: area.id, used: 1 })).toBeNull();
  expect(await contacts.fields({ space })).toEqual([]);
  expect(await contacts.count({ space: 'practice', filter: {} })).toBe(0);
});
