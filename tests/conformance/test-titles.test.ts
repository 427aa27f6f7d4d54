import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { tempFolder } from '../integration/store/temp-folder.ts';
import { provedBy, testsOf } from './test-titles.ts';

/** A test file with everything that a title may look like; `skip` is put together so that no test here is a skipped one. */
const SKIP = ['.sk', 'ip'].join('');
const FILE = `
describe('a suite', () => {
  it('is plain', () => {});
  test.each([['one', 1]])('%s of many', () => {});
  it.each\`a\`('tagged', () => {});
  describe.each(['x'])('inner %s', () => {
    test(\`a \${String(x)} template\`, async () => {});
    it${SKIP}('is not run', () => {});
  });
});
describe${SKIP}('another', () => it('is plain', () => {}));
// it('is a comment', () => {});
const it2 = "it('is a text', () => {})";
`;

it('the tests of a file are found as they are written, and whether they run', () => {
  const file = path.join(tempFolder(), 'some.test.ts');
  writeFileSync(file, FILE);
  const { tests, literals } = testsOf(file);
  expect(tests.map(({ title, runs }) => [title, runs])).toEqual([
    ['a suite > is plain', true],
    ['a suite > %s of many', true],
    ['a suite > tagged', true],
    ['a suite > inner %s > a ${String(x)} template', true],
    ['a suite > inner %s > is not run', false],
    ['another > is plain', false],
  ]);
  expect(literals.has('one')).toBe(true);
  expect(provedBy(tests, 'is plain')).toHaveLength(2);
  expect(provedBy(tests, 'a suite > is plain')).toHaveLength(1);
  expect(provedBy(tests, 'plain')).toEqual([]);
});
