// `npm test`: everything, from a fresh clone. Its last line is “N passed, N failed”.
// Narrower: `npm test -- --only unit,integration`, with any of check, unit, integration, chaos, component, e2e.
import { findBrowser } from './lib/browser.mjs';
import { runChecks } from './lib/checks.mjs';
import { runEndToEnd } from './lib/e2e-run.mjs';
import { prepare } from './lib/prepare.mjs';
import { fail, runNode } from './lib/run.mjs';
import { readCounts, vitestArguments } from './lib/vitest-run.mjs';

const LEVELS = ['check', 'unit', 'integration', 'chaos', 'component', 'e2e'];

/** @param {string[]} args */
function chosenLevels(args) {
  const at = args.indexOf('--only');
  if (at < 0) return LEVELS;
  const chosen = (args[at + 1] ?? '').split(',');
  const unknown = chosen.filter((level) => !LEVELS.includes(level));
  if (unknown.length > 0) throw new Error(`--only takes ${LEVELS.join(', ')}; not “${unknown.join(', ')}”`);
  return LEVELS.filter((level) => chosen.includes(level));
}

/**
 * @param {string} level
 * @param {string} executable Electron's
 * @returns {Promise<{ passed: number, failed: number }>}
 */
async function runLevel(level, executable) {
  if (level === 'check') return runChecks({ format: true });
  if (level === 'e2e') return runEndToEnd(executable);
  const env = { ...process.env, CHROMIUM_PATH: findBrowser() };
  const { code } = await runNode(vitestArguments(level), { check: false, env });
  return readCounts(level, code);
}

try {
  const levels = chosenLevels(process.argv.slice(2));
  const { executable } = await prepare({ headless: true, browser: levels.includes('component') });
  const total = { passed: 0, failed: 0 };
  const summary = [];
  for (const level of levels) {
    console.log(`\n── ${level} ──`);
    const started = performance.now();
    const { passed, failed } = await runLevel(level, executable);
    total.passed += passed;
    total.failed += failed;
    const seconds = Math.round((performance.now() - started) / 1000);
    summary.push(`${level.padEnd(12)} ${passed} passed, ${failed} failed in ${seconds} s`);
  }
  console.log(`\n${summary.join('\n')}\n`);
  console.log(`${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed ? 1 : 0;
} catch (error) {
  fail(error);
}
