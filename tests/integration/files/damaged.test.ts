import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { unzipSync, zipSync } from 'fflate';
import { afterAll, expect, it } from 'vitest';
import { readHead } from '../../../main/engine/files/read.ts';

const FIXTURES = path.join(import.meta.dirname, '../../fixtures/imports');
const FOLDER = mkdtempSync(path.join(tmpdir(), 'damaged-'));
afterAll(() => rmSync(FOLDER, { recursive: true }));

/** Bytes that are overwritten, by their place as a share of the file, and how much of it is left. */
const DAMAGE = fc.record({
  at: fc.array(fc.tuple(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.nat(255)), {
    minLength: 1,
    maxLength: 12,
  }),
  left: fc.oneof({ weight: 4, arbitrary: fc.constant(1) }, fc.double({ min: 0.05, max: 1, noNaN: true })),
});
type Damage = typeof DAMAGE extends fc.Arbitrary<infer One> ? One : never;

function damaged(whole: Uint8Array, { at, left }: Damage): Uint8Array {
  const bytes = Uint8Array.from(whole.subarray(0, Math.ceil(whole.length * left)));
  for (const [place, value] of at) bytes[Math.floor(place * bytes.length)] = value;
  return bytes;
}

/** Opens what was damaged: either it can be read or there is a word for it. */
async function expectAWord(bytes: Uint8Array): Promise<void> {
  const file = path.join(FOLDER, 'list');
  writeFileSync(file, bytes);
  const head = await readHead({ kind: 'file', path: file, name: 'list' }, {});
  if (head.ok) expect(head.value.rows.length).toBeGreaterThan(0);
  else expect(head.error.code).toMatch(/^FILE_(?:DAMAGED|EMPTY|TOO_LARGE)$/);
}

it.each([
  'typed-cells.xlsx',
  'typed-cells.xls',
  'typed-cells.ods',
  'plain.xlsb',
  'v21.vcf',
  'utf16le-bom.txt',
])('a damaged %s is read or refused', async (name) => {
  const whole = readFileSync(path.join(FIXTURES, name));
  await fc.assert(
    fc.asyncProperty(DAMAGE, (damage) => expectAWord(damaged(whole, damage))),
    { numRuns: 25 },
  );
});

it.each([
  ['typed-cells.xlsx', 'xl/worksheets/sheet1.xml'],
  ['typed-cells.xlsx', 'xl/workbook.xml'],
  ['typed-cells.xlsx', 'xl/styles.xml'],
  ['typed-cells.ods', 'content.xml'],
])('%s with a damaged %s inside is read or refused', async (name, part) => {
  const parts = unzipSync(readFileSync(path.join(FIXTURES, name)));
  await fc.assert(
    fc.asyncProperty(DAMAGE, (damage) =>
      expectAWord(
        zipSync({ ...parts, [part]: damaged(parts[part] ?? new Uint8Array(), damage) }, { level: 0 }),
      ),
    ),
    { numRuns: 25 },
  );
});
