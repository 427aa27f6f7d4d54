import type { StateCounts } from '#shared/ipc/campaign-view.ts';
import { TAKEN_STATES, type MessageState } from '#shared/sms/message-state.ts';
import { countOf } from '../../lib/sending-counts.ts';

/** The words of the equation line; every state of a message belongs to exactly one. */
export const EQUATION_TERMS = [
  'taken',
  'refused',
  'uncertain',
  'submitting',
  'queued',
  'held',
  'cancelled',
  'leftOut',
] as const;
/** One of {@link EQUATION_TERMS}. */
export type EquationTerm = (typeof EQUATION_TERMS)[number];

/** The states that a term of the equation counts. */
export const TERM_STATES: Readonly<Record<EquationTerm, readonly MessageState[]>> = {
  taken: TAKEN_STATES,
  refused: ['refused'],
  uncertain: ['uncertain'],
  submitting: ['submitting'],
  queued: ['queued'],
  held: ['held'],
  cancelled: ['cancelled'],
  leftOut: ['left-out'],
};

/** The terms that are not zero, in the order of the line, each with its number of messages. */
export function equationOf(counts: StateCounts): { term: EquationTerm; count: number }[] {
  return EQUATION_TERMS.map((term) => ({ term, count: countOf(counts, TERM_STATES[term]) })).filter(
    ({ count }) => count > 0,
  );
}
