import { describe, expect, it } from 'vitest';
import type { ImportState } from '#shared/ipc/imports.ts';
import { valueOf } from '../contacts/people.ts';
import { build, check, everything, token, type Built } from './importing.ts';

const FIRST = '01711000000';
const many = [
  'Name,Mobile,Group',
  ...Array.from({ length: 3_000 }, (_, n) => `N${n},0171${String(1_000_000 + n)},All`),
].join('\n');

/** Lets `meanwhile` happen in the middle of a commit, after the first rows are written. */
async function half({ imports, contacts }: Built, meanwhile: (id: string) => void): Promise<ImportState> {
  const { id, counts } = await check(imports, many);
  const written = imports.commit(id, counts, token());
  const { state, onChange } = valueOf(imports.watch(id));
  await new Promise<void>((resolve) => {
    const stop = onChange(() => {
      if (state().phase !== 'committing' || state().done === 0) return;
      stop();
      expect(contacts.byNumber(FIRST)).not.toBeNull();
      meanwhile(id);
      resolve();
    });
  });
  await written;
  return state();
}

const idOf = ({ contacts }: Pick<Built, 'contacts'>, number: string) => contacts.byNumber(number)?.id ?? 0;

/** Somebody who was there before becomes one with a person whom the import has just written. */
function merge({ contacts }: Built, old: number): number {
  const [keep, name] = [idOf({ contacts }, FIRST), 'One person'];
  const contact = { name, note: '', fields: {}, first: '8801911000000' };
  return valueOf(contacts.merge({ keep, others: [old], contact })).removal;
}

describe('an import that is stopped while it is written', () => {
  it('leaves whom the user merged, changed or put into a group meanwhile', async () => {
    const built = build();
    const { imports, contacts, groups, clock } = built;
    const old = valueOf(contacts.add({ name: 'Old', numbers: ['01911000000'] }));
    const friends = valueOf(groups.add({ name: 'Friends', rule: null })).id;
    const stopped = await half(built, (id) => {
      merge(built, old.id);
      valueOf(groups.addMembers(friends, { ids: [idOf(built, '01711000001')] }));
      clock.advance(1_000);
      valueOf(contacts.update(idOf(built, '01711000002'), { name: 'By hand', numbers: ['01711000002'] }));
      void imports.cancel(id);
    });
    expect(stopped).toMatchObject({ phase: 'cancelled', kept: 3 });
    expect(valueOf(contacts.list({}, undefined, 9)).rows.map(({ name }) => name)).toEqual([
      ...['By hand', 'N1', 'One person'],
    ]);
    expect(idOf(built, '01911000000')).toBe(idOf(built, FIRST));
    expect(built.store.db.prepare('SELECT COUNT(*) AS n FROM contacts WHERE import_id > 0').get()).toEqual({
      n: 0,
    });
    expect(valueOf(imports.history(undefined, 5)).rows).toEqual([]);
  });

  it('leaves them as well when the program is killed, and the merge can be undone', async () => {
    const built = build();
    const old = valueOf(built.contacts.add({ name: 'Old', numbers: ['01911000000'] }));
    let removal = 0;
    const before = everything(built);
    await half(built, () => {
      removal = merge(built, old.id);
      built.store.close();
    }).catch(() => undefined);
    const again = built.reopen();
    expect(valueOf(again.contacts.list({}, undefined, 9)).rows.map(({ name }) => name)).toEqual([
      'One person',
    ]);
    expect(valueOf(await again.contacts.undo(removal)).restored).toBe(1);
    expect(again.contacts.byNumber('01911000000')?.name).toBe('Old');
    valueOf(await again.contacts.remove({ ids: [idOf(again, FIRST)] }));
    expect(everything(again)).toMatchObject({ contacts: (before as { contacts: unknown }).contacts });
  });
});
