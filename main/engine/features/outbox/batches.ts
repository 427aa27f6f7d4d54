import { randomUUID } from 'node:crypto';
import type { ClaimedRow } from './rows.ts';
import type { Batch } from './settle.ts';

/**
 * Groups claimed rows into requests: one campaign (so one sender) each, at most `perRequest` recipients, and one text unless the
 * gateway takes several (`differentTexts`). Messages whose earlier attempt may have arrived stay with those of the same bulk, which is
 * sent under the same bulk id again.
 */
export function toBatches(
  rows: readonly ClaimedRow[],
  { perRequest, differentTexts }: { readonly perRequest: number; readonly differentTexts: boolean },
  claimed: Pick<Batch, 'startedAt' | 'order'>,
  campaignOf: (campaignId: number) => Pick<Batch, 'sendAt' | 'urgent'>,
): Batch[] {
  const groups = new Map<string, ClaimedRow[]>();
  for (const row of rows) {
    const text = differentTexts ? '' : (row.own_text ?? '');
    const key = `${row.campaign_id} ${earlierBulk(row) ?? ''} ${text}`;
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  const batches: Batch[] = [];
  for (const group of groups.values()) {
    const [first] = group;
    if (!first) continue;
    const campaignId = first.campaign_id;
    const campaign = campaignOf(campaignId);
    for (let i = 0; i < group.length; i += perRequest) {
      const bulkId = earlierBulk(first) ?? randomUUID();
      batches.push({ ...claimed, ...campaign, campaignId, bulkId, rows: group.slice(i, i + perRequest) });
    }
  }
  return batches;
}

const earlierBulk = (row: ClaimedRow) => (row.uncertain_since === null ? null : row.bulk_id);
