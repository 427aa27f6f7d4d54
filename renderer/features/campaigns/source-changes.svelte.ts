import type { CampaignId, Space } from '#shared/ids.ts';
import type { CampaignView, SourceChange } from '#shared/ipc/campaign-view.ts';
import type { EngineClient } from '../../lib/link.ts';

/** Whether a campaign waits for its time, so that its groups can change meanwhile. */
export const waitsForItsTime = (view: CampaignView | null): boolean =>
  view !== null && (view.phase === 'scheduled' || view.phase === 'quiet' || view.pauseReason === 'overdue');

/** Whether nothing of a campaign has left this computer yet, so that it can be taken back whole. */
export const canTakeBack = ({ counts, planned }: CampaignView): boolean =>
  (counts.held ?? 0) > 0 && (counts.held ?? 0) + (counts['left-out'] ?? 0) === planned;

/** How the groups of one waiting campaign differ from what they were at planning. */
export class SourceChanges {
  readonly #engine: EngineClient;
  readonly #one: { readonly space: Space; readonly id: CampaignId };

  /** The groups that differ; empty where none does, or as long as nobody has said so. */
  list: readonly SourceChange[] = $state.raw([]);

  constructor(engine: EngineClient, space: Space, id: CampaignId) {
    this.#engine = engine;
    this.#one = { space, id };
  }

  /** People who came and went, over all groups. */
  total = $derived({
    added: this.list.reduce((sum, { added }) => sum + added, 0),
    removed: this.list.reduce((sum, { removed }) => sum + removed, 0),
  });

  /** Compares now. The badge is a hint beside the campaign: where the comparison fails there is none. */
  async compare(): Promise<void> {
    try {
      const changes = await this.#engine.campaigns.sourceChanges(this.#one);
      this.list = changes.filter(({ added, removed }) => added + removed > 0);
    } catch {
      this.list = [];
    }
  }
}
