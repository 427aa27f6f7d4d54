import type { Account } from './account.ts';
import { statusView } from './catalogue.ts';
import type { MagicFault } from './magic.ts';
import type { PracticeState, RequestEntry } from './state.ts';
import type { Receipt, Submission } from './submission.ts';

/**
 * Makes an account take a request under what magic numbers ask for (no report, late logs, ids of 19 digits), and
 * counts it in the totals and in the journal's `entry`.
 */
export function accept(
  state: PracticeState,
  account: Account,
  submission: Submission,
  traits: MagicFault,
  entry: RequestEntry,
): { readonly bulkId: string; readonly receipts: Receipt[] } {
  const { bulkId, receipts } = account.submit({
    ...submission,
    noReport: submission.noReport || traits.noReport === true,
    hiddenMs: Math.max(submission.hiddenMs, traits.hiddenMs ?? 0),
    ids: traits.oddAnswer === true ? 'digits19' : submission.ids,
  });
  const rejected = receipts.filter((receipt) => statusView(receipt.statusId).groupId === 5).length;
  entry.accepted += receipts.length - rejected;
  state.counts.accepted += receipts.length - rejected;
  state.counts.rejected += rejected;
  for (const { priceMicros } of receipts) state.counts.chargedMicros += priceMicros;
  return { bulkId, receipts };
}
