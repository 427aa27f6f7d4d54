import { expect, it } from 'vitest';
import { bring, build, short } from './importing.ts';

it('takes columns whose headings are words of the language it is written in', async () => {
  const { imports, contacts } = build();
  const list = 'Name,Mobile,Constructor,toString\nRahim,01712345678,Alam & Sons,x';
  expect(short(await bring(imports, list))).toEqual([1, 0, 0, 0, 0]);
  expect(contacts.fields().map(({ name }) => name)).toEqual(['Constructor', 'toString']);
});
