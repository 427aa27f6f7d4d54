import type { CampaignPhase, StateCounts } from '#shared/ipc/campaigns.ts';
import type { MessageState } from '#shared/sms/message-state.ts';
import { STATE_LOOK, type Shape, type Tone } from '../../ui/state-look.ts';

/**
 * States in the order in which the bar stacks them: what is settled first. What has not left is the empty end of the bar;
 * what will never leave is not in it.
 */
const STACKED: readonly MessageState[] = [
  'delivered',
  'at-operator',
  'accepted',
  'submitting',
  'no-final-report',
  'uncertain',
  'expired',
  'undeliverable',
  'rejected',
  'refused',
];

/** The stacked bar of a campaign. */
export const segmentsOf = (counts: StateCounts): { key: string; tone: Tone; value: number }[] =>
  STACKED.map((state) => ({ key: state, tone: STATE_LOOK[state].tone, value: counts[state] ?? 0 }));

/** How a phase looks beside its word. */
export const PHASE_LOOK: Readonly<Record<CampaignPhase, { tone: Tone; shape: Shape }>> = {
  held: { tone: 'warn', shape: 'pause' },
  scheduled: { tone: 'info', shape: 'clock' },
  quiet: { tone: 'info', shape: 'clock' },
  sending: { tone: 'info', shape: 'arrow' },
  paused: { tone: 'warn', shape: 'pause' },
  review: { tone: 'ask', shape: 'question' },
  'awaiting-reports': { tone: 'info', shape: 'half' },
  finished: { tone: 'ok', shape: 'double-check' },
};
