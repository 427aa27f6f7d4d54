import type { StateCounts } from '#shared/ipc/campaigns.ts';
import { OPEN_STATES, TAKEN_STATES, type MessageState } from '#shared/sms/message-state.ts';

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

/** How many messages are in one of `states`. */
export function countOf(counts: StateCounts, states: readonly MessageState[]): number {
  return states.reduce((sum, state) => sum + (counts[state] ?? 0), 0);
}

/** How far the handing over is: of the messages that are to be sent at all, how many have left for good. */
export function handedOver({ counts, planned }: { counts: StateCounts; planned: number }): {
  done: number;
  total: number;
} {
  const total = planned - countOf(counts, ['left-out', 'cancelled']);
  return { done: total - countOf(counts, OPEN_STATES), total };
}

/** The terms that are not zero, in the order of the line, each with its number of messages. */
export function equationOf(counts: StateCounts): { term: EquationTerm; count: number }[] {
  return EQUATION_TERMS.map((term) => ({ term, count: countOf(counts, TERM_STATES[term]) })).filter(
    ({ count }) => count > 0,
  );
}
