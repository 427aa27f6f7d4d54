import { appError, type AppError } from '#shared/errors.ts';
import type { CampaignId } from '#shared/ids.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { AccountAccess } from '../../account-access.ts';
import type { Clock } from '../../clock.ts';
import type { Bulks } from '../../gateways/gateway.ts';
import type { Store } from '../../store/store.ts';
import type { Campaigns } from '../campaigns/service.ts';
import type { OutboxQueries } from './queries.ts';

/**
 * Messages that the gateway holds until their time: calling them back and moving them, bulk by bulk. Each bulk is one call, and what it changed is committed before the next one: when the network fails in the middle, the rows
 * say exactly which messages were reached. A call whose answer was lost is asked again by the user and has then nothing to do.
 */
export function createAtGateway(deps: {
  readonly store: Store;
  readonly queries: OutboxQueries;
  readonly accounts: AccountAccess;
  readonly campaigns: Campaigns;
  readonly clock: Clock;
}) {
  const { store, queries, accounts, campaigns, clock } = deps;

  /** Bulks that still wait at the gateway, and the calls for them; none when the time has passed. */
  async function waiting(
    id: CampaignId,
  ): Promise<Result<{ readonly bulks: Bulks | null; readonly ids: readonly string[] }, AppError>> {
    const view = campaigns.get(id);
    if (!view) return err(appError('NOT_FOUND'));
    const due = view.sendAt === null || view.sendAt <= clock.now();
    const ids = view.heldBy === 'gateway' && !due ? queries.atGateway(id) : [];
    const taken = (view.counts.accepted ?? 0) > 0;
    if (view.heldBy !== 'gateway' || due || !taken) return ok({ bulks: null, ids: [] });
    const gateway = await accounts.gatewayFor(view.accountId);
    if (!gateway.ok) return gateway;
    const { bulks, capabilities } = gateway.value;
    return bulks && capabilities.schedule?.cancel ? ok({ bulks, ids }) : err(appError('NOT_SUPPORTED'));
  }

  return {
    /** Calls back what the gateway holds and says how many messages that were. */
    async callBack(id: CampaignId): Promise<Result<{ readonly cancelled: number }, AppError>> {
      const found = await waiting(id);
      if (!found.ok) return found;
      let cancelled = 0;
      for (const bulkId of found.value.ids) {
        const answer = await found.value.bulks?.setStatus(bulkId, 'CANCELED');
        if (answer && !answer.ok) return answer;
        if (answer?.value !== 'CANCELED') return err(appError('NOT_POSSIBLE_NOW'));
        const now = clock.now();
        cancelled += store.transaction(() => {
          const ids = queries.calledBack(id, bulkId, now);
          for (const messageId of ids) queries.event(messageId, now, 'cancelled', 'called-back');
          return ids.length;
        });
      }
      return ok({ cancelled });
    },

    /** Gives what the gateway holds another time. */
    async move(id: CampaignId, sendAt: number): Promise<Result<null, AppError>> {
      const found = await waiting(id);
      if (!found.ok) return found;
      for (const bulkId of found.value.ids) {
        const answer = await found.value.bulks?.reschedule(bulkId, sendAt);
        if (answer && !answer.ok) return answer;
        store.transaction(() => queries.moved(id, bulkId, sendAt, clock.now()));
      }
      return ok(null);
    },
  };
}
