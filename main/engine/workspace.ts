import type { AccountId, Space } from '#shared/ids.ts';
import type { Log } from '../logging/log.ts';
import type { AccountAccess } from './account-access.ts';
import { createChanges, type Changes } from './changes.ts';
import type { Clock } from './clock.ts';
import { createCampaigns, type Campaigns } from './features/campaigns/service.ts';
import { createPeople, type Contacts, type DoNotMessage, type Groups } from './features/contacts/service.ts';
import { createDrafts, type Drafts } from './features/drafts/service.ts';
import { createTemplates, type Templates } from './features/drafts/templates.ts';
import { createDiagnostics, type Diagnostics } from './features/diagnostics/service.ts';
import { createExports, type Exports } from './features/exports/service.ts';
import { createImports, type Imports } from './features/imports/service.ts';
import { createInbox, type Inbox } from './features/inbox/service.ts';
import { createLookups, type Lookups } from './features/lookups/service.ts';
import { createMessages, type Messages } from './features/messages/service.ts';
import { createOverview, type Overview } from './features/outbox/overview.ts';
import { createOutbox, type Outbox } from './features/outbox/service.ts';
import { createRecipients, type Recipients } from './features/recipients/service.ts';
import { createReports, type Reports } from './features/reports/service.ts';
import { createRules, type RulesService } from './features/rules/service.ts';
import { createSeries, type Series } from './features/series/service.ts';
import type { FileWorker } from './file-worker/client.ts';
import type { EngineHost } from './host.ts';
import { createSendingState } from './sending-state.ts';
import type { Reading } from './gateways/gateway.ts';
import { createSteps } from './steps.ts';
import type { Store } from './store/store.ts';
import type { Timings } from './timings.ts';

/** Everything that works on one of the two stores. Services only see their own, so practice cannot touch real history. */
export type Workspace = {
  readonly space: Space;
  readonly changes: Changes;
  readonly rules: RulesService;
  readonly campaigns: Campaigns;
  readonly outbox: Outbox;
  readonly overview: Overview;
  readonly series: Series;
  readonly reports: Reports;
  readonly messages: Messages;
  readonly diagnostics: Diagnostics;
  readonly inbox: Inbox;
  readonly lookups: Lookups;
  readonly contacts: Contacts;
  readonly groups: Groups;
  readonly doNotMessage: DoNotMessage;
  readonly imports: Imports;
  readonly exports: Exports;
  readonly recipients: Recipients;
  readonly drafts: Drafts;
  readonly templates: Templates;
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
  /** Is told how far sending is, what has ended, and which repeated sending has stopped. */
  readonly tell: EngineHost['sending'];
  readonly files: FileWorker;
  /** Where a file is that the user chose. */
  readonly resolveFile: EngineHost['files']['resolve'];
  readonly reading: Reading;
  /** The local receiver's address for what a gateway pushes to an account; `null` where nothing is to be pushed. */
  readonly pushAddress: (account: AccountId, what: 'reports' | 'lookups') => string | null;
}): Workspace {
  const changes = createChanges();
  const rules = createRules(deps);
  const diagnostics = createDiagnostics(deps);
  const sending = createSendingState(deps.clock);
  const steps = createSteps({ ...deps, changes });
  // The outbox stands on campaigns, and campaigns only have to tell it that there is work; series stand on both.
  const later: { outbox?: Outbox; reports?: Reports; series?: Series } = {};
  const { contacts, groups, doNotMessage } = createPeople(deps);
  const imports = createImports({ ...deps, contacts, groups, doNotMessage });
  const recipients = createRecipients({
    sources: {
      contacts,
      doNotMessage,
      lists: imports.lists,
    },
    clock: deps.clock,
  });
  const drafts = createDrafts(deps);
  const lookups = createLookups({
    ...deps,
    notifyAddress: (account) => deps.pushAddress(account, 'lookups'),
  });
  const campaigns = createCampaigns({
    ...deps,
    rules,
    networks: lookups.networks,
    recipients,
    drafts,
    changes,
    sending,
    steps,
    wake: () => later.outbox?.wake(),
  });
  const outbox = createOutbox({
    ...deps,
    rules,
    campaigns,
    changes,
    sending,
    steps,
    recordExchange: (account, exchange, messages) => diagnostics.recordExchange(account, exchange, messages),
    onSettled: (account) => later.reports?.wake(account),
    nextRepeat: () => later.series?.nextAt() ?? null,
  });
  const series = createSeries({ ...deps, campaigns, rules });
  series.listen(() => changes.touched(null));
  const inbox = createInbox(deps);
  const reports = createReports({
    ...deps,
    outbox,
    changes,
    onInbound: (account, raw) => void inbox.take(account, raw),
  });
  const exports = createExports({ ...deps, contacts });
  lookups.onChange(() => contacts.factsChanged());
  later.outbox = outbox;
  later.series = series;
  later.reports = reports;
  return {
    space: deps.space,
    changes,
    rules,
    campaigns,
    outbox,
    overview: createOverview({ ...deps, changes, campaigns, series, rules }),
    series,
    reports,
    messages: createMessages(deps),
    diagnostics,
    inbox,
    lookups,
    contacts,
    groups,
    doNotMessage,
    imports,
    exports,
    recipients,
    drafts,
    templates: createTemplates(deps),
    start() {
      campaigns.open();
      outbox.start();
      series.start();
      reports.start();
      lookups.open();
      inbox.start();
    },
    async stop() {
      await Promise.all([series.stop(), outbox.stop(), campaigns.stop(), steps.stop()]);
      await Promise.all([reports.stop(), inbox.stop(), lookups.close(), exports.close(), imports.close()]);
    },
  };
}
