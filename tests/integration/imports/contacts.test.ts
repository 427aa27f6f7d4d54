import { describe, expect, it } from 'vitest';
import { valueOf } from '../contacts/people.ts';
import { bring, build, check, everything, phase, rowsOf, short, token } from './importing.ts';

const CLASSLIST = [
  'Name,Mobile,District,Group',
  'রহিম উদ্দিন,01712345678,ঢাকা,Class 5',
  'Karim,1812345678,"Cox\'s ""Bazar""",Class 5; Parents',
  'Salma,+8801912345678,,',
  'Nobody,12,,',
  'Rahim again,8801712345678.0,,',
  '',
  'Landline,0255012345,,',
].join('\n');

describe('a list of people', () => {
  it('is sorted into classes, written with its groups and fields, and the same list changes nothing again', async () => {
    const built = build();
    const { imports, contacts, groups } = built;
    const { id, counts, state } = await check(imports, CLASSLIST);
    expect(counts).toEqual({ rows: 6, new: 3, updated: 0, unchanged: 0, duplicate: 1, rejected: 2 });
    expect(state.repaired).toBe(2);
    expect(everything(built)).toMatchObject({ contacts: [], groups: [], fields: [] });
    const one = token();
    valueOf(await imports.commit(id, counts, one));
    const done = await phase(imports, id, 'done');
    expect(done).toMatchObject({ listId: null, counts, fraction: 1 });
    const [district] = contacts.fields();
    expect(district?.name).toBe('District');
    const people = valueOf(contacts.list({}, undefined, 10)).rows;
    expect(
      people.map(({ name, msisdn, fields, groups: of }) => [name, msisdn, fields, of.map((g) => g.name)]),
    ).toEqual([
      ['Karim', '8801812345678', { [String(district?.id)]: 'Cox\'s "Bazar"' }, ['Class 5', 'Parents']],
      ['Salma', '8801912345678', {}, []],
      ['রহিম উদ্দিন', '8801712345678', { [String(district?.id)]: 'ঢাকা' }, ['Class 5']],
    ]);
    expect(groups.list().map(({ name, count }) => [name, count])).toEqual([
      ['Class 5', 2],
      ['Parents', 1],
    ]);
    // The answer was lost and the page asks again.
    valueOf(await imports.commit(id, counts, one));
    const before = everything(built);
    built.clock.advance(1_000);
    expect(short(await bring(imports, CLASSLIST))).toEqual([0, 0, 3, 1, 2]);
    expect(everything(built)).toEqual(before);
    expect(valueOf(imports.history(undefined, 10)).rows.map(({ counts: of }) => of.new)).toEqual([0, 3]);
  });

  it('shows rows by class with what is wrong, what stands twice and what would change', async () => {
    const built = build();
    const { imports, contacts } = built;
    valueOf(contacts.add({ name: 'Rohim', numbers: ['01712345678'], note: 'pays late' }));
    const { id, counts } = await check(imports, CLASSLIST);
    expect(counts).toMatchObject({ new: 2, updated: 1 });
    const all = valueOf(imports.rows(id, undefined, undefined, 4));
    expect(all.rows.map(({ row, problem }) => [row, problem])).toEqual([
      [5, 'too-short'],
      [8, 'landline'],
      [2, null],
      [3, null],
    ]);
    expect(valueOf(imports.rows(id, undefined, all.next, 4)).rows.map(({ row }) => row)).toEqual([4, 6]);
    const [update] = valueOf(imports.rows(id, 'updated', undefined, 5)).rows;
    expect(update?.changes).toEqual([
      { what: 'name', before: 'Rohim', after: 'রহিম উদ্দিন' },
      { what: 'District', before: '', after: 'ঢাকা' },
      { what: 'groups', before: '', after: 'Class 5' },
    ]);
    const [twice] = valueOf(imports.rows(id, 'duplicate', undefined, 5)).rows;
    expect(twice).toMatchObject({ row: 6, duplicateOf: 2, name: 'Rahim again' });
    const [damaged] = valueOf(imports.rows(id, 'new', undefined, 5)).rows;
    expect(damaged?.numbers).toEqual([
      { input: '1812345678', msisdn: '8801812345678', repairs: ['lost-zero'], reason: null },
    ]);
  });

  it('fixes a cell in place and sorts what this concerns anew', async () => {
    const built = build();
    const { imports, contacts } = built;
    const { id } = await check(imports, CLASSLIST);
    const fixed = valueOf(imports.fix(id, 5, 1, '01512345678'));
    expect(fixed.row).toMatchObject({ row: 5, class: 'new', problem: null, corrected: true });
    expect(fixed.counts).toMatchObject({ rows: 6, new: 4, rejected: 1 });
    // The first row gives its number up: the one that was its duplicate takes its place.
    expect(valueOf(imports.fix(id, 2, 1, 'x')).counts).toMatchObject({ new: 4, duplicate: 0, rejected: 2 });
    expect(rowsOf(imports, id, 'rejected')).toEqual([2, 8]);
    // An earlier row takes the number of a later one.
    const counts = valueOf(imports.fix(id, 2, 1, '01912345678')).counts;
    expect(counts).toMatchObject({ new: 4, duplicate: 1, rejected: 1 });
    expect(rowsOf(imports, id, 'duplicate')).toEqual([4]);
    expect(imports.fix(id, 7, 1, 'x')).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } });
    expect(imports.fix(id, 2, 40, 'x')).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } });
    valueOf(await imports.commit(id, counts, token()));
    expect(
      valueOf(contacts.list({}, undefined, 10))
        .rows.map(({ msisdn }) => msisdn)
        .sort(),
    ).toEqual(['8801512345678', '8801712345678', '8801812345678', '8801912345678']);
  });

  it('shows and mends the cells of any of many rows, blank ones between them', async () => {
    const { imports } = build();
    const line = (at: number) => `P${at},017${10_000_000 + at},"Road ${at}, ""north"""`;
    const lines = Array.from({ length: 2_300 }, (_, at) => (at % 3 === 1 ? '' : line(at)));
    const { id, counts } = await check(imports, ['Name,Mobile,Address', ...lines].join('\n'));
    expect(counts).toMatchObject({ rows: 1_533, new: 1_533 });
    const shown = (row: number) => valueOf(imports.rows(id, 'new', `o${row - 1}`, 1)).rows[0];
    const cells = (row: number) => [`P${row - 2}`, `017${9_999_998 + row}`, `Road ${row - 2}, "north"`];
    for (const row of [2, 125, 128, 1_001, 1_003, 1_127, 2_000, 2_300]) {
      expect(shown(row)).toMatchObject({ row, cells: cells(row) });
    }
    valueOf(imports.fix(id, 1_127, 0, 'Mended'));
    expect(shown(1_127)).toMatchObject({ name: 'Mended', cells: ['Mended', ...cells(1_127).slice(1)] });
    valueOf(imports.fix(id, 1_127, 1, 'x'));
    const [rejected] = valueOf(imports.rows(id, 'rejected', undefined, 2)).rows;
    expect(rejected).toMatchObject({ row: 1_127, corrected: true, cells: ['Mended', 'x', cells(1_127)[2]] });
  });
});

describe('people who are there already', () => {
  const LIST = 'Name,Mobile,Mobile 2,Note\nNew Name,01712345678,01812345678,new note\n,01912345678,,\n';

  it.each([
    ['replace', 'New Name', 'new note', 2],
    ['fill', 'Old', 'new note', 2],
    ['leave', 'Old', '', 1],
  ] as const)('are met by “%s”', async (existing, name, note, numbers) => {
    const { imports, contacts, doNotMessage } = build();
    const old = valueOf(contacts.add({ name: 'Old', numbers: ['01712345678'] }));
    valueOf(contacts.add({ name: 'Named', numbers: ['01512345678', '01912345678'] }));
    doNotMessage.add({ numbers: '01712345678', reason: 'asked', note: '' });
    const state = await bring(imports, LIST, { rules: { existing } });
    expect(short(state)).toEqual(existing === 'leave' ? [0, 0, 2, 0, 0] : [0, 1, 1, 0, 0]);
    const now = valueOf(contacts.get(old.id));
    expect([now.name, now.note, now.numbers.length]).toEqual([name, note, numbers]);
    // An import never allows a number again, and an empty cell never empties a name.
    expect(now.numbers[0]?.doNotMessage).toBe(true);
    expect(contacts.byNumber('01912345678')?.name).toBe('Named');
  });

  it('are put into groups even where they are left alone otherwise', async () => {
    const { imports, contacts, groups } = build();
    valueOf(contacts.add({ name: 'Old', numbers: ['01712345678'] }));
    const list = valueOf(groups.add({ name: 'List', rule: null })).id;
    const rules = { existing: 'leave', groups: [list], newGroup: 'Fair 2026' } as const;
    expect(short(await bring(imports, LIST, { rules: { ...rules, groups: [list] } }))).toEqual([
      1, 1, 0, 0, 0,
    ]);
    expect(groups.list().map(({ name, count }) => [name, count])).toEqual([
      ['Fair 2026', 2],
      ['List', 2],
    ]);
    expect(contacts.byNumber('01712345678')?.name).toBe('Old');
    expect(short(await bring(imports, LIST, { rules: { ...rules, groups: [list] } }))).toEqual([
      0, 0, 2, 0, 0,
    ]);
  });

  it('stay as they are where a row has numbers of two of them', async () => {
    const { imports, contacts } = build();
    valueOf(contacts.add({ name: 'One', numbers: ['01712345678'] }));
    valueOf(contacts.add({ name: 'Two', numbers: ['01812345678'] }));
    const { id, counts } = await check(imports, LIST);
    expect(counts).toMatchObject({ rejected: 1, new: 1 });
    expect(valueOf(imports.rows(id, 'rejected', undefined, 5)).rows[0]).toMatchObject({
      problem: 'several-contacts',
      column: 1,
    });
  });

  it('are taken once where two rows have numbers of the same one', async () => {
    const { imports, contacts } = build();
    valueOf(contacts.add({ name: 'One', numbers: ['01712345678', '01812345678'] }));
    const { id, counts } = await check(imports, 'Name,Mobile\nA,01812345678\nB,01712345678');
    expect(counts).toMatchObject({ updated: 1, duplicate: 1 });
    expect(valueOf(imports.rows(id, 'duplicate', undefined, 5)).rows[0]?.duplicateOf).toBe(2);
  });

  it('refuses to write what is no longer as it was shown', async () => {
    const { imports, contacts } = build();
    const { id, counts } = await check(imports, LIST);
    valueOf(contacts.add({ name: 'Meanwhile', numbers: ['01912345678'] }));
    expect(await imports.commit(id, counts, token())).toMatchObject({ error: { code: 'IMPORT_CHANGED' } });
    const seen = valueOf(imports.watch(id)).state().counts;
    expect(seen).toEqual({ rows: 2, new: 1, updated: 0, unchanged: 1, duplicate: 0, rejected: 0 });
    if (seen) valueOf(await imports.commit(id, seen, token()));
    expect(valueOf(contacts.count({}))).toBe(2);
  });
});
