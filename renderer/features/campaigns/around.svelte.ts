import type { CampaignId, Space } from '#shared/ids.ts';
import type { Link } from '../../lib/link.ts';

/** What a campaign's page shows of another campaign: the one that it repeats. */
export class CampaignAround {
  readonly #link: Link;
  readonly #space: Space;

  /** Name of the campaign whose failed messages this one sends again; null as long as it is not known. */
  repeatsName: string | null = $state(null);

  constructor(link: Link, space: Space) {
    this.#link = link;
    this.#space = space;
  }

  /** Follows the campaign that this one repeats, for its name. Returns the function that stops it. */
  followRepeated(id: CampaignId): () => void {
    return this.#link.follow(
      (signal) => this.#link.engine.campaigns.watch({ space: this.#space, id }, { signal }),
      (view) => {
        this.repeatsName = view.name;
      },
    );
  }
}
