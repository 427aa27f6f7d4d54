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
 * Messages that the gateway holds until their time: calling them back and moving them, bulk by bulk. Each bulk is one call, and what it changed is committed before the next one: when one fails, the others are
 * tried all the same, and the rows say exactly which messages were reached. A call whose answer was lost is asked again by the user and has then nothing to do.
 */
export function createAtGateway(deps: {
  readonly store: Store;
  readonly queries: OutboxQueries;
  readonly accounts: AccountAccess;
  readonly campaigns: Campaigns;
  readonly clock: Clock;
}) {
  const { store, queries, accounts, campaigns, clock } = deps;

  /** The calls for bulks, and the bulks that still wait at the gateway. */
  async function waiting(
    id: CampaignId,
  ): Promise<
    Result<{ readonly bulks: Bulks | null; readonly held: ReturnType<typeof queries.atGateway> }, AppError>
  > {
    const view = campaigns.get(id);
    if (!view) return err(appError('NOT_FOUND'));
    const now = clock.now();
    const isLater = view.heldBy === 'gateway' && view.sendAt !== null && view.sendAt > now;
    const held = queries.atGateway(id, now, isLater);
    const taken = (view.counts.accepted ?? 0) > 0;
    if (held.length === 0 && !(isLater && taken)) return ok({ bulks: null, held });
    const gateway = await accounts.gatewayFor(view.accountId);
    if (!gateway.ok) return gateway;
    const { bulks, capabilities } = gateway.value;
    if (!bulks || !capabilities.schedule?.cancel) return err(appError('NOT_SUPPORTED'));
    // It holds something, and nobody knows in which bulk: saying that it was reached would be untrue.
    return held.length > 0 ? ok({ bulks, held }) : err(appError('NOT_POSSIBLE_NOW'));
  }

  /** The gateway knows no such bulk, and never said that it did: the request with the lost answer has not arrived. */
  const neverArrived = (taken: boolean, error: AppError) => !taken && error.facts?.httpStatus === 404;

  return {
    /** Calls back what the gateway holds and says how many messages that were. */
    async callBack(id: CampaignId): Promise<Result<{ readonly cancelled: number }, AppError>> {
      const found = await waiting(id);
      if (!found.ok) return found;
      let cancelled = 0;
      let failed: AppError | null = null;
      for (const bulk of found.value.held) {
        const answer = await found.value.bulks?.setStatus(bulk.id, 'CANCELED');
        if (answer?.ok && answer.value === 'CANCELED') {
          const now = clock.now();
          cancelled += store.transaction(() => {
            const ids = queries.calledBack(id, bulk, now);
            for (const messageId of ids) queries.event(messageId, now, 'cancelled', 'called-back');
            return ids.length;
          });
        } else if (answer?.ok) failed ??= appError('NOT_POSSIBLE_NOW');
        else if (answer && !neverArrived(bulk.taken, answer.error)) failed ??= answer.error;
      }
      return failed ? err(failed) : ok({ cancelled });
    },

    /** Gives what the gateway holds another time. */
    async move(id: CampaignId, sendAt: number): Promise<Result<null, AppError>> {
      const found = await waiting(id);
      if (!found.ok) return found;
      let failed: AppError | null = null;
      for (const bulk of found.value.held) {
        const answer = await found.value.bulks?.reschedule(bulk.id, sendAt);
        if (answer?.ok) store.transaction(() => queries.moved(id, bulk, sendAt, clock.now()));
        else if (answer && !neverArrived(bulk.taken, answer.error)) failed ??= answer.error;
      }
      return failed ? err(failed) : ok(null);
    },
  };
}
