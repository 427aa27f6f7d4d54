import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { valueOf } from '../contacts/people.ts';
import { bring, build, check, everything, phase, short, token, type Built } from './importing.ts';

const LIST =
  'Name,Mobile,Mobile 2,District,Group\nA,01712345678,01812345678,Dhaka,G1\nB,01912345678,,Khulna,G2\n';

describe('taking an import back', () => {
  it('gives changed people their former values and removes new ones with what was made for them', async () => {
    const built = build();
    const { imports, contacts, groups } = built;
    const kept = valueOf(groups.add({ name: 'G1', rule: null })).id;
    valueOf(contacts.add({ name: 'Old', numbers: ['01712345678'], note: 'was here' }));
    const before = everything(built);
    built.clock.advance(1_000);
    const { importId } = await bring(imports, LIST);
    expect(contacts.byNumber('01812345678')).toMatchObject({ name: 'A', note: 'was here' });
    expect(valueOf(await imports.undo(importId ?? 0))).toEqual({ removed: 1, restored: 1, kept: 0 });
    expect(everything(built)).toEqual(before);
    expect(groups.list().map(({ id }) => id)).toEqual([kept]);
    expect(valueOf(imports.history(undefined, 5)).rows[0]?.undoneAt).not.toBeNull();
    expect(await imports.undo(importId ?? 0)).toMatchObject({ error: { code: 'NOT_POSSIBLE_NOW' } });
  });

  it('leaves what was changed by hand since', async () => {
    const built = build();
    const { imports, contacts, groups, clock } = built;
    valueOf(contacts.add({ name: 'Old', numbers: ['01712345678'] }));
    clock.advance(1_000);
    const { importId } = await bring(imports, LIST);
    clock.advance(1_000);
    for (const number of ['01712345678', '01912345678']) {
      const found = contacts.byNumber(number);
      if (found) valueOf(contacts.update(found.id, { name: 'By hand', numbers: [number] }));
    }
    expect(valueOf(await imports.undo(importId ?? 0))).toEqual({ removed: 0, restored: 0, kept: 2 });
    expect(contacts.byNumber('01912345678')?.name).toBe('By hand');
    expect(groups.list().map(({ name }) => name)).toEqual(['G1', 'G2']);
    expect(contacts.fields().map(({ name }) => name)).toEqual(['District']);
  });
});

describe('an import that does not come to its end', () => {
  const many = (rows: number) =>
    [
      'Name,Mobile,Group',
      ...Array.from({ length: rows }, (_, n) => `N${n},0171${String(1_000_000 + n)},All`),
    ].join('\n');

  /** Stops a commit in its middle, after the first rows are written. */
  async function half({ imports, contacts }: Built, then: (id: string) => void) {
    const { id, counts } = await check(imports, many(3_000));
    const written = imports.commit(id, counts, token());
    const { state, onChange } = valueOf(imports.watch(id));
    await new Promise<void>((resolve) => {
      const stop = onChange(() => {
        const { phase: now, done } = state();
        if (now !== 'committing' || done === 0) return;
        stop();
        expect(valueOf(contacts.count({}))).toBeGreaterThan(0);
        then(id);
        resolve();
      });
    });
    return { id, written };
  }

  it('leaves nothing when it is cancelled', async () => {
    const built = build();
    const before = everything(built);
    const { id, written } = await half(built, (one) => void built.imports.cancel(one));
    expect(await written).toEqual({ ok: true, value: null });
    expect(everything(built)).toEqual(before);
    expect(valueOf(built.imports.history(undefined, 5)).rows).toEqual([]);
    expect(built.imports.rows(id, 'new', undefined, 5)).toMatchObject({ error: { code: 'IMPORT_GONE' } });
  });

  it('leaves nothing when the program is killed', async () => {
    const built = build();
    const before = everything(built);
    const { written } = await half(built, () => built.store.close());
    expect(await written).toMatchObject({ error: { code: 'UNEXPECTED' } });
    const again = built.reopen();
    expect(everything(again)).toEqual(before);
    expect(valueOf(again.imports.history(undefined, 5)).rows).toEqual([]);
    expect(short(await bring(again.imports, LIST))).toEqual([2, 0, 0, 0, 0]);
  });

  it('stops reading when it is cancelled, and reads anew when it is asked again', async () => {
    const { imports } = build();
    const source = { kind: 'text', text: many(5_000) } as const;
    const { id, mapping } = valueOf(await imports.open({ purpose: 'contacts', source }));
    expect(await imports.open({ purpose: 'contacts', source })).toMatchObject({
      error: { code: 'IMPORT_BUSY' },
    });
    const rules = { existing: 'fill', groups: [] } as const;
    valueOf(await imports.check(id, mapping, { ...rules, groups: [] }));
    valueOf(await imports.check(id, mapping, { ...rules, groups: [] }));
    expect((await phase(imports, id, 'checked')).counts).toMatchObject({ rows: 5_000, new: 5_000 });
    valueOf(await imports.check(id, mapping, { ...rules, groups: [] }));
    const { state } = valueOf(imports.watch(id));
    await imports.cancel(id);
    expect(state().phase).toBe('cancelled');
    expect(await imports.check(id, mapping, { ...rules, groups: [] })).toMatchObject({
      error: { code: 'IMPORT_GONE' },
    });
    valueOf(await imports.open({ purpose: 'contacts', source }));
  });
});

describe('any table', () => {
  const number = fc.integer({ min: 0, max: 9 }).map((n) => `0171234567${n}`);
  const cell = fc.constantFrom('', 'x', 'ক', 'two words', '"quoted"');
  const row = fc.record({
    name: cell,
    numbers: fc.array(fc.oneof(number, fc.constant('12')), { maxLength: 3 }),
    note: cell,
    city: cell,
    group: cell,
  });
  const text = (rows: { name: string; numbers: string[]; note: string; city: string; group: string }[]) =>
    [
      'Name,Mobile,Note,City,Group',
      ...rows.map((one) =>
        [one.name, one.numbers.join('; '), one.note, one.city, one.group]
          .map((value) => `"${value.replaceAll('"', '""')}"`)
          .join(','),
      ),
    ].join('\n');
  const table = fc.array(row, { minLength: 1, maxLength: 12 });
  const existing = fc.constantFrom('replace', 'fill', 'leave');

  it('adds up, changes nothing the second time, and is undone to the last detail', async () => {
    const built = build();
    const { imports, clock } = built;
    await fc.assert(
      fc.asyncProperty(table, table, existing, async (first, second, how) => {
        const rules = { existing: how, newGroup: 'All' };
        await bring(imports, text(first));
        clock.advance(1_000);
        const before = everything(built);
        const once = await bring(imports, text(second), { rules });
        clock.advance(1_000);
        const after = everything(built);
        const twice = await bring(imports, text(second), { rules });
        clock.advance(1_000);
        expect(everything(built)).toEqual(after);
        expect(twice.counts).toMatchObject({ new: 0, updated: 0 });
        // A number that was not added to somebody known may have made somebody new: then its first row means two people.
        const rejected = twice.counts?.rejected ?? 0;
        if (how === 'leave') expect(rejected).toBeGreaterThanOrEqual(once.counts?.rejected ?? 0);
        else expect(rejected).toBe(once.counts?.rejected);
        valueOf(await imports.undo(twice.importId ?? 0));
        valueOf(await imports.undo(once.importId ?? 0));
        expect(everything(built)).toEqual(before);
        built.store.db.exec('DELETE FROM contacts; DELETE FROM contact_groups; DELETE FROM contact_fields');
        built.contacts.touched();
      }),
      { numRuns: 10 },
    );
  });
});
