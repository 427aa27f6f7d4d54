import { describe, expect, it } from 'vitest';
import { valueOf } from '../contacts/people.ts';
import { bring, build, check, short, token } from './importing.ts';

const NUMBERS = Array.from({ length: 12 }, (_, at) => `017123456${10 + at}`);

it('brings people that can be written by hand: ten numbers, further ones as they stood in the note', async () => {
  const { imports, contacts } = build();
  await bring(imports, `Name,Mobile,Note\nA,${NUMBERS.join('; ')},old`);
  const [{ id } = { id: 0 }] = valueOf(contacts.list({}, undefined, 1)).rows;
  const person = valueOf(contacts.get(id));
  expect(person.numbers).toHaveLength(10);
  expect(person.note).toBe(`old\n${NUMBERS.slice(10).join('\n')}`);
});

it('blocks every number of a row', async () => {
  const { imports, doNotMessage } = build();
  await bring(imports, `Name,Mobile\nA,${NUMBERS.join('; ')}`, { purpose: 'do-not-message' });
  expect(valueOf(doNotMessage.list(undefined, undefined, 50)).rows).toHaveLength(12);
});

it('brings names without marks that nobody sees', async () => {
  const { imports, contacts } = build();
  const list = 'Name,Mobile\n\u200b,01712345678\nA\u0007l\u202ei\u2066,01812345678\n';
  expect(short(await bring(imports, list))).toEqual([2, 0, 0, 0, 0]);
  expect(contacts.byNumber('01712345678')?.name ?? '').toBe('');
  expect(contacts.byNumber('01812345678')?.name).toBe('Ali');
});

describe('a row that would give a person more than ten numbers', () => {
  const eight = NUMBERS.slice(0, 8);
  const rowOf = (...numbers: string[]) => `A,${numbers.join('; ')}`;
  const list = (...rows: string[]) => ['Name,Mobile', ...rows].join('\n');

  it('is rejected, and leaves its person and its new numbers to the next rows', async () => {
    const { imports, contacts } = build();
    const { id: person } = valueOf(contacts.add({ name: 'Old', numbers: eight }));
    const crowded = rowOf(NUMBERS[0] ?? '', ...NUMBERS.slice(8, 11));
    const text = list(
      crowded,
      rowOf(NUMBERS[1] ?? '', NUMBERS[8] ?? ''),
      rowOf(NUMBERS[9] ?? ''),
      rowOf('01811111111'),
    );
    const { id, counts } = await check(imports, text);
    expect(counts).toMatchObject({ new: 2, updated: 1, rejected: 1 });
    expect(valueOf(imports.rows(id, 'rejected', undefined, 5)).rows).toMatchObject([
      { row: 2, problem: 'too-many-numbers', column: 1, duplicateOf: null },
    ]);
    valueOf(await imports.commit(id, counts, token()));
    expect(valueOf(contacts.get(person)).numbers).toHaveLength(9);
    expect(contacts.byNumber(NUMBERS[9] ?? '')?.name).toBe('A');
    expect(contacts.byNumber(NUMBERS[10] ?? '')).toBeNull();
    expect(valueOf(imports.history(undefined, 1)).rows[0]?.rejectedKept).toBe(1);
  });

  it('comes in once it is corrected, or where the person is left alone', async () => {
    const { imports, contacts } = build();
    valueOf(contacts.add({ name: 'Old', numbers: eight }));
    const text = list(rowOf(NUMBERS[0] ?? '', ...NUMBERS.slice(8, 11)));
    const { id } = await check(imports, text);
    const fixed = valueOf(imports.fix(id, 2, 1, [NUMBERS[0], ...NUMBERS.slice(8, 10)].join('; ')));
    expect(fixed).toMatchObject({ row: { class: 'updated', problem: null }, counts: { rejected: 0 } });
    const { counts } = await check(imports, text, { rules: { existing: 'leave' } });
    expect(counts).toMatchObject({ unchanged: 1, rejected: 0 });
  });
});
