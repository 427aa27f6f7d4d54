import type { CampaignId } from '#shared/ids.ts';

/** Tells live streams that rows changed. Carries no data: whoever listens asks the store again. */
export type Changes = {
  /** Rows of a campaign changed; `null` for rows that belong to none. */
  touched(campaignId: CampaignId | null): void;
  /** Calls `listener` after each change until the returned function is called. */
  listen(listener: (campaignId: CampaignId | null) => void): () => void;
};

/** One per space. */
export function createChanges(): Changes {
  const listeners = new Set<(campaignId: CampaignId | null) => void>();
  return {
    touched(campaignId) {
      for (const listener of listeners) listener(campaignId);
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
