import { expect, it } from 'vitest';
import { valueOf } from '../contacts/people.ts';
import { bring, build, short } from './importing.ts';

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
