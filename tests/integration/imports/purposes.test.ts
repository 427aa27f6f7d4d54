import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { valueOf } from '../contacts/people.ts';
import { bring, build, check, phase, short, token } from './importing.ts';

describe('a list of numbers that must not be written to', () => {
  const LIST = 'Mobile,Note\n01712345678,asked in May\n01712345678,\n01812345678,\nnothing,\n';

  it('adds them, and takes back only what it added', async () => {
    const { imports, doNotMessage, contacts } = build();
    doNotMessage.add({ numbers: '01812345678', reason: 'complained', note: 'by phone' });
    const state = await bring(imports, LIST, { purpose: 'do-not-message' });
    expect(short(state)).toEqual([1, 0, 1, 1, 1]);
    expect([...doNotMessage.among(['8801712345678', '8801812345678', '8801912345678'])]).toHaveLength(2);
    expect(valueOf(contacts.count({}))).toBe(0);
    valueOf(await imports.undo(state.importId ?? 0));
    expect([...doNotMessage.among(['8801712345678', '8801812345678'])]).toEqual(['8801812345678']);
  });
});

describe('a list for one sending', () => {
  const LIST =
    'Name,Mobile,Due,Remarks\nরহিম,01712345678; 01912345678,৳500,late\nKarim,01812345678,,\nAgain,01712345678,1,\n';

  it('brings its columns as merge fields and no contacts', async () => {
    const { imports, contacts } = build();
    const state = await bring(imports, LIST, { purpose: 'recipients' });
    expect(short(state)).toEqual([2, 0, 0, 1, 0]);
    const list = state.listId ?? 0;
    expect(valueOf(imports.lists.people(list))).toEqual([
      {
        ...{ contactId: null, name: 'রহিম', msisdn: '8801712345678', input: '8801712345678' },
        values: { due: '৳500', remarks: 'late' },
      },
      { contactId: null, name: 'Karim', msisdn: '8801812345678', input: '8801812345678', values: {} },
    ]);
    expect(imports.lists.describe(list)).toMatchObject({ count: 2, gone: false, fields: ['Due', 'Remarks'] });
    expect(valueOf(contacts.count({}))).toBe(0);
    valueOf(imports.lists.remove(list));
    expect(imports.lists.describe(list).gone).toBe(true);
    expect(imports.lists.people(list)).toMatchObject({ error: { code: 'NOT_FOUND' } });
  });

  it('is dropped after a month, unless a draft has it', async () => {
    const built = build();
    const { imports, store, clock } = built;
    const used = (await bring(imports, LIST, { purpose: 'recipients' })).listId ?? 0;
    const unused = (await bring(imports, LIST, { purpose: 'recipients' })).listId ?? 0;
    store.db
      .prepare("INSERT INTO drafts VALUES ('a', ?, '', 1, 0, NULL, 1, 0, 0)")
      .run(JSON.stringify({ sources: [{ kind: 'list', id: used }] }));
    clock.advance(31 * 86_400_000);
    await imports.close();
    store.close();
    const again = built.reopen().imports.lists;
    expect([again.describe(used).gone, again.describe(unused).gone]).toEqual([false, true]);
  });
});

describe('a file', () => {
  it('that was mapped once is mapped the same way again, in whatever order its rows are', async () => {
    const built = build();
    const { imports } = built;
    const first = built.file('a.csv', 'Who,Phone,Shop\nA,01712345678,North\n');
    const opened = valueOf(
      await imports.open({ purpose: 'contacts', source: { kind: 'file', handle: first } }),
    );
    expect(opened).toMatchObject({ fileName: 'a.csv', format: 'text', delimiter: ',', remembered: false });
    const mapping = {
      header: true,
      columns: [{ to: 'note' }, { to: 'number' }, { to: 'group' }],
    } satisfies typeof opened.mapping;
    valueOf(await imports.check(opened.id, mapping, { existing: 'fill', groups: [] }));
    const { counts } = await phase(imports, opened.id, 'checked');
    if (counts) valueOf(await imports.commit(opened.id, counts, token()));
    const second = built.file('b.csv', 'who;phone;shop\nB;01812345678;South\n');
    const again = valueOf(
      await imports.open({ purpose: 'contacts', source: { kind: 'file', handle: second } }),
    );
    expect(again).toMatchObject({ mapping, remembered: true });
  });

  it('gives its rejected rows back as they stood, before and after it was written', async () => {
    const built = build();
    const { imports, dir } = built;
    const { id, counts } = await check(imports, 'Name,Mobile\nA,"12, ""x"""\nB,01712345678\nC,13');
    valueOf(imports.fix(id, 4, 1, 'still wrong'));
    const saved = () =>
      readFileSync(path.join(dir, 'rejected.csv'), 'utf8').replace('\ufeff', '').split('\r\n');
    expect(valueOf(await imports.saveRejected({ id }, 'rejected.csv'))).toEqual({ rows: 2 });
    const lines = saved();
    expect(lines[0]).toBe('Name,Mobile,Row,Reason');
    expect(lines[1]).toMatch(/^A,"12, ""x""",2,/);
    expect(lines[2]).toMatch(/^C,13,4,/);
    valueOf(await imports.commit(id, counts, token()));
    const { importId } = await phase(imports, id, 'done');
    expect(valueOf(await imports.saveRejected({ done: importId ?? 0 }, 'rejected.csv'))).toEqual({ rows: 2 });
    expect(saved()).toEqual(lines);
    expect(valueOf(imports.history(undefined, 5)).rows[0]?.rejectedKept).toBe(2);
  });

  it('that cannot be read or has no numbers is refused with the reason', async () => {
    const built = build();
    const { imports } = built;
    const open = (handle: string) => imports.open({ purpose: 'contacts', source: { kind: 'file', handle } });
    expect(await open('gone')).toMatchObject({ error: { code: 'NOT_FOUND' } });
    expect(await open('absent.csv')).toMatchObject({ error: { code: 'FILE_NOT_READ' } });
    expect(await open(built.file('empty.csv', ''))).toMatchObject({ error: { code: 'FILE_EMPTY' } });
    const { id, mapping } = valueOf(await open(built.file('a.csv', 'Name,Mobile\nA,01712345678\n')));
    const columns = [{ to: 'name' as const }, { to: 'ignore' as const }];
    expect(await imports.check(id, { ...mapping, columns }, { existing: 'fill', groups: [] })).toMatchObject({
      error: { code: 'INVALID_INPUT', facts: { field: 'columns' } },
    });
    expect(await imports.check(id, mapping, { existing: 'fill', groups: [99] })).toMatchObject({
      error: { code: 'INVALID_INPUT', facts: { field: 'groups.0' } },
    });
  });
});
