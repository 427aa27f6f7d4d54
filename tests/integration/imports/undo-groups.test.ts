import { expect, it } from 'vitest';
import { valueOf } from '../contacts/people.ts';
import { bring, build } from './importing.ts';

it('keeps people whom the user put into a group of their own since', async () => {
  const { imports, contacts, groups } = build();
  const friends = valueOf(groups.add({ name: 'Friends', rule: null })).id;
  const { importId } = await bring(imports, 'Name,Mobile,Group\nA,01712345678,Staff\nB,01812345678,Staff\n', {
    rules: { newGroup: 'All' },
  });
  const ids = [contacts.byNumber('01812345678')?.id ?? 0];
  valueOf(groups.addMembers(friends, { ids }));
  expect(valueOf(await imports.undo(importId ?? 0))).toEqual({ removed: 1, restored: 0, kept: 1 });
  expect(contacts.byNumber('01712345678')).toBeNull();
  expect(contacts.byNumber('01812345678')).toMatchObject({ name: 'B' });
  expect(groups.list().map(({ name, count }) => [name, count])).toEqual([
    ['All', 1],
    ['Friends', 1],
    ['Staff', 1],
  ]);
});
