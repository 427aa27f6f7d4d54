import { expect, it } from 'vitest';
import { valueOf } from '../contacts/people.ts';
import { bring, build, everything, type Built } from './importing.ts';

const PEOPLE = 60;
const number = (n: number) => `0171${String(1_000_000 + n)}`;

/** An import that cannot be taken back for want of room: all notes got shorter by it. */
async function fullDisk(built: Built) {
  const { contacts, clock, imports, store } = built;
  for (let n = 0; n < PEOPLE; n++)
    valueOf(contacts.add({ name: `N${n}`, numbers: [number(n)], note: 'x'.repeat(1_500) }));
  const before = everything(built);
  clock.advance(1_000);
  const rows = Array.from({ length: PEOPLE }, (_, n) => `N${n},${number(n)},short`);
  const { importId } = await bring(imports, ['Name,Mobile,Note', ...rows].join('\n'));
  store.db.exec('VACUUM main');
  const { page_count: pages } = store.db.prepare('PRAGMA main.page_count').get() as { page_count: number };
  store.db.exec(`PRAGMA main.max_page_count = ${pages}`);
  return { id: importId ?? 0, before };
}

const noRoom = { ok: false, error: { code: 'STORE_FULL' } };

it('says that the disk is full and can be asked again', async () => {
  const built = build();
  const { imports, store } = built;
  const { id, before } = await fullDisk(built);
  expect(await imports.undo(id)).toMatchObject(noRoom);
  expect(valueOf(imports.history(undefined, 5)).rows).toMatchObject([{ id, undoneAt: null }]);
  expect(await imports.undo(id)).toMatchObject(noRoom);
  store.db.exec('PRAGMA main.max_page_count = 1000000');
  expect(valueOf(await imports.undo(id))).toEqual({ removed: 0, restored: PEOPLE, kept: 0 });
  expect(everything(built)).toEqual(before);
  expect(await imports.undo(id)).toMatchObject({ error: { code: 'NOT_POSSIBLE_NOW' } });
});

it('closes after it was refused', async () => {
  const built = build();
  const { id } = await fullDisk(built);
  const undone = built.imports.undo(id);
  await built.imports.close();
  expect(await undone).toMatchObject(noRoom);
});
