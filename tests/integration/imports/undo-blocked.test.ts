import { expect, it } from 'vitest';
import { valueOf } from '../contacts/people.ts';
import { bring, build } from './importing.ts';

const BLOCKED = ['8801712345678', '8801812345678'];
const LIST = 'Mobile,Note\n01712345678,from a file\n01812345678,from a file\n';
const asList = { purpose: 'do-not-message' } as const;

it('keeps a number that was blocked by hand since, with what was said about it', async () => {
  const { imports, doNotMessage } = build();
  const { importId } = await bring(imports, LIST, asList);
  expect(doNotMessage.add({ numbers: '01712345678', reason: 'complained', note: 'by phone' })).toMatchObject({
    added: 0,
    known: 1,
  });
  doNotMessage.add({ numbers: '01712345678', reason: 'other', note: 'again' });
  expect(valueOf(await imports.undo(importId ?? 0)).removed).toBe(1);
  expect(valueOf(doNotMessage.list(undefined, undefined, 5)).rows).toMatchObject([
    { msisdn: BLOCKED[0], reason: 'complained', note: 'by phone' },
  ]);
});

it('keeps the note of the file where none was written by hand', async () => {
  const { imports, doNotMessage } = build();
  await bring(imports, LIST, asList);
  doNotMessage.add({ numbers: '01712345678', reason: 'asked', note: '' });
  expect(doNotMessage.remove('8801712345678')).toMatchObject({
    value: { reason: 'asked', note: 'from a file' },
  });
});

it('says how many numbers an undo frees, whatever became of them since', async () => {
  const { imports, doNotMessage } = build();
  const list = 'Mobile\n01712345678; 01812345678\n01912345678\n01512345678\n';
  const { importId } = await bring(imports, list, asList);
  const frees = () => valueOf(imports.frees(importId ?? 0)).numbers;
  expect(frees()).toBe(4);
  doNotMessage.add({ numbers: '01712345678', reason: 'asked', note: '' });
  valueOf(doNotMessage.remove('8801912345678'));
  expect(frees()).toBe(2);
  expect(valueOf(await imports.undo(importId ?? 0)).removed).toBe(2);
  expect(imports.frees(99)).toMatchObject({ error: { code: 'NOT_FOUND' } });
});

it('keeps a number that was pasted and then imported, whatever is said about the pasting', async () => {
  const { imports, doNotMessage } = build();
  const { addition = 0 } = doNotMessage.add({ numbers: '01712345678', reason: 'asked', note: '' });
  await bring(imports, LIST, asList);
  expect(doNotMessage.undoAdd(addition)).toMatchObject({ error: { code: 'NOT_FOUND' } });
  expect([...doNotMessage.among(BLOCKED)]).toEqual(BLOCKED);
});

it('keeps a number that another import has as well', async () => {
  const { imports, doNotMessage } = build();
  const first = await bring(imports, LIST, asList);
  const second = await bring(imports, 'Mobile\n01712345678; 01912345678\n01712345678\n', asList);
  expect(valueOf(await imports.undo(first.importId ?? 0)).removed).toBe(1);
  expect([...doNotMessage.among(BLOCKED)]).toEqual(['8801712345678']);
  expect(valueOf(await imports.undo(second.importId ?? 0)).removed).toBe(1);
  expect([...doNotMessage.among([...BLOCKED, '8801912345678'])]).toEqual(['8801712345678']);
});
