import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { documentTable } from './document-tables.ts';
import { renderProtocols } from './render.ts';
import type { Proof, Row } from './table/row.ts';
import { DOCUMENT_ROWS, PLATFORM_ROWS } from './table/rows.ts';
import { provedBy, testsOf } from './test-titles.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const ROWS = [...DOCUMENT_ROWS, ...PLATFORM_ROWS];
const FIXTURES = path.join(ROOT, 'tests/fixtures/api-document');
const PAGE = path.join(ROOT, 'docs/protocols.md');

/** What is wrong with a proof, or `null`. */
function faultOf({ file, test, case: only }: Proof): string | null {
  const whole = path.join(ROOT, file);
  if (!existsSync(whole)) return `${file} does not exist`;
  const { tests, literals } = testsOf(whole);
  const found = provedBy(tests, test);
  if (found.length === 0) return `${file} has no test “${test}”`;
  if (found.length > 1) return `${file} has ${String(found.length)} tests “${test}”: name their suite`;
  if (found[0]?.runs !== true) return `${file}: “${test}” does not run`;
  if (only !== undefined && !literals.has(only)) return `${file} has no case “${only}”`;
  return null;
}

const faultsOf = ({ id, client, practice }: Row): string[] => [
  ...(client.length === 0 ? [`${id}: nothing proves it on the client`] : []),
  ...(practice.length === 0 ? [`${id}: nothing proves it on the practice gateway`] : []),
  ...[...client, ...practice].map(faultOf).flatMap((fault) => (fault === null ? [] : [`${id}: ${fault}`])),
];

describe('the conformance table', () => {
  it('names a test that runs for every row, on either side', () => {
    expect(ROWS.flatMap(faultsOf)).toEqual([]);
  });

  it('has no id twice', () => {
    const ids = ROWS.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it('says and quotes something in every row', () => {
    const empty = ROWS.filter((row) => [row.section, row.quote, row.says].some((text) => text.trim() === ''));
    expect(empty).toEqual([]);
  });

  it('has every row of the printed tables', () => {
    const count = (kind: Row['kind']): number => DOCUMENT_ROWS.filter((row) => row.kind === kind).length;
    expect([count('status-group'), count('status'), count('error-group'), count('gsm-error')]).toEqual(
      ['status-groups', 'statuses', 'error-groups', 'gsm-errors'].map((name) => documentTable(name).length),
    );
  });

  it('uses every sample of the document, and each of them is there', () => {
    const there = readdirSync(FIXTURES, { recursive: true, encoding: 'utf8' })
      .map((name) => name.replaceAll(path.sep, '/'))
      .filter((name) => /\.(json|url|http|xml|txt)$/.test(name));
    const used = new Set(DOCUMENT_ROWS.flatMap(({ samples = [] }) => samples));
    expect([...used].sort()).toEqual(there.sort());
  });

  it('is what docs/protocols.md shows', async () => {
    const page = await renderProtocols(DOCUMENT_ROWS, PLATFORM_ROWS);
    if (process.env['UPDATE_PROTOCOLS']) writeFileSync(PAGE, page);
    const shown = existsSync(PAGE) ? readFileSync(PAGE, 'utf8') : '';
    expect(shown === page, 'docs/protocols.md is out of date: run `node scripts/protocols.mjs`').toBe(true);
  });
});
