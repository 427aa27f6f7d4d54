import { i18n } from '../../i18n/i18n.svelte.ts';
import { reasonWords } from '../../lib/message-explanation.ts';

/** Why a row is rejected, in the language in use: a reason of the import, or one of the number. */
export function problemWords(problem: string): string {
  const known: Readonly<Record<string, string>> = i18n.t.imports.problems;
  return Object.hasOwn(known, problem) ? (known[problem] ?? problem) : reasonWords(problem);
}

/** What was mended to read a number, in the language in use. */
export function repairWords(repairs: readonly string[]): string {
  const known: Readonly<Record<string, string>> = i18n.t.imports.repairs;
  return i18n.list(repairs.map((one) => known[one] ?? one));
}
