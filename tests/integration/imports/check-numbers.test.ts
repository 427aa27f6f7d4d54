import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ImportRules } from '#shared/ipc/imports.ts';
import { valueOf } from '../contacts/people.ts';
import { bring, build, check, rowsOf, short, token, type Built } from './importing.ts';

const X = '8801712345670';
const Y = '8801712345671';
const C = '8801712345672';
const B = '8801712345673';

/** Numbers that contacts have. */
const stored = ({ store }: Built): Set<string> =>
  new Set(
    store.db
      .prepare('SELECT msisdn FROM contacts UNION ALL SELECT msisdn FROM contact_numbers')
      .all()
      .map((row) => String((row as { msisdn: unknown }).msisdn)),
  );
const table = (...rows: string[][]) =>
  ['Name,Mobile', ...rows.map((row) => `P,${row.join('; ')}`)].join('\n');

describe('a number that a row names and does not write', () => {
  it('is free for the next row where the numbers belong to several people', async () => {
    const built = build();
    valueOf(built.contacts.add({ name: 'X', numbers: [X] }));
    valueOf(built.contacts.add({ name: 'Y', numbers: [Y] }));
    expect(short(await bring(built.imports, table([X, Y, C], [C], [X])))).toEqual([1, 1, 0, 0, 1]);
    expect(built.contacts.byNumber(C)?.name).toBe('P');
  });

  it('is free for the next row where a contact is left alone', async () => {
    const built = build();
    valueOf(built.contacts.add({ name: 'X', numbers: [X] }));
    const rules = { existing: 'leave' } as const;
    expect(short(await bring(built.imports, table([X, C], [C]), { rules }))).toEqual([1, 0, 1, 0, 0]);
    expect(built.contacts.byNumber(C)?.name).toBe('P');
  });

  it('is free for the next row, and kept among the rejected ones, where an earlier row has the person', async () => {
    const built = build();
    valueOf(built.contacts.add({ name: 'X', numbers: [X, Y] }));
    const { id, counts } = await check(built.imports, table([X], [Y, C], [C]));
    expect(counts).toMatchObject({ new: 1, updated: 1, rejected: 1 });
    expect(valueOf(built.imports.rows(id, 'rejected', undefined, 5)).rows[0]).toMatchObject({
      problem: 'contact-twice',
      duplicateOf: 2,
      column: 1,
    });
    valueOf(await built.imports.commit(id, counts, token()));
    const [kept] = valueOf(built.imports.history(undefined, 1)).rows;
    expect(kept?.rejectedKept).toBe(1);
  });
});

const NUMBER = fc.integer({ min: 0, max: 9 }).map((digit) => `880171234567${digit}`);
const ROWS = fc.array(fc.uniqueArray(NUMBER, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 9 });
const EXISTING = fc.constantFrom<ImportRules['existing']>('replace', 'fill', 'leave');

function people({ contacts }: Built, numbers: readonly string[][]): void {
  const taken = new Set<string>();
  for (const some of numbers) {
    const free = some.filter((number) => !taken.has(number));
    for (const number of free) taken.add(number);
    if (free.length > 0) valueOf(contacts.add({ name: 'There', numbers: free }));
  }
}

it('every number ends in a contact or among the rejected rows, unless its person is left alone', async () => {
  await fc.assert(
    fc.asyncProperty(ROWS, ROWS, EXISTING, async (there, rows, existing) => {
      const built = build();
      people(built, there.slice(0, 4));
      const { id, counts } = await check(built.imports, table(...rows), { rules: { existing } });
      const kept = new Set(rowsOf(built.imports, id, 'rejected'));
      const alone = existing === 'leave' ? new Set(rowsOf(built.imports, id, 'unchanged')) : new Set();
      valueOf(await built.imports.commit(id, counts, token()));
      const now = stored(built);
      const lost = rows.flatMap((numbers, at) =>
        kept.has(at + 2) || alone.has(at + 2) ? [] : numbers.filter((number) => !now.has(number)),
      );
      expect(lost).toEqual([]);
      built.store.close();
    }),
    { numRuns: 12 },
  );
});

it('a corrected row gives what a file gives that was right from the start', async () => {
  const built = build();
  people(built, [[X, Y], [B]]);
  const classes = (id: string) =>
    (['new', 'updated', 'unchanged', 'duplicate', 'rejected'] as const).map((one) =>
      valueOf(built.imports.rows(id, one, undefined, 99)).rows.map(({ row, duplicateOf }) => [
        row,
        duplicateOf,
      ]),
    );
  await fc.assert(
    fc.asyncProperty(ROWS, ROWS, EXISTING, async (wrong, right, existing) => {
      const rows = wrong.map((numbers, at) => right[at] ?? numbers);
      const begun = await check(built.imports, table(...wrong), { rules: { existing } });
      rows.forEach((numbers, at) => {
        valueOf(built.imports.fix(begun.id, at + 2, 1, numbers.join('; ')));
      });
      const fixed = classes(begun.id);
      const whole = await check(built.imports, table(...rows), { rules: { existing } });
      expect(fixed).toEqual(classes(whole.id));
    }),
    { numRuns: 25 },
  );
});
