import type { AccountId } from '#shared/ids.ts';
import type { Log } from '../../../logging/log.ts';
import type { AccountAccess } from '../../account-access.ts';
import type { Clock } from '../../clock.ts';
import type { RawBody } from '../../gateways/gateway.ts';
import type { Store } from '../../store/store.ts';
import type { Timings } from '../../timings.ts';
import type { Outbox } from '../outbox/service.ts';
import type { Ingest } from './ingest.ts';
import type { ReportQueries } from './queries.ts';

/** A message without a final report for so long (ms) after sending gets none any more: the log has forgotten it. */
export const GIVE_UP_AFTER_MS = 49 * 3_600_000;
/** Successive looks into the log overlap by this (ms), for entries that reached it late. */
export const OVERLAP_MS = 10 * 60_000;

/** What a collector and its parts stand on. */
export type CollectorDeps = {
  readonly account: AccountId;
  readonly store: Store;
  readonly queries: ReportQueries;
  readonly ingest: Ingest;
  readonly outbox: Outbox;
  readonly accounts: AccountAccess;
  readonly clock: Clock;
  readonly timings: Timings;
  readonly log: Log;
  /** Takes a received SMS that came over the open connection; throws when it cannot be stored. */
  readonly onInbound: (account: AccountId, raw: RawBody) => void;
  /** Progress or failure of a pull, sweep or look, for the sync line. */
  readonly onState: (account: AccountId, state: { running: boolean; failed: string | null }) => void;
  readonly touched: (campaignId: number | null) => void;
};

/** Whether the collector goes on; asked before each request. */
export type Going = () => boolean;
