import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { inRoot } from './paths.mjs';
import { runNode } from './run.mjs';

const folder = inRoot('out', 'check');
const CANARY = 'Canary.svelte';

/** @typedef {{ type: string, filename: string, start: { line: number, character: number }, message: string }} Finding */

/**
 * Reads the findings out of svelte-check's line format (a time stamp, then one JSON object a line).
 * @param {string} output
 * @returns {Finding[]}
 */
export function parseFindings(output) {
  return output.split('\n').flatMap((line) => {
    const start = line.indexOf('{');
    if (start < 0 || !/^\d+ /.test(line)) return [];
    const value = JSON.parse(line.slice(start));
    return value.type === 'ERROR' || value.type === 'WARNING' ? [value] : [];
  });
}

/**
 * Sets the planted error apart from real findings.
 * @param {Finding[]} findings
 * @returns {{ canaryFound: boolean, rest: Finding[] }}
 */
export function sortFindings(findings) {
  const isCanary = (finding) => path.basename(finding.filename) === CANARY;
  return { canaryFound: findings.some(isCanary), rest: findings.filter((finding) => !isCanary(finding)) };
}

/**
 * Checks the types of everything in `renderer`. A component with a planted type error is checked along with it:
 * a checker that does not see that one sees nothing, and its silence is no proof.
 * @returns {Promise<string>} what is wrong, empty when nothing is
 */
export async function checkSvelteTypes() {
  mkdirSync(folder, { recursive: true });
  const planted = '<script lang="ts">\n  const planted: number = \'not a number\';\n</script>\n\n{planted}\n';
  writeFileSync(path.join(folder, CANARY), planted);
  const config = {
    extends: '../../renderer/tsconfig.json',
    include: ['../../renderer', '../../shared', `./${CANARY}`],
  };
  writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify(config));

  const script = inRoot('node_modules', 'svelte-check', 'bin', 'svelte-check');
  const args = [
    '--workspace',
    '.',
    '--tsconfig',
    path.join(folder, 'tsconfig.json'),
    '--output',
    'machine-verbose',
  ];
  const { output } = await runNode([script, ...args], { capture: true, check: false });
  const { canaryFound, rest } = sortFindings(parseFindings(output));
  const lines = rest.map(
    ({ filename, start, message }) => `${filename}:${start.line + 1}:${start.character + 1} ${message}`,
  );
  if (!canaryFound)
    lines.push(`svelte-check did not see the planted type error, so it proves nothing:\n${output}`);
  return lines.join('\n');
}
