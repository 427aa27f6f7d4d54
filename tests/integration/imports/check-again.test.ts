import { expect, it } from 'vitest';
import { valueOf } from '../contacts/people.ts';
import { build, check, phase, RULES, short, token, type Built } from './importing.ts';

const LIST = ['Name,Mobile,Other']
  .concat(Array.from({ length: 3_000 }, (_, at) => `P${at},017${10_000_000 + at},Q${at}`))
  .join('\n');
const open = async ({ imports }: Built) =>
  valueOf(await imports.open({ purpose: 'contacts', source: { kind: 'text', text: LIST }, replace: true }));
const columns = (...to: ('name' | 'number' | 'ignore')[]) => ({
  header: true,
  columns: to.map((one) => ({ to: one })),
});

it('of two checks of one import the later one counts', async () => {
  const built = build();
  const { imports } = built;
  const { id } = await open(built);
  valueOf(await imports.check(id, columns('name', 'number', 'ignore'), RULES));
  const earlier = imports.check(id, columns('name', 'number', 'ignore'), RULES);
  const later = imports.check(id, columns('ignore', 'number', 'name'), RULES);
  expect(await earlier).toMatchObject({ error: { code: 'IMPORT_GONE' } });
  valueOf(await later);
  expect(short(await phase(imports, id, 'checked', 'failed'))).toEqual([3_000, 0, 0, 0, 0]);
  expect(valueOf(imports.rows(id, 'new', undefined, 1)).rows[0]?.name).toBe('Q0');
});

it('a check that is cancelled while it waits leaves nothing behind that disturbs the next file', async () => {
  const built = build();
  const { imports } = built;
  const { id, preview } = await check(imports, LIST);
  valueOf(await imports.check(id, preview.mapping, RULES));
  const again = imports.check(id, preview.mapping, RULES);
  const gone = imports.cancel(id);
  const late = imports.check(id, preview.mapping, RULES);
  expect(await again).toMatchObject({ error: { code: 'IMPORT_GONE' } });
  expect(await late).toMatchObject({ error: { code: 'IMPORT_GONE' } });
  await gone;
  const next = await check(imports, 'Name,Mobile\nA,01812345678');
  expect(next.counts).toMatchObject({ rows: 1, new: 1 });
  valueOf(await imports.commit(next.id, next.counts, token()));
  expect(valueOf(built.contacts.count({}))).toBe(1);
});

it('files that are opened at once leave one of them', async () => {
  const built = build();
  const [first, second] = await Promise.all([open(built), open(built)]);
  const alive = [first, second].filter(({ id }) => built.imports.watch(id).ok);
  expect(alive).toHaveLength(1);
});
