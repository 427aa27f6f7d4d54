import type { AccountId, CampaignId } from '#shared/ids.ts';
import type { Clock } from './clock.ts';

const WINDOW_MS = 10_000;

/** What is true only while the program runs: sending rates, and accounts whose network is gone. Never stored. */
export type SendingState = {
  /** `count` messages of a campaign were answered just now. */
  answered(campaignId: CampaignId, count: number): void;
  /** Answered messages per second over the last ten seconds; `null` when there were none. */
  ratePerSecond(campaignId: CampaignId): number | null;
  setNetworkGone(accountId: AccountId, gone: boolean): void;
  networkGone(accountId: AccountId): boolean;
};

/** One per space. */
export function createSendingState(clock: Clock): SendingState {
  const answers = new Map<CampaignId, { at: number; count: number }[]>();
  const gone = new Set<AccountId>();
  const recent = (campaignId: CampaignId) => {
    const since = clock.monotonic() - WINDOW_MS;
    const kept = (answers.get(campaignId) ?? []).filter((entry) => entry.at > since);
    if (kept.length > 0) answers.set(campaignId, kept);
    else answers.delete(campaignId);
    return kept;
  };
  return {
    answered(campaignId, count) {
      const now = clock.monotonic();
      const entries = recent(campaignId);
      const last = entries.at(-1);
      // Entries of the same tenth of a second are merged, so that the list stays at a hundred.
      if (last && now - last.at < 100) last.count += count;
      else answers.set(campaignId, [...entries, { at: now, count }]);
    },
    ratePerSecond(campaignId) {
      const entries = recent(campaignId);
      const first = entries[0];
      if (!first) return null;
      const total = entries.reduce((sum, entry) => sum + entry.count, 0);
      return (total * 1000) / Math.max(1000, clock.monotonic() - first.at);
    },
    setNetworkGone(accountId, isGone) {
      if (isGone) gone.add(accountId);
      else gone.delete(accountId);
    },
    networkGone: (accountId) => gone.has(accountId),
  };
}
