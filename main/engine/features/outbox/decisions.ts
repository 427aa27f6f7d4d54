import { appError, type AppError } from '#shared/errors.ts';
import type { CampaignId, MessageId } from '#shared/ids.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { Changes } from '../../changes.ts';
import type { Clock } from '../../clock.ts';
import type { Steps } from '../../steps.ts';
import type { Store } from '../../store/store.ts';
import type { Campaigns } from '../campaigns/service.ts';
import type { Decided } from './decision-queries.ts';
import type { OutboxQueries } from './queries.ts';

/**
 * What the user says about messages whose fate nobody else can tell. A word on a whole campaign is kept in the store and carried out in
 * steps, so that a kill in the middle forgets none of it; it is about what was undecided when it was said, and nothing else.
 */
export function createDecisions(deps: {
  readonly store: Store;
  readonly queries: OutboxQueries;
  readonly clock: Clock;
  readonly steps: Steps;
  readonly changes: Changes;
  readonly campaigns: Pick<Campaigns, 'get'>;
  /** There may be something to send. */
  readonly wake: () => void;
}) {
  const { store, queries, clock, steps, changes, wake } = deps;

  function settle(campaignId: CampaignId, ids: readonly MessageId[], decision: Decided['decision']): number {
    const now = clock.now();
    if (decision === 'send-again') queries.requeueFresh(ids, now, 'user');
    // What the gateway holds for later has its time still before it.
    else queries.arrived(ids, now, Math.max(now, queries.sendAt(campaignId) ?? 0));
    return ids.length;
  }

  /** Carries out some of a decision; `more`: there may be further messages. */
  function step(campaignId: CampaignId): { readonly settled: number; readonly more: boolean } {
    const decided = queries.decided(campaignId);
    if (!decided) return { settled: 0, more: false };
    const reach = queries.lookUpTo(campaignId, decided.upTo);
    const ids = queries.undecidedUpTo(campaignId, decided.upTo, reach.id, decided.at, clock.now());
    if (reach.isEnd) queries.endDecided(campaignId);
    else queries.setDecided(campaignId, { ...decided, upTo: reach.id });
    return { settled: settle(campaignId, ids, decided.decision), more: !reach.isEnd };
  }

  /** Carries out the rest of a decision; gives how many messages that were. */
  async function rest(campaignId: CampaignId): Promise<number> {
    let settled = 0;
    const next = () => {
      const done = step(campaignId);
      settled += done.settled;
      return done.more;
    };
    await steps.run(campaignId, 'deciding', next, wake);
    return settled;
  }

  return {
    /** Finishes what the last run left. */
    open(): void {
      // It is tried again by itself.
      for (const id of queries.halfDecided()) void rest(id).catch(() => undefined);
    },

    /**
     * The user's decision on uncertain messages: the given ones, or all that the log could not decide. Gives their number when all of
     * them were changed; `NOT_POSSIBLE_NOW` when they were to be sent again and the campaign was cancelled since that was asked for.
     * Rejects when it cannot be written (`STORE_FULL`): a decision that was begun is then gone on with by itself.
     */
    async settleUncertain(
      campaignId: CampaignId,
      ids: readonly MessageId[] | null,
      decision: Decided['decision'],
    ): Promise<Result<{ settled: number }, AppError>> {
      if (!deps.campaigns.get(campaignId)) return err(appError('NOT_FOUND'));
      const cancelledAt = queries.cancelledAt(campaignId);
      // What is still being called off must not be sent because the campaign is opened again.
      for (let busy = steps.finish(campaignId); busy; busy = steps.finish(campaignId)) await busy;
      const first = store.transaction(() => {
        // The last word counts.
        if (decision === 'send-again' && !queries.reopen(campaignId, cancelledAt)) return null;
        if (ids) {
          return { settled: settle(campaignId, queries.uncertainOf(campaignId, ids), decision), more: false };
        }
        queries.setDecided(campaignId, { decision, at: clock.now(), upTo: 0 });
        return step(campaignId);
      });
      if (!first) return err(appError('NOT_POSSIBLE_NOW'));
      changes.touched(campaignId);
      wake();
      return ok({ settled: first.settled + (first.more ? await rest(campaignId) : 0) });
    },
  };
}
