import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { cleanRow } from '../../../main/engine/files/clean-row.ts';
import { guessMapping } from '../../../main/engine/files/mapping.ts';
import { readHead, readRows } from '../../../main/engine/files/read.ts';
import type { FileRow, ReadHow } from '../../../main/engine/files/types.ts';
import { CORPUS } from './corpus.ts';

const FOLDER = path.join(import.meta.dirname, '../../fixtures/imports');
const FILES = readdirSync(FOLDER).filter((name) => !name.startsWith('.') && name !== 'README.md');

const input = (name: string) => ({ kind: 'file', path: path.join(FOLDER, name), name }) as const;

async function allRows(name: string, how: ReadHow = {}): Promise<FileRow[]> {
  const rows: FileRow[] = [];
  const done = await readRows(input(name), how, (batch) => {
    rows.push(...batch.rows);
  });
  expect(done).toEqual({ ok: true, value: { rows: rows.length } });
  return rows;
}

async function readAs(name: string): Promise<string> {
  const head = await readHead(input(name), {});
  if (!head.ok) return head.error.code;
  const { format, encoding } = head.value;
  const mapping = guessMapping(head.value.rows, []);
  const rows = await allRows(name);
  expect(rows.slice(0, head.value.rows.length).map((row) => row.cells)).toEqual(head.value.rows);
  const clean = rows.slice(mapping.header ? 1 : 0).map((row) => cleanRow(row, mapping));
  const numbers = clean.flatMap((row) => row.numbers.flatMap((one) => one.msisdn ?? []));
  const problems = new Map<string, number>();
  for (const { problem } of clean) if (problem) problems.set(problem, (problems.get(problem) ?? 0) + 1);
  const found =
    numbers.length > 6 ? String(numbers.length) : numbers.map((one) => one.replace(/^880/, '0')).join(' ');
  return (
    `${format} ${encoding ?? '-'} ${mapping.header ? `heading + ${rows.length - 1}` : rows.length} rows: ` +
    `${found || 'none'}${[...problems].map(([problem, times]) => `; ${times} ${problem}`).join('')}`
  );
}

describe('a list as people have it', () => {
  it.each(FILES)('%s', async (name) => {
    expect(await readAs(name)).toBe(CORPUS[name]);
  });

  it('is described, and nothing else is', () => {
    const described = [...readFileSync(path.join(FOLDER, 'README.md'), 'utf8').matchAll(/^\| `([^`]+)`/gm)];
    expect(described.map(([, name]) => name).sort()).toEqual([...FILES].sort());
    expect(Object.keys(CORPUS).sort()).toEqual([...FILES].sort());
  });
});

describe('cells of workbooks', () => {
  it.each(['typed-cells.xlsx', 'typed-cells.ods', 'typed-cells.xls'])('%s', async (name) => {
    const rows = await allRows(name);
    expect(rows[1]?.cells).toEqual(['Rahim', '8801712345678', '2026-11-22', 'TRUE', '42', '', '12.1']);
    expect(rows[2]?.cells).toEqual(['Karim', '01812345678', '2026-11-22 14:30', 'FALSE', '', '', '0.3']);
  });

  it('counts from 1904 where the workbook does', async () => {
    expect((await allRows('dates-1904.xlsx'))[1]?.cells[2]).toBe('2026-11-22');
  });

  it('keeps a damaged number visible', async () => {
    expect((await allRows('precision-gone.xlsx'))[1]?.cells[1]).toBe('8.801712345678E+16');
  });

  it('lists hidden sheets last, takes the first one with rows and any that is asked for', async () => {
    expect(await readHead(input('sheets-and-hidden.xlsx'), {})).toMatchObject({
      value: { sheets: ['Empty', 'People', 'More', 'Secret'], sheet: 1 },
    });
    expect((await allRows('sheets-and-hidden.xlsx', { sheet: 2 })).map((row) => row.cells)).toEqual([
      ['Mobile'],
      ['01612345678'],
    ]);
    expect((await allRows('sheets-and-hidden.xlsx', { sheet: 3 }))[1]?.cells[0]).toBe('Hidden');
    expect(await readHead(input('sheets-and-hidden.xlsx'), { sheet: 9 })).toMatchObject({
      error: { code: 'FILE_EMPTY' },
    });
  });

  it('numbers rows as the program does', async () => {
    expect((await allRows('gaps.xlsx')).map((row) => row.row)).toEqual([5, 9]);
    expect((await allRows('far-cell.xlsx')).map((row) => row.row)).toEqual([1, 1_048_576]);
  });

  it('keeps blanks and references of text', async () => {
    expect((await allRows('rich-text.xlsx')).map((row) => row.cells)).toEqual([
      ['Name', 'Mobile'],
      [' Rahim & Sons ', '০১৭১২৩৪৫৬৭৮'],
    ]);
  });
});

describe('cells of text', () => {
  it('keeps what is quoted, and the rows behind broken quotes', async () => {
    expect((await allRows('quoted-newlines.csv'))[1]?.cells).toEqual([
      'Rahim "Raju" Uddin',
      '01712345678',
      'House 5\nRoad 3\nDhaka',
    ]);
    expect((await allRows('quote-swallows-rows.csv')).map((row) => row.cells[0])).toEqual([
      'Name',
      'Rahim',
      'Karim',
      'Salma',
      'Jamal',
      'end"',
    ]);
    expect((await allRows('ragged.csv'))[2]?.cells).toEqual([
      'Karim',
      '01812345678',
      'owes',
      'extra',
      'cells',
    ]);
  });

  it('decodes old Windows text and broken UTF-8', async () => {
    expect((await allRows('windows-1252.csv'))[1]?.cells[0]).toBe('José “Pepe”');
    expect((await allRows('broken-utf8-late.csv')).map((row) => row.cells[0])).toEqual([
      'নাম',
      'রহিম',
      'করিম \ufffd',
      'সালমা',
    ]);
  });

  it('reads otherwise when it is told to', async () => {
    expect((await allRows('semicolon.csv', { delimiter: ',' }))[1]?.cells).toEqual([
      'Rahim;01712345678;Mirpur',
      ' Dhaka',
    ]);
    expect((await allRows('utf8-bangla.csv', { encoding: 'windows-1252' }))[0]?.cells[0]).toBe('à¦¨à¦¾à¦®');
  });

  it('takes off the guard of our own export', async () => {
    expect((await allRows('guarded-formula.csv')).map((row) => row.cells[0])).toEqual([
      'Name',
      '=1+1',
      "'=2",
    ]);
  });
});

it('reads every property of a card that a contact has a place for', async () => {
  expect((await allRows('v30-folded.vcf'))[1]?.cells).toEqual([
    'Rahim Uddin',
    '+8801712345678; +880 1812-345678',
    'rahim@example.com',
    'MiM, Sales',
    '',
    '',
    '1990-01-02',
    'Staff; Dhaka',
    'Owes 500, pays on Friday\nsecond line',
  ]);
  expect((await allRows('v21.vcf'))[1]?.cells).toEqual(['রহিম', '01712345678; 029559779']);
  expect((await allRows('v40-uri.vcf'))[1]?.cells[5]).toBe('House 5, Dhaka, 1216, Bangladesh');
  expect((await allRows('agent-inside.vcf'))[1]?.cells).toEqual(['Boss', '01712345678']);
});
