import { inRoot } from './paths.mjs';
import { runNode } from './run.mjs';
import { checkSvelteTypes } from './svelte-types.mjs';

/** How many checks run at a time: the machines this is for have two cores. */
const AT_ONCE = 2;

/**
 * A check done by a script that says what is wrong and ends with a code.
 * @param {...string} args the script and its arguments
 */
const script =
  (...args) =>
  async () => {
    const { code, output } = await runNode(args, { capture: true, check: false });
    return code === 0 ? '' : output.trim() || `ended with code ${code}`;
  };

/**
 * A check done by a tool of `node_modules`.
 * @param {string[]} path of the tool's script below `node_modules`
 * @param {...string} args
 */
const tool = (path, ...args) => script(inRoot('node_modules', ...path), ...args);

/** What these remember between runs is keyed by content, so it cannot make them overlook anything. */
const memory = (name) => inRoot('out', 'check', name);

const tsc = (folder) => {
  const remembered = ['--incremental', '--tsBuildInfoFile', memory(`${folder}.tsbuildinfo`)];
  return tool(['typescript', 'bin', 'tsc'], '-p', folder, ...remembered);
};

/** @typedef {{ name: string, run: () => Promise<string> }} Check `run` gives what is wrong, empty when nothing is */

/** @type {Check[]} the longest first, so that none is left over at the end */
const CHECKS = [
  { name: 'types and lint', run: script(inRoot('scripts', 'lib', 'types-and-lint.mjs')) },
  { name: 'types: renderer', run: checkSvelteTypes },
  { name: 'types: main', run: tsc('main') },
  { name: 'dead code', run: tool(['knip', 'bin', 'knip.js'], '--no-config-hints') },
  {
    name: 'architecture',
    run: tool(
      ['dependency-cruiser', 'bin', 'dependency-cruise.mjs'],
      '--config',
      '.dependency-cruiser.cjs',
      'shared',
      'main',
      'renderer',
    ),
  },
  { name: 'types: shared', run: tsc('shared') },
  { name: 'types: scripts', run: tsc('scripts') },
];

/** @type {Check} apart from the others because it is slow and its remedy is a command, not a thought */
const FORMAT = {
  name: 'format (remedy: npm run format)',
  run: tool(
    ['prettier', 'bin', 'prettier.cjs'],
    '--check',
    '--log-level',
    'warn',
    '--cache',
    '--cache-strategy',
    'content',
    '--cache-location',
    memory('prettier'),
    '.',
  ),
};

/**
 * Runs every static check, two at a time, and prints one line for each as it ends (with what is wrong, if so).
 * @param {{ format: boolean }} options `format`: the layout of files as well
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function runChecks({ format }) {
  const counts = { passed: 0, failed: 0 };
  const queue = format ? [...CHECKS, FORMAT] : [...CHECKS];
  const worker = async () => {
    for (let check = queue.shift(); check; check = queue.shift()) {
      const started = performance.now();
      const complaint = await check.run().catch((error) => String(error));
      counts[complaint ? 'failed' : 'passed'] += 1;
      const seconds = ((performance.now() - started) / 1000).toFixed(1).padStart(5);
      console.log(
        `${complaint ? '✗' : '✓'} ${seconds} s  ${check.name}${complaint ? `\n${complaint}\n` : ''}`,
      );
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return counts;
}
