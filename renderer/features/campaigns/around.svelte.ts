import type { CampaignId, Space } from '#shared/ids.ts';
import type { Link } from '../../lib/link.ts';
import { DHAKA } from '../../lib/time-zones.ts';

/** What a campaign's page shows of other places: the zone of the quiet hours and the campaign that this one repeats. */
export class CampaignAround {
  readonly #link: Link;
  readonly #space: Space;

  /** The zone that the quiet hours are in, as the rules say. */
  quietZone = $state(DHAKA);
  /** Name of the campaign whose failed messages this one sends again; null as long as it is not known. */
  repeatsName: string | null = $state(null);

  constructor(link: Link, space: Space) {
    this.#link = link;
    this.#space = space;
  }

  /** Follows the rules for the zone of the quiet hours. Returns the function that stops it. */
  followQuietZone(): () => void {
    return this.#link.follow(
      (signal) => this.#link.engine.rules.watch({ space: this.#space }, { signal }),
      (rules) => {
        this.quietZone = rules.quiet.zone;
      },
    );
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
