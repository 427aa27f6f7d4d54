import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { normaliseMsisdn } from '#shared/phone/msisdn.ts';
import { readRows } from '../../../main/engine/files/read.ts';
import { writeCsv } from '../../../main/engine/files/write-csv.ts';
import { writeVcf } from '../../../main/engine/files/write-vcf.ts';
import { writeXlsx } from '../../../main/engine/files/write-xlsx.ts';

const FOLDER = mkdtempSync(path.join(tmpdir(), 'written-'));
afterAll(() => rmSync(FOLDER, { recursive: true }));
let place = '';
let turn = 0;
beforeEach(() => {
  place = path.join(FOLDER, String(++turn));
  mkdirSync(place);
});

async function readBack(file: string): Promise<string[][]> {
  const rows: string[][] = [];
  const done = await readRows({ kind: 'file', path: file, name: path.basename(file) }, {}, (batch) => {
    rows.push(...batch.rows.map((row) => row.cells));
  });
  expect(done.ok).toBe(true);
  return rows;
}

const NUMBER = fc.constantFrom('8801712345678', '971501234567', '14155552671');
const CELL = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.string({ unit: fc.constantFrom(...`='+-@"',;|\t\n 0171রহিম👍`) }),
  fc.constantFrom(
    '=1+1',
    '+880',
    '@x',
    "'=2",
    "''+3",
    '"',
    'a"b',
    'line\nline',
    '＝1',
    ' x ',
    '_x0041_',
    '<&>',
  ),
);
/** What neither format can carry: NUL, lone line ends of another kind, other controls. */
const carried = (text: string): string =>
  text.replace(/\r\n?/g, '\n').replace(/[^\P{Cc}\t\n]|[\ufffe\uffff]/gu, '');
const TABLE = fc.array(fc.tuple(CELL.map(carried), NUMBER), { minLength: 1, maxLength: 8 });

describe.each([
  ['csv', writeCsv],
  ['xlsx', writeXlsx],
] as const)('%s', (format, write) => {
  it('comes back as it was: every cell, every number', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(TABLE, async (table) => {
        const file = path.join(place, `${++run}.${format}`);
        const written = await write({
          path: file,
          header: ['Number', 'Text', 'End'],
          rows: table.map(([text, number]) => [number, text, 'end']),
          numberColumns: new Set([0]),
        });
        expect(written).toEqual({ ok: true, value: { rows: table.length } });
        const rows = await readBack(file);
        expect(rows[0]).toEqual(['Number', 'Text', 'End']);
        table.forEach(([text, number], at) => {
          const cells = rows[at + 1] ?? [];
          expect(normaliseMsisdn(cells[0] ?? '')).toMatchObject({ value: { msisdn: number } });
          // A workbook has no cell where there are only blanks.
          expect(cells[1]).toBe(format === 'xlsx' && text.trim() === '' ? '' : text);
          expect(cells[2]).toBe('end');
        });
      }),
      { numRuns: format === 'csv' ? 80 : 25 },
    );
  });

  it('leaves nothing and keeps the old file when it is cancelled', async () => {
    const file = path.join(place, `old.${format}`);
    writeFileSync(file, 'old');
    const stop = new AbortController();
    const writing = write({
      path: file,
      header: ['Name'],
      rows: Array.from({ length: 5_000 }, (_, at) => [`Person ${at}`]),
      numberColumns: new Set(),
      onProgress: () => stop.abort(),
      signal: stop.signal,
    });
    await expect(writing).rejects.toThrow(/abort/i);
    expect(readFileSync(file, 'utf8')).toBe('old');
    expect(readdirSync(place)).toEqual([`old.${format}`]);
  });

  it('says that the place cannot be written', async () => {
    const table = { header: ['a'], rows: [], numberColumns: new Set<number>() };
    expect(await write({ ...table, path: path.join(place, 'no/such/folder', `x.${format}`) })).toMatchObject({
      error: { code: 'FILE_NOT_WRITTEN' },
    });
  });

  it('leaves nothing when the rows break off', async () => {
    function* rows(): Generator<string[]> {
      yield ['one'];
      throw new Error('store closed');
    }
    const table = { header: ['a'], rows: rows(), numberColumns: new Set<number>() };
    await expect(write({ ...table, path: path.join(place, `x.${format}`) })).rejects.toThrow('store closed');
    expect(readdirSync(place)).toEqual([]);
  });
});

it('writes CSV as spreadsheets want it', async () => {
  const file = path.join(place, 'contacts.csv');
  await writeCsv({
    path: file,
    header: ['Name', 'Numbers'],
    rows: [
      ['=HYPERLINK("x")', '8801712345678; 971501234567'],
      ['রহিম, "Raju"', 'later'],
    ],
    numberColumns: new Set([1]),
  });
  expect(readFileSync(file, 'utf8')).toBe(
    '\ufeffName,Numbers\r\n' +
      `"'=HYPERLINK(""x"")","01712-345678; 00971501-234567"\r\n` +
      '"রহিম, ""Raju""",later\r\n',
  );
});

it('reports how many rows are written', async () => {
  const told: number[] = [];
  await writeCsv({
    path: path.join(place, 'many.csv'),
    header: ['a'],
    rows: Array.from({ length: 1_200 }, () => ['x']),
    numberColumns: new Set(),
    onProgress: (rows) => told.push(rows),
  });
  expect(told).toEqual([500, 1_000, 1_200]);
});

describe('vcf', () => {
  it('folds between characters and comes back as it was', async () => {
    const file = path.join(place, 'people.vcf');
    const note = 'একটি দীর্ঘ মন্তব্য; কমা, আর \\ চিহ্ন\nদ্বিতীয় লাইন '.repeat(6).trim();
    const cards = [
      {
        name: 'রহিম; উদ্দিন',
        numbers: ['8801712345678', '8801812345678'],
        note,
        groups: ['Staff', 'শিক্ষক'],
        more: [{ name: 'Fee', value: '500' }],
      },
      { name: '', numbers: ['8801912345678'], note: '', groups: [], more: [] },
    ];
    expect(await writeVcf({ path: file, cards })).toEqual({ ok: true, value: { rows: 2 } });
    const bytes = readFileSync(file);
    for (const line of bytes.toString('utf8').split('\r\n'))
      expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(bytes.includes('\ufffd')).toBe(false);
    const rows = await readBack(file);
    expect(rows.slice(1).map((row) => [row[0], row[1], row[7] ?? '', row[8] ?? ''])).toEqual([
      ['রহিম; উদ্দিন', '+8801712345678; +8801812345678', 'Staff; শিক্ষক', `${note}\nFee: 500`],
      ['+8801912345678', '+8801912345678', '', ''],
    ]);
  });
});
