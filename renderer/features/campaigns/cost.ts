import type { CampaignView } from '#shared/ipc/campaign-view.ts';
import type { Money } from '#shared/money.ts';

/** What a campaign costs against what was expected; `null` where there is nothing to compare. */
type CostComparison = {
  /** Charged less what those same messages were expected to cost: other parts or other prices. */
  readonly byPrice: Money | null;
  /** Expected cost of the messages that were not charged, or not yet. */
  readonly uncharged: Money | null;
};

/** Compares the charge of a campaign with its estimate. Amounts in two currencies are never compared. */
export function compareCost(
  view: Pick<CampaignView, 'charged' | 'estimated' | 'estimatedOfCharged'>,
): CostComparison {
  const { charged, estimated, estimatedOfCharged } = view;
  return {
    byPrice: difference(charged, estimatedOfCharged),
    uncharged: difference(estimated, estimatedOfCharged),
  };
}

function difference(amount: Money | null, from: Money | null): Money | null {
  if (!amount || !from || amount.currency !== from.currency) return null;
  return { micros: amount.micros - from.micros, currency: amount.currency };
}
