import type { CampaignPhase, CampaignView } from '#shared/ipc/campaign-view.ts';
import { handedOver } from '../../lib/sending-counts.ts';

/** Where a campaign stands for the user: its phase, where what was called off is not simply finished. */
export type Standing = CampaignPhase | 'undone' | 'cancelled';

/** Where a campaign stands. */
export function standingOf(view: Pick<CampaignView, 'phase' | 'counts' | 'takenBack'>): Standing {
  if (view.phase !== 'finished' || (view.counts.cancelled ?? 0) === 0) return view.phase;
  return view.takenBack === true ? 'undone' : 'cancelled';
}

/** Whether a campaign is over and not one message of it ever left, so that it has no cost. */
export const neverLeft = (view: Pick<CampaignView, 'phase' | 'counts' | 'planned'>): boolean =>
  view.phase === 'finished' && (view.counts.cancelled ?? 0) > 0 && handedOver(view).done === 0;
