import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';

import { inRoot } from './paths.mjs';

/** @typedef {{ passed: number, failed: number }} Counts */

/**
 * Where a project's results are written as JSON.
 * @param {string} project
 */
export const reportFile = (project) => inRoot('out', 'test', `${project}.json`);

/**
 * The arguments for Node that run one of the projects of `vitest.config.ts`, readable on the screen and as JSON
 * in `reportFile(project)`. An old report is removed, so that it cannot be taken for the new one.
 * @param {string} project
 * @param {string[]} [extra] more arguments for vitest, such as a file name
 */
export function vitestArguments(project, extra = []) {
  mkdirSync(inRoot('out', 'test'), { recursive: true });
  rmSync(reportFile(project), { force: true });
  return [
    inRoot('node_modules', 'vitest', 'vitest.mjs'),
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${reportFile(project)}`,
    ...extra,
  ];
}

/**
 * Counts a vitest report. A file that failed without a failing test (it did not even load) counts as one failure,
 * and so does a run that ended badly although every test in its report passed. A test that did not run is a
 * failure too: here nothing is skipped on purpose.
 * @param {unknown} report the parsed JSON report; undefined when there is none
 * @param {number} exitCode vitest's own exit code
 * @returns {Counts}
 */
export function countReport(report, exitCode) {
  const files =
    /** @type {{ testResults?: { status: string, assertionResults: { status: string }[] }[] }} */ (
      report ?? {}
    ).testResults;
  const counts = { passed: 0, failed: 0 };
  for (const { status, assertionResults } of files ?? []) {
    const passed = assertionResults.filter((test) => test.status === 'passed').length;
    const failed = assertionResults.length - passed;
    counts.passed += passed;
    counts.failed += failed === 0 && status === 'failed' ? 1 : failed;
  }
  if (counts.failed === 0 && (exitCode !== 0 || files === undefined)) counts.failed = 1;
  return counts;
}

/**
 * Reads and counts the report a run left behind.
 * @param {string} project
 * @param {number} exitCode
 * @returns {Counts}
 */
export function readCounts(project, exitCode) {
  const file = reportFile(project);
  return countReport(existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined, exitCode);
}
