import type { CampaignView } from '#shared/ipc/campaign-view.ts';
import { TAKEN_STATES } from '#shared/sms/message-state.ts';
import { countOf } from '../../lib/sending-counts.ts';
import type { Segment } from '../../ui/progress-segment.ts';

/** Where the messages of a sending are, as one bar. */
export const segmentsOf = ({ counts }: Pick<CampaignView, 'counts'>): Segment[] => [
  { key: 'taken', tone: 'ok', value: countOf(counts, TAKEN_STATES) },
  { key: 'uncertain', tone: 'ask', value: countOf(counts, ['uncertain']) },
  { key: 'refused', tone: 'bad', value: countOf(counts, ['refused']) },
];
