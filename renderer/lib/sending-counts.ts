import type { CampaignView, StateCounts } from '#shared/ipc/campaigns.ts';
import { OPEN_STATES, type MessageState } from '#shared/sms/message-state.ts';

/** How many messages are in one of `states`. */
export function countOf(counts: StateCounts, states: readonly MessageState[]): number {
  return states.reduce((sum, state) => sum + (counts[state] ?? 0), 0);
}

/** How far the handing over is: of the messages that are to be sent at all, how many have left for good. */
export function handedOver({ counts, planned }: Pick<CampaignView, 'counts' | 'planned'>): {
  done: number;
  total: number;
} {
  const total = planned - countOf(counts, ['left-out', 'cancelled']);
  return { done: total - countOf(counts, OPEN_STATES), total };
}

/** Messages that have not left: what cancelling the rest takes back. A gateway has taken what it holds for later. */
export function unsentOf({
  counts,
  phase,
  heldBy,
}: Pick<CampaignView, 'counts' | 'phase' | 'heldBy'>): number {
  const isAtGateway = phase === 'scheduled' && heldBy === 'gateway';
  return countOf(counts, isAtGateway ? ['held', 'queued', 'accepted'] : ['held', 'queued']);
}
