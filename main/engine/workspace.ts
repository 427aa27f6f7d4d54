import type { Space } from '#shared/ids.ts';
import type { Log } from '../logging/log.ts';
import type { AccountAccess } from './account-access.ts';
import { createChanges, type Changes } from './changes.ts';
import type { Clock } from './clock.ts';
import { createCampaigns, type Campaigns } from './features/campaigns/service.ts';
import { createMessages, type Messages } from './features/messages/service.ts';
import { createOutbox, type Outbox } from './features/outbox/service.ts';
import { createReports, type Reports } from './features/reports/service.ts';
import { createSendingState } from './sending-state.ts';
import type { Reading } from './gateways/gateway.ts';
import type { Store } from './store/store.ts';
import type { Timings } from './timings.ts';

/** Everything that works on one of the two stores. Services only see their own, so practice cannot touch real history. */
export type Workspace = {
  readonly space: Space;
  readonly changes: Changes;
  readonly campaigns: Campaigns;
  readonly outbox: Outbox;
  readonly reports: Reports;
  readonly messages: Messages;
  /** Picks up what the last run left. */
  start(): void;
  /** Hands nothing over any more and waits for what is under way. The store stays open. */
  stop(): Promise<void>;
};

/** Finds the workspace that a call means. */
export type Workspaces = (space: Space) => Workspace;

/** Builds one workspace, lower layers first. `keepAwake` is told whether messages are being sent. */
export function createWorkspace(deps: {
  readonly space: Space;
  readonly store: Store;
  readonly accounts: AccountAccess;
  readonly clock: Clock;
  readonly timings: Timings;
  readonly log: Log;
  readonly keepAwake: (on: boolean) => void;
  readonly reading: Reading;
}): Workspace {
  const changes = createChanges();
  const sending = createSendingState(deps.clock);
  // The outbox stands on campaigns, and campaigns only have to tell it that there is work.
  const later: { outbox?: Outbox; reports?: Reports } = {};
  const campaigns = createCampaigns({ ...deps, changes, sending, wake: () => later.outbox?.wake() });
  const outbox = createOutbox({
    ...deps,
    campaigns,
    changes,
    sending,
    recordExchange: () => 0,
    onSettled: (account) => later.reports?.wake(account),
  });
  const reports = createReports({ ...deps, outbox, changes, onInbound: () => undefined });
  later.outbox = outbox;
  later.reports = reports;
  return {
    space: deps.space,
    changes,
    campaigns,
    outbox,
    reports,
    messages: createMessages(deps),
    start() {
      outbox.start();
      reports.start();
    },
    async stop() {
      await outbox.stop();
      await reports.stop();
    },
  };
}
