import { describe, expect, it } from 'vitest';
import { valueOf } from '../contacts/people.ts';
import { build, check, everything, phase, RULES, token } from './importing.ts';

const LIST = 'Name,Mobile,District,Group\nA,01712345678,Dhaka,Friends\nB,01812345678,Khulna,';
const CHANGED = { ok: false, error: { code: 'IMPORT_CHANGED' } };

describe('what is removed between the check and the commit', () => {
  it('is not written into when it is a field', async () => {
    const built = build();
    const { imports, contacts } = built;
    const field = valueOf(contacts.addField({ name: 'District', kind: 'text' }));
    const { id, counts, preview } = await check(imports, LIST);
    valueOf(contacts.removeField(field.id, 0));
    const before = everything(built);
    expect(await imports.commit(id, counts, token())).toMatchObject(CHANGED);
    expect(everything(built)).toEqual(before);
    // Checked again as a new field it is written.
    const columns = preview.mapping.columns.map((column) =>
      column.to === 'field' ? ({ to: 'new-field', name: 'District' } as const) : column,
    );
    valueOf(await imports.check(id, { ...preview.mapping, columns }, RULES));
    await phase(imports, id, 'checked');
    valueOf(await imports.commit(id, counts, token()));
    const values = contacts.byNumber('01712345678');
    expect(JSON.stringify(values)).toContain('Dhaka');
  });

  it('is made anew when it is a group of the file', async () => {
    const { imports, groups } = build();
    const friends = valueOf(groups.add({ name: 'Friends', rule: null }));
    const { id, counts } = await check(imports, LIST);
    valueOf(groups.remove(friends.id));
    valueOf(await imports.commit(id, counts, token()));
    expect(groups.list().map(({ name, count }) => [name, count])).toEqual([['Friends', 1]]);
  });

  it('is refused when it is a group for everybody, and written once that is chosen anew', async () => {
    const { imports, groups, contacts } = build();
    const fair = valueOf(groups.add({ name: 'Fair', rule: null }));
    const { id, counts, preview } = await check(imports, LIST, { rules: { groups: [fair.id] } });
    valueOf(groups.remove(fair.id));
    expect(await imports.commit(id, counts, token())).toMatchObject(CHANGED);
    expect(valueOf(contacts.count({}))).toBe(0);
    valueOf(await imports.check(id, preview.mapping, RULES));
    await phase(imports, id, 'checked');
    valueOf(await imports.commit(id, counts, token()));
    expect(valueOf(contacts.count({}))).toBe(2);
  });
});

describe('a field that comes between the check and the commit', () => {
  it('leaves each value under the field of its own column', async () => {
    const { imports, contacts } = build();
    const list =
      'Name,Mobile,District,Road,Group\nA,01712345678,5,"5"":x",\nB,01812345678,6,,\nC,01912345678,7,9,';
    valueOf(contacts.add({ name: 'A', numbers: ['01712345678'] }));
    const { id, counts } = await check(imports, list, { rules: { existing: 'fill' } });
    const other = valueOf(contacts.addField({ name: 'Other', kind: 'text' }));
    const a = contacts.byNumber('01712345678');
    valueOf(
      contacts.update(a?.id ?? 0, { name: 'A', numbers: ['01712345678'], fields: { [other.id]: 'mine' } }),
    );
    expect(await imports.commit(id, counts, token())).toEqual({ ok: true, value: null });
    const [, districts, roads] = contacts.fields().map((field) => String(field.id));
    const values = (number: string) => contacts.byNumber(number)?.fields;
    expect(values('01712345678')).toEqual({
      [other.id]: 'mine',
      [districts ?? '']: '5',
      [roads ?? '']: '5":x',
    });
    expect(values('01812345678')).toEqual({ [districts ?? '']: '6' });
    expect(values('01912345678')).toEqual({ [districts ?? '']: '7', [roads ?? '']: '9' });
  });
});

describe('what is removed while the rows are written', () => {
  const MANY = ['Name,Mobile,District,Group']
    .concat(Array.from({ length: 2_000 }, (_, at) => `P${at},017${10_000_000 + at},Dhaka,Friends`))
    .join('\n');

  it('is left out when it is a group', async () => {
    const { imports, groups, contacts } = build();
    const friends = valueOf(groups.add({ name: 'Friends', rule: null }));
    const { id, counts } = await check(imports, MANY);
    const stop = valueOf(imports.watch(id)).onChange(() => {
      if (valueOf(imports.watch(id)).state().done === 0 || groups.names().length === 0) return;
      valueOf(groups.remove(friends.id));
    });
    valueOf(await imports.commit(id, counts, token()));
    stop();
    expect(groups.names()).toEqual([]);
    expect(valueOf(contacts.count({}))).toBe(2_000);
  });

  it('takes everything back when it is a field', async () => {
    const { imports, contacts } = build();
    const field = valueOf(contacts.addField({ name: 'District', kind: 'text' }));
    const { id, counts } = await check(imports, MANY);
    const stop = valueOf(imports.watch(id)).onChange(() => {
      const { phase: now, done } = valueOf(imports.watch(id)).state();
      // The row of headings is the first of the rows that are written at once.
      if (now === 'committing' && done > 0 && contacts.fields().length > 0)
        valueOf(contacts.removeField(field.id, done - 1));
    });
    expect(await imports.commit(id, counts, token())).toMatchObject(CHANGED);
    stop();
    expect(valueOf(contacts.count({}))).toBe(0);
  });
});
