import { ERROR_CODES, type ErrorCode } from '#shared/errors.ts';
import type { LookupRow } from '#shared/ipc/lookups.ts';
import { gsmErrorById } from '#shared/sms/error-catalogue.ts';
import { i18n } from '../../i18n/i18n.svelte.ts';
import { problemOf } from './facts.ts';

/** A problem in plain words, and the code that it came as, where the words stand for one. */
export type ProblemText = { readonly text: string; readonly code: string | null };

/** What is wrong with a number, in the language in use; empty when nothing is. A code that nobody knows stays as it came. */
export function problemText(
  row: Pick<LookupRow, 'facts' | 'problem'>,
  titleOf: (code: ErrorCode) => string,
): ProblemText {
  const words = i18n.t.lookups;
  const { facts, problem } = row;
  if (facts === null && problem === null) return { text: words.asked, code: null };
  if (problem === 'no-answer') return { text: words.noAnswer, code: null };
  const ours = ERROR_CODES.find((known) => known === problem);
  if (ours) return { text: titleOf(ours), code: null };
  const name = problemOf(row);
  const error = problem === null && facts?.errorId ? gsmErrorById(facts.errorId) : null;
  if (error) return { text: error.explain[i18n.language], code: `${name} (${String(error.id)})` };
  return { text: facts?.permanent && name !== '' ? `${name} (${words.permanent})` : name, code: null };
}
