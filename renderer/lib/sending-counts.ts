import type { CampaignView, StateCounts } from '#shared/ipc/campaign-view.ts';
import { OPEN_STATES, type MessageState } from '#shared/sms/message-state.ts';

/** How many messages are in one of `states`. */
export function countOf(counts: StateCounts, states: readonly MessageState[]): number {
  return states.reduce((sum, state) => sum + (counts[state] ?? 0), 0);
}

/** How far the handing over is: of the messages that were to be sent, how many have left for good. Cancelled ones have not. */
export function handedOver({ counts, planned }: Pick<CampaignView, 'counts' | 'planned'>): {
  done: number;
  total: number;
} {
  const total = planned - countOf(counts, ['left-out']);
  return { done: total - countOf(counts, [...OPEN_STATES, 'cancelled']), total };
}

/** The parts of a sending that say where its messages lie. */
type Lying = Pick<CampaignView, 'counts' | 'heldBy' | 'sendAt'>;

/** Messages that the gateway has taken and holds until their time. */
export const atGateway = ({ counts, heldBy, sendAt }: Lying): number =>
  heldBy === 'gateway' && (sendAt ?? 0) > Date.now() ? countOf(counts, ['accepted']) : 0;

/** Messages that have not been sent: what cancelling takes back. What the gateway holds for later is called back there. */
export const unsentOf = (view: Lying): number => countOf(view.counts, ['held', 'queued']) + atGateway(view);

/** Whether there is something left to hold back by pausing. */
export const canPause = ({ phase, counts }: Pick<CampaignView, 'phase' | 'counts'>): boolean =>
  (phase === 'sending' || phase === 'quiet') && countOf(counts, ['held', 'queued']) > 0;

/** What cancelling is: calling back what lies at the gateway, taking back all of it, or keeping the rest from leaving. */
export function cancelKind(view: Lying & Pick<CampaignView, 'planned'>): 'callBack' | 'whole' | 'rest' {
  if (atGateway(view) > 0) return 'callBack';
  const hasBegun = handedOver(view).done + countOf(view.counts, ['submitting', 'uncertain']) > 0;
  return hasBegun ? 'rest' : 'whole';
}
