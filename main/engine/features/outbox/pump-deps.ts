import type { AccountId } from '#shared/ids.ts';
import type { PauseReason } from '#shared/ipc/campaign-view.ts';
import type { Log } from '../../../logging/log.ts';
import type { AccountAccess } from '../../account-access.ts';
import type { Clock } from '../../clock.ts';
import type { SubmitOutcome } from '../../gateways/gateway.ts';
import type { SendingState } from '../../sending-state.ts';
import type { Store } from '../../store/store.ts';
import type { Timings } from '../../timings.ts';
import type { RulesService } from '../rules/service.ts';
import type { OutboxQueries } from './queries.ts';
import type { Batch, Settler } from './settle.ts';

/** A batch and what became of its request, which started at `startedAt` (monotonic ms) and took `ms`. */
export type Answered = {
  readonly batch: Batch;
  readonly outcome: SubmitOutcome;
  readonly startedAt: number;
  readonly ms: number;
};

/** Everything one account's pump stands on. */
export type PumpDeps = {
  readonly account: AccountId;
  readonly store: Store;
  readonly queries: OutboxQueries;
  readonly settler: Settler;
  readonly clock: Clock;
  readonly timings: Timings;
  readonly rules: Pick<RulesService, 'current'>;
  readonly accounts: AccountAccess;
  readonly sending: SendingState;
  readonly log: Log;
  /** Where the gateway is to push reports; `null`: it is not told. */
  readonly pushAddress: () => string | null;
  readonly touched: (campaignId: number | null) => void;
  /** Keeps a campaign here until its time, because the gateway cannot. */
  readonly holdHere: (campaignId: number) => void;
  /** `order`: when the request started, monotonic ms. */
  readonly pause: (campaignId: number, reason: PauseReason, order: number) => void;
  /** Messages of the account were taken by the gateway or became uncertain: there is something to collect. */
  readonly onSettled: (account: AccountId) => void;
  /** The pump started or stopped having work. */
  readonly onBusy: (account: AccountId, busy: boolean) => void;
};

/** The messages of batches, by id. */
export const idsOf = (batches: readonly Batch[]) =>
  batches.flatMap((batch) => batch.rows.map((row) => row.id));

/** The campaigns of batches, each once. */
export const campaignsOf = (batches: readonly Batch[]) => new Set(batches.map((batch) => batch.campaignId));
