import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { afterAll, expect, it } from 'vitest';
import { cleanRow } from '../../../main/engine/files/clean-row.ts';
import { readHead, readRows } from '../../../main/engine/files/read.ts';
import type { FileRow } from '../../../main/engine/files/types.ts';

const FOLDER = mkdtempSync(path.join(tmpdir(), 'lists-'));
afterAll(() => rmSync(FOLDER, { recursive: true }));
const PLAIN = path.join(import.meta.dirname, '../../fixtures/imports/plain.xlsx');

const MEGABYTE = 1_048_576;
const file = (name: string, content: string | Uint8Array) => {
  const at = path.join(FOLDER, name);
  writeFileSync(at, content);
  return { kind: 'file', path: at, name } as const;
};
const grown = (name: string, start: string | Uint8Array, megabytes: number) => {
  const made = file(name, start);
  truncateSync(made.path, megabytes * MEGABYTE);
  return made;
};

async function rowsOf(input: Parameters<typeof readRows>[0]): Promise<FileRow[]> {
  const rows: FileRow[] = [];
  await readRows(input, {}, (batch) => {
    rows.push(...batch.rows);
  });
  return rows;
}

const line = (index: number): string => `Person ${index},017${String(index).padStart(8, '0')}\n`;
const lines = (count: number): string => Array.from({ length: count }, (_, index) => line(index)).join('');

it('refuses files beyond the limits before reading them, and says the limit', async () => {
  expect(await readHead(grown('large.csv', 'Name,Mobile\n', 501), {})).toMatchObject({
    error: { code: 'FILE_TOO_LARGE', facts: { limit: 500 } },
  });
  expect(await readHead(grown('large.xlsx', strToU8('PK\x03\x04'), 61), {})).toMatchObject({
    error: { code: 'FILE_TOO_LARGE', facts: { limit: 60 } },
  });
  expect(await readHead(grown('large.vcf', 'BEGIN:VCARD\n', 201), {})).toMatchObject({
    error: { code: 'FILE_TOO_LARGE', facts: { limit: 200 } },
  });
});

it('reads the beginning of 300 MB at once', async () => {
  const started = performance.now();
  const head = await readHead(grown('sparse.csv', `Name,Mobile\n${lines(20_000)}`, 300), {});
  expect(head).toMatchObject({ ok: true, value: { delimiter: ',', bytes: 300 * MEGABYTE } });
  expect(performance.now() - started).toBeLessThan(10_000);
});

it('refuses bombs by what their directory says', async () => {
  const sheet = new Uint8Array(11 * MEGABYTE).fill(0x20);
  const bomb = zipSync({
    '[Content_Types].xml': strToU8('<Types/>'),
    'xl/workbook.xml': strToU8('<workbook/>'),
    'xl/worksheets/sheet1.xml': sheet,
  });
  expect(await readHead(file('bomb.xlsx', bomb), {})).toMatchObject({ error: { code: 'FILE_TOO_LARGE' } });
  const many = Object.fromEntries(
    Array.from({ length: 10_001 }, (_, at) => [`xl/a${at}.xml`, new Uint8Array(0)]),
  );
  expect(await readHead(file('many.xlsx', zipSync(many, { level: 0 })), {})).toMatchObject({
    error: { code: 'FILE_TOO_LARGE' },
  });
});

/** A workbook of one name and one number, whose directory gives a part another size. */
function declared(part: string, megabytes: number): Buffer {
  const parts = unzipSync(readFileSync(PLAIN));
  const zip = Buffer.from(zipSync({ ...parts, [part]: parts[part] ?? new Uint8Array(64) }));
  // The last place of the name is the one in the directory; 22 bytes before it stands the size unpacked.
  zip.writeUInt32LE(megabytes * MEGABYTE, zip.lastIndexOf(part) - 22);
  return zip;
}

it('counts what a workbook takes unpacked without what nobody reads, and says so', async () => {
  expect(await readHead(file('picture.xlsx', declared('xl/media/image1.png', 900)), {})).toMatchObject({
    ok: true,
    value: { format: 'xlsx' },
  });
  expect(await readHead(file('sheet.xlsx', declared('xl/worksheets/sheet1.xml', 151)), {})).toMatchObject({
    error: { code: 'FILE_TOO_LARGE', facts: { limit: 150, actual: 152, detail: 'unpacked' } },
  });
});

it('cuts a gigantic cell in memory and says where it stands', async () => {
  const rows = await rowsOf(
    file('cell.csv', `Name,Mobile\n${'x'.repeat(6 * MEGABYTE)},01712345678\n${line(1)}`),
  );
  expect(rows).toHaveLength(3);
  expect(rows[1]?.cells[0]).toHaveLength(32_769);
  const mapping = { header: true, columns: [{ to: 'name' as const }, { to: 'number' as const }] };
  expect(cleanRow(rows[1] ?? { row: 0, cells: [] }, mapping)).toMatchObject({
    problem: 'cell-too-long',
    column: 0,
  });
  expect(rows[2]?.cells).toEqual(['Person 1', '01700000001']);
});

it('keeps every row behind a quote that is never closed', async () => {
  const rows = await rowsOf(file('quote.csv', `Name,Mobile\n"Rahim,01712345678\n${lines(50_000)}`));
  expect(rows).toHaveLength(50_002);
  expect(rows.at(-1)?.cells).toEqual(['Person 49999', '01700049999']);
});

it('is not slowed down by a broken quote in every line', async () => {
  const broken = Array.from(
    { length: 20_000 },
    (_, index) => `"Person ${index},017${String(index).padStart(8, '0')}\n`,
  );
  const started = performance.now();
  const rows = await rowsOf(file('quotes.csv', `Name,Mobile\n${broken.join('')}`));
  expect(rows).toHaveLength(20_001);
  expect(performance.now() - started).toBeLessThan(20_000);
});

it('waits for each batch, counts to the end and stops when it is told to', async () => {
  const input = file('batches.csv', lines(30_000));
  let open = 0;
  let most = 0;
  const fractions: number[] = [];
  await readRows(input, {}, async ({ fraction, rows }) => {
    most = Math.max(most, ++open);
    expect(rows.length).toBeLessThanOrEqual(1_000);
    fractions.push(fraction);
    await Promise.resolve();
    open--;
  });
  expect(most).toBe(1);
  expect(fractions).toHaveLength(30);
  expect(fractions).toEqual([...fractions].sort((one, other) => one - other));
  expect(fractions.at(-1)).toBe(1);

  const stop = new AbortController();
  let given = 0;
  const reading = readRows(
    input,
    {},
    () => {
      given++;
      stop.abort();
    },
    stop.signal,
  );
  await expect(reading).rejects.toThrow(/abort/i);
  expect(given).toBe(1);
});

it('says that a file is not there', async () => {
  const gone = { kind: 'file', path: path.join(FOLDER, 'gone.csv'), name: 'gone.csv' } as const;
  expect(await readHead(gone, {})).toMatchObject({
    error: { code: 'FILE_NOT_READ', facts: { detail: 'ENOENT' } },
  });
  const folder = { kind: 'file', path: FOLDER, name: 'folder' } as const;
  expect(await readHead(folder, {})).toMatchObject({ error: { code: 'FILE_NOT_READ' } });
});

it('puts characters together that two pieces of a file share', async () => {
  const name = 'মোহাম্মদ রফিকুল ইসলাম 👨‍👩‍👧';
  const text = `নাম,মোবাইল\n${Array.from({ length: 9_000 }, (_, at) => `${name} ${at},01712345678`).join('\n')}\n`;
  for (const encoding of ['utf8', 'utf16le'] as const) {
    const rows = await rowsOf(file(`shared-${encoding}.csv`, Buffer.from(text, encoding)));
    expect(rows).toHaveLength(9_001);
    expect(rows.every((row, at) => at === 0 || row.cells[0] === `${name} ${at - 1}`)).toBe(true);
  }
});
