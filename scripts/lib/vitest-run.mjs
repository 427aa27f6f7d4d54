import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';

import { inRoot } from './paths.mjs';

/** @typedef {{ passed: number, failed: number }} Counts */

/**
 * Where the results of a run are written as JSON.
 * @param {string} report
 */
const reportFile = (report) => inRoot('out', 'test', `${report}.json`);

/**
 * The arguments for Node that run one of the projects of `vitest.config.ts`, readable on the screen and as JSON
 * in `reportFile(report)`. An old report is removed, so that it cannot be taken for the new one.
 * @param {string} project
 * @param {string[]} [extra] more arguments for vitest, such as a file name
 * @param {string} [report] name of the report, where a project runs in several pieces
 */
export function vitestArguments(project, extra = [], report = project) {
  mkdirSync(inRoot('out', 'test'), { recursive: true });
  rmSync(reportFile(report), { force: true });
  return [
    inRoot('node_modules', 'vitest', 'vitest.mjs'),
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${reportFile(report)}`,
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
 * @param {string} report
 * @param {number} exitCode
 * @returns {Counts}
 */
export function readCounts(report, exitCode) {
  const file = reportFile(report);
  return countReport(existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined, exitCode);
}
