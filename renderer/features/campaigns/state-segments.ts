import type { StateCounts } from '#shared/ipc/campaign-view.ts';
import type { MessageState } from '#shared/sms/message-state.ts';
import type { Segment } from '../../ui/progress-segment.ts';
import type { Shape, Tone } from '../../ui/state-look.ts';
import { countOf } from '../../lib/sending-counts.ts';
import type { Standing } from './standing.ts';

/**
 * A share of the bar: the states that it counts, and how it looks. One of a single state has that state's name. `soft`: a paler tone
 * beside a share of the same tone.
 */
type Share = {
  readonly name: 'failed' | 'here' | MessageState;
  readonly states: readonly MessageState[];
  readonly tone: Tone;
  readonly shape: Shape;
  readonly soft?: boolean;
};

/** States of messages that did not arrive. */
export const FAILED: readonly MessageState[] = ['refused', 'rejected', 'undeliverable', 'expired'];

/**
 * The shares in the order in which the bar stacks them: what is settled well first, what has not left last. Every state that is to
 * be sent at all belongs to one; what will never leave is in none.
 */
export const SHARES: readonly Share[] = [
  { name: 'delivered', states: ['delivered'], tone: 'ok', shape: 'double-check' },
  { name: 'at-operator', states: ['at-operator'], tone: 'info', shape: 'half' },
  { name: 'accepted', states: ['accepted'], tone: 'info', shape: 'check', soft: true },
  { name: 'no-final-report', states: ['no-final-report'], tone: 'ask', shape: 'ring', soft: true },
  { name: 'uncertain', states: ['uncertain'], tone: 'ask', shape: 'question' },
  { name: 'failed', states: FAILED, tone: 'bad', shape: 'cross' },
  { name: 'here', states: ['held', 'queued', 'submitting'], tone: 'wait', shape: 'clock' },
];

/** The stacked bar of a campaign. What is still here is its empty end. */
export const segmentsOf = (counts: StateCounts): Segment[] =>
  SHARES.filter(({ name }) => name !== 'here').map(({ name, states, tone, soft }) => ({
    key: name,
    tone,
    soft: soft ?? false,
    value: countOf(counts, states),
  }));

/** How it looks beside its word where a campaign stands. */
export const PHASE_LOOK: Readonly<Record<Standing, { tone: Tone; shape: Shape }>> = {
  held: { tone: 'warn', shape: 'clock' },
  scheduled: { tone: 'info', shape: 'clock' },
  quiet: { tone: 'info', shape: 'clock' },
  sending: { tone: 'info', shape: 'arrow' },
  paused: { tone: 'warn', shape: 'pause' },
  review: { tone: 'ask', shape: 'question' },
  'awaiting-reports': { tone: 'info', shape: 'half' },
  finished: { tone: 'ok', shape: 'double-check' },
  undone: { tone: 'wait', shape: 'slash' },
  cancelled: { tone: 'wait', shape: 'slash' },
};
