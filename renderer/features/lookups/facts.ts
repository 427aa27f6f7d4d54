import type { LookupRow } from '#shared/ipc/lookups.ts';

/** What a table of results can be restricted to. */
export const RESULT_FILTERS = [
  'all',
  'reachable',
  'unreachable',
  'ported',
  'roaming',
  'open',
  'problem',
] as const;
/** One of {@link RESULT_FILTERS}. */
export type ResultFilter = (typeof RESULT_FILTERS)[number];

/** What went wrong with a number: our own code, or the network's word; empty when nothing did. */
export const problemOf = (row: Pick<LookupRow, 'facts' | 'problem'>): string =>
  row.problem ?? (row.facts?.errorId ? (row.facts.errorName ?? String(row.facts.errorId)) : '');

/** Whether a row belongs to a filter. */
export function isShown(row: LookupRow, filter: ResultFilter): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'reachable':
      return row.facts?.reachable === true;
    case 'unreachable':
      return row.facts?.reachable === false;
    case 'ported':
      return row.facts?.ported === true;
    case 'roaming':
      return row.facts?.roaming === true;
    case 'open':
      return row.facts === null && row.problem === null;
    case 'problem':
      return problemOf(row) !== '';
  }
}

/**
 * One value as a CSV field. What a spreadsheet would take for a formula gets an apostrophe in front; the rest is quoted where
 * it must be (RFC 4180).
 */
function csvField(value: string): string {
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** Lines of a CSV text, each ending with CRLF. */
export const csvOf = (lines: readonly (readonly string[])[]): string =>
  lines.map((line) => `${line.map(csvField).join(',')}\r\n`).join('');
