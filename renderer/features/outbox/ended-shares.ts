import type { CampaignView } from '#shared/ipc/campaign-view.ts';
import { countOf } from '../../lib/sending-counts.ts';
import type { Segment } from '../../ui/progress-segment.ts';

/** How the messages of a sending fared that has nothing left to hand over, as three numbers that are also the shares of its bar. */
export const endedShares = ({
  counts,
}: Pick<CampaignView, 'counts'>): (Segment & { readonly key: 'sent' | 'failed' | 'uncertain' })[] => [
  {
    key: 'sent',
    tone: 'ok',
    value: countOf(counts, ['accepted', 'at-operator', 'delivered', 'no-final-report']),
  },
  {
    key: 'failed',
    tone: 'bad',
    value: countOf(counts, ['refused', 'rejected', 'undeliverable', 'expired']),
  },
  { key: 'uncertain', tone: 'ask', value: countOf(counts, ['uncertain']) },
];
