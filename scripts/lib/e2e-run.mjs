import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';

import { displayEnvironment } from './display.mjs';
import { runInKeyringSession } from './keyring-session.mjs';
import { inRoot, root } from './paths.mjs';
import { readCounts, vitestArguments } from './vitest-run.mjs';

/** Two at once on Linux, where each has a display and a keychain of its own; elsewhere they would share the person's. */
const LANES = process.platform === 'linux' ? 2 : 1;

/**
 * Runs vitest once over e2e tests, in the real Electron, on a display and beside a keychain of their own.
 * @param {string} executable Electron's, handed to the tests as MIM_ELECTRON
 * @param {string[]} extra arguments for vitest
 * @param {string} report name of the report
 * @returns {Promise<number>} vitest's exit code
 */
async function runOnce(executable, extra, report) {
  const screen = await displayEnvironment();
  try {
    return await runInKeyringSession([process.execPath, ...vitestArguments('e2e', extra, report)], {
      cwd: root,
      env: { ...screen.env, MIM_ELECTRON: executable },
    });
  } finally {
    screen.stop();
  }
}

/** Every e2e file, the longest first, so that no long one is left for the end. */
function everyFile() {
  const folder = inRoot('tests', 'e2e');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.e2e.ts'))
    .map((name) => ({ name, size: statSync(path.join(folder, name)).size }))
    .sort((a, b) => b.size - a.size)
    .map(({ name }) => name);
}

/**
 * Runs every e2e file, two at once where they can be kept apart: most of their time is waiting.
 * @param {string} executable Electron's
 * @returns {Promise<import('./vitest-run.mjs').Counts>}
 */
export async function runEndToEnd(executable) {
  const waiting = everyFile();
  const total = { passed: 0, failed: 0 };
  const lane = async () => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      const report = `e2e-${path.basename(name, '.e2e.ts')}`;
      const { passed, failed } = readCounts(report, await runOnce(executable, [`tests/e2e/${name}`], report));
      total.passed += passed;
      total.failed += failed;
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return total;
}

/**
 * Runs chosen e2e tests one after the other.
 * @param {string} executable Electron's
 * @param {string[]} args for vitest, such as file names
 * @returns {Promise<number>} vitest's exit code
 */
export const runChosen = (executable, args) => runOnce(executable, args, 'e2e');
