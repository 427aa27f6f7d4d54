import { describe, expect, it } from 'vitest';
import { parseFindings, sortFindings } from '../../../scripts/lib/svelte-types.mjs';
import { table } from '../../../scripts/lib/table.mjs';
import { countReport } from '../../../scripts/lib/vitest-run.mjs';

const file = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map((state) => ({ status: state })),
});

describe('counting a test report', () => {
  it('adds up the tests of all files', () => {
    const report = { testResults: [file('passed', 'passed', 'passed'), file('failed', 'passed', 'failed')] };
    expect(countReport(report, 1)).toEqual({ passed: 3, failed: 1 });
  });

  it('counts a file that did not even load', () => {
    expect(countReport({ testResults: [file('failed'), file('passed', 'passed')] }, 1)).toEqual({
      passed: 1,
      failed: 1,
    });
  });

  it('does not let a skipped test pass for a passed one', () => {
    expect(countReport({ testResults: [file('passed', 'passed', 'skipped')] }, 0)).toEqual({
      passed: 1,
      failed: 1,
    });
  });

  it('counts a run that broke without a failing test, and one that left no report', () => {
    expect(countReport({ testResults: [file('passed', 'passed')] }, 1)).toEqual({ passed: 1, failed: 1 });
    expect(countReport(undefined, 1)).toEqual({ passed: 0, failed: 1 });
    expect(countReport(undefined, 0)).toEqual({ passed: 0, failed: 1 });
  });
});

describe('findings of the component checker', () => {
  const line = (type: string, filename: string) =>
    `1732270000000 ${JSON.stringify({ type, filename, start: { line: 1, character: 2 }, message: 'wrong' })}`;

  it('tells the planted error from real ones', () => {
    const output = [
      '1732270000000 START "/repo"',
      line('ERROR', 'out/check/Canary.svelte'),
      line('WARNING', 'renderer/app/App.svelte'),
      '1732270000000 COMPLETED 4 FILES 1 ERRORS 1 WARNINGS 2 FILES_WITH_PROBLEMS',
    ].join('\n');
    const { canaryFound, rest } = sortFindings(parseFindings(output));
    expect(canaryFound).toBe(true);
    expect(rest.map(({ filename }) => filename)).toEqual(['renderer/app/App.svelte']);
  });

  it('notices a checker that sees nothing', () => {
    const output = '1732270000000 COMPLETED 0 FILES 0 ERRORS 0 WARNINGS 0 FILES_WITH_PROBLEMS';
    expect(sortFindings(parseFindings(output)).canaryFound).toBe(false);
  });
});

it('lays a table out in columns', () => {
  expect(
    table(
      ['Number', 'State'],
      [
        ['8801711000001', 'Delivered'],
        ['x', ''],
      ],
    ),
  ).toBe(['Number         State', '─────────────  ─────────', '8801711000001  Delivered', 'x'].join('\n'));
});
