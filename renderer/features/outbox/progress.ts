import type { CampaignView } from '#shared/ipc/campaigns.ts';
import { OPEN_STATES, TAKEN_STATES, type MessageState } from '#shared/sms/message-state.ts';
import type { Tone } from '../../ui/state-look.ts';

/** Where the messages of a sending are, as one bar and in numbers. */
export type Progress = {
  /** Messages that have left for good, of those that are to be sent at all. */
  readonly done: number;
  readonly total: number;
  readonly segments: readonly { key: string; tone: Tone; value: number }[];
};

/** How far the handing over of a sending is. */
export function progressOf({ counts, planned }: Pick<CampaignView, 'counts' | 'planned'>): Progress {
  const count = (states: readonly MessageState[]): number =>
    states.reduce((sum, state) => sum + (counts[state] ?? 0), 0);
  const total = planned - count(['left-out', 'cancelled']);
  return {
    done: total - count(OPEN_STATES),
    total,
    segments: [
      { key: 'taken', tone: 'ok', value: count(TAKEN_STATES) },
      { key: 'uncertain', tone: 'ask', value: count(['uncertain']) },
      { key: 'refused', tone: 'bad', value: count(['refused']) },
    ],
  };
}

/** Messages of a sending that have not left: what cancelling the rest takes back. A gateway has taken what it holds for later. */
export function unsentOf({ counts, phase, heldBy }: CampaignView): number {
  const isAtGateway = phase === 'scheduled' && heldBy === 'gateway';
  return (counts.held ?? 0) + (counts.queued ?? 0) + (isAtGateway ? (counts.accepted ?? 0) : 0);
}
