import { SvelteMap } from 'svelte/reactivity';
import type { AppError } from '#shared/errors.ts';
import type { CampaignId, MessageId, Space } from '#shared/ids.ts';
import type { MessageRow } from '#shared/ipc/campaign-view.ts';
import { act } from '../../lib/act.ts';
import type { EngineClient } from '../../lib/link.ts';
import { RowWindow } from '../../lib/row-window.svelte.ts';
import type { RowChoice } from '../../ui/virtual-table.ts';

/** What the user knows of uncertain messages: they arrived, or they are to go once more. */
export type Decision = 'arrived' | 'send-again';

/** Messages decided about in one call at most. */
const AT_ONCE = 1000;

/** Messages whose fate is not known, oldest first, and the decisions about them. */
export class UncertainModel {
  readonly #engine: EngineClient;
  readonly space: Space;
  readonly rows: RowWindow<MessageRow>;

  /** Those that wait for the user, or those that are still being looked up. */
  shown: 'undecided' | 'checking' = $state() as 'undecided' | 'checking';
  /** The rows that are chosen, by their ids. */
  readonly chosen = new SvelteMap<MessageId, MessageRow>();
  busy = $state(false);
  /** Why the last decision did not happen. */
  error: AppError | null = $state.raw(null);
  /** Messages that the last decision settled. */
  settled: number | null = $state(null);

  constructor(engine: EngineClient, space: Space, shown: 'undecided' | 'checking') {
    this.#engine = engine;
    this.space = space;
    this.shown = shown;
    this.rows = new RowWindow((cursor, limit) =>
      engine.outbox.uncertain({
        space,
        undecided: this.shown === 'undecided',
        limit,
        ...(cursor === undefined ? {} : { cursor }),
      }),
    );
  }

  /** Shows those that wait for the user, or those that are looked up. */
  show(which: 'undecided' | 'checking'): void {
    this.shown = which;
    this.chosen.clear();
    void this.rows.reload();
  }

  /** Chooses rows or drops them. */
  choose(rows: readonly MessageRow[], isChosen: boolean): void {
    for (const row of rows) {
      if (isChosen) this.chosen.set(row.id, row);
      else this.chosen.delete(row.id);
    }
  }

  /** State of the box that chooses everything in the window. */
  get all(): RowChoice<MessageRow>['all'] {
    if (this.chosen.size === 0) return false;
    return this.rows.atEnd && this.rows.rows.every(({ id }) => this.chosen.has(id)) ? true : 'some';
  }

  /** Decides about the given messages, campaign by campaign; those of the campaigns that failed stay chosen. */
  decide(rows: readonly MessageRow[], decision: Decision): Promise<boolean> {
    this.settled = null;
    return act(this, async () => {
      let settled = 0;
      try {
        for (const { campaign, ids } of callsFor(rows)) {
          const answer = await this.#engine.campaigns.settleUncertain({
            space: this.space,
            id: campaign,
            messageIds: ids,
            decision,
          });
          settled += answer.settled;
          for (const id of ids) this.chosen.delete(id);
        }
      } finally {
        if (settled > 0) this.settled = settled;
        await this.rows.reload();
      }
    });
  }
}

/** The messages by campaign, as many at once as a call takes. */
function callsFor(rows: readonly MessageRow[]): { campaign: CampaignId; ids: MessageId[] }[] {
  const calls: { campaign: CampaignId; ids: MessageId[] }[] = [];
  for (const { id, campaignId } of rows) {
    if (campaignId === null) continue;
    const open = calls.findLast((one) => one.campaign === campaignId);
    if (open && open.ids.length < AT_ONCE) open.ids.push(id);
    else calls.push({ campaign: campaignId, ids: [id] });
  }
  return calls;
}
