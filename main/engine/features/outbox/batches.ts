import { randomUUID } from 'node:crypto';
import type { ClaimedRow } from './queries.ts';
import type { Batch } from './settle.ts';

/** Groups claimed rows into requests: one campaign (so one text and sender) each, at most `perRequest` recipients. */
export function toBatches(
  rows: readonly ClaimedRow[],
  perRequest: number,
  claimed: Pick<Batch, 'startedAt' | 'order'>,
  sendAtOf: (campaignId: number) => number | null,
): Batch[] {
  const byCampaign = new Map<number, ClaimedRow[]>();
  for (const row of rows) {
    const group = byCampaign.get(row.campaign_id);
    if (group) group.push(row);
    else byCampaign.set(row.campaign_id, [row]);
  }
  const batches: Batch[] = [];
  for (const [campaignId, group] of byCampaign) {
    const sendAt = sendAtOf(campaignId);
    for (let i = 0; i < group.length; i += perRequest) {
      const rows = group.slice(i, i + perRequest);
      batches.push({ ...claimed, campaignId, sendAt, bulkId: randomUUID(), rows });
    }
  }
  return batches;
}
