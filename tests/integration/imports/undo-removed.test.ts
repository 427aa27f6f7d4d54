import { expect, it } from 'vitest';
import { valueOf } from '../contacts/people.ts';
import { bring, build, type Built } from './importing.ts';

const LIST = 'Name,Mobile,Group\nA,01712345678,Staff\nB,01812345678,Staff\nC,01912345678,Staff\n';
const idOf = ({ contacts }: Built, number: string) => contacts.byNumber(number)?.id ?? 0;

it('takes people out of what can be restored, but for those whom the user changed before', async () => {
  const built = build();
  const { imports, contacts, clock } = built;
  const { importId } = await bring(imports, LIST);
  clock.advance(1_000);
  const ids = [idOf(built, '01712345678'), idOf(built, '01812345678')];
  valueOf(contacts.update(ids[1] ?? 0, { name: 'By hand', numbers: ['01812345678'] }));
  const { removal } = valueOf(await contacts.remove({ ids }));
  expect(valueOf(await imports.undo(importId ?? 0))).toEqual({ removed: 2, restored: 0, kept: 1 });
  expect(valueOf(await contacts.undo(removal))).toEqual({ restored: 1, kept: 0 });
  expect(valueOf(contacts.list({}, undefined, 9)).rows.map(({ name }) => name)).toEqual(['By hand']);
});

it('counts as kept whom it changed and the user removed, and whom the user made one with another', async () => {
  const built = build();
  const { imports, contacts, clock } = built;
  const [old, friend] = ['01712345678', '01600000001'].map(
    (number) => valueOf(contacts.add({ name: 'Old', numbers: [number] })).id,
  );
  clock.advance(1_000);
  const { importId } = await bring(imports, LIST);
  const { removal } = valueOf(await contacts.remove({ ids: [old ?? 0] }));
  const contact = { name: 'Friend', note: '', fields: {}, first: '8801600000001' };
  const others = [idOf(built, '01812345678')];
  const merge = valueOf(contacts.merge({ keep: friend ?? 0, others, contact }));
  expect(valueOf(await imports.undo(importId ?? 0))).toEqual({ removed: 1, restored: 0, kept: 2 });
  expect(valueOf(await contacts.undo(removal)).restored).toBe(1);
  expect(valueOf(await contacts.undo(merge.removal)).restored).toBe(1);
  expect(valueOf(contacts.list({}, undefined, 9)).rows.map(({ name }) => name)).toEqual(['A', 'B', 'Old']);
});
