import { implement } from '@orpc/server';
import path from 'node:path';
import type { AppError } from '#shared/errors.ts';
import type { Space } from '#shared/ids.ts';
import { engineContract } from '#shared/ipc/engine.ts';
import type { SendingProgress } from '#shared/ipc/host.ts';
import { ok, type Result } from '#shared/result.ts';
import type { Port } from '../ipc/port.ts';
import { servePort, type ServedRouter } from '../ipc/serve-port.ts';
import { createLog, nullLog, type Log } from '../logging/log.ts';
import type { Clock } from './clock.ts';
import { accountHandlers } from './features/accounts/handlers.ts';
import { createAccounts, type Accounts } from './features/accounts/service.ts';
import { campaignHandlers } from './features/campaigns/handlers.ts';
import { contactHandlers, doNotMessageHandlers, groupHandlers } from './features/contacts/handlers.ts';
import { draftHandlers, templateHandlers } from './features/drafts/handlers.ts';
import { diagnosticsHandlers } from './features/diagnostics/handlers.ts';
import { exportHandlers } from './features/exports/handlers.ts';
import { importHandlers } from './features/imports/handlers.ts';
import { inboxHandlers } from './features/inbox/handlers.ts';
import { lookupHandlers } from './features/lookups/handlers.ts';
import { messageHandlers } from './features/messages/handlers.ts';
import { outboxHandlers } from './features/outbox/overview-handlers.ts';
import { practiceHandlers } from './features/practice/handlers.ts';
import { createPractice } from './features/practice/service.ts';
import { recipientHandlers } from './features/recipients/handlers.ts';
import { receiverHandlers } from './features/receiver/handlers.ts';
import { createReceiver } from './features/receiver/service.ts';
import { rulesHandlers } from './features/rules/handlers.ts';
import { seriesHandlers } from './features/series/handlers.ts';
import { createFileWorker } from './file-worker/client.ts';
import { capabilitiesOf, createGateway, type GatewayOptions } from './gateways/create.ts';
import { reading } from './gateways/reading/reading.ts';
import type { EngineHost } from './host.ts';
import { openStore } from './store/open.ts';
import { openDisposableStore } from './store/set-aside.ts';
import { classifySqliteError } from './store/sqlite-errors.ts';
import { PRACTICE_TIMINGS, REAL_TIMINGS, type Timings } from './timings.ts';
import { createWorkspace, type Workspace } from './workspace.ts';

const isSending = ({ waiting, nextAt }: SendingProgress) => waiting > 0 || nextAt !== null;

/** What the engine is built from. */
export type EngineOptions = {
  /** Folder of the two stores; made when absent. */
  readonly dataDir: string;
  /** Folder of `engine.log`; nothing is logged without it, unless `log` is given. */
  readonly logDir?: string;
  readonly log?: Log;
  readonly host: EngineHost;
  readonly clock: Clock;
  /** The program that reads files in a thread of its own; without it they are read in the engine's own. */
  readonly fileWorker?: string | URL | null;
  /** Of the program, for the log. */
  readonly version: string;
  /** Differences from the usual way of talking to gateways; tests shorten timeouts. */
  readonly gatewayOptions?: Partial<Pick<GatewayOptions, 'timeouts' | 'connections'>>;
  /** Differences from the usual waiting times. */
  readonly timings?: { readonly [S in Space]?: Partial<Timings> };
};

/** The running engine. */
export type Engine = {
  /** Everything the page can ask; implements `engineContract`. */
  readonly router: ServedRouter;
  readonly accounts: Accounts;
  readonly workspaces: Readonly<Record<Space, Workspace>>;
  /** Answers the calls of a page until its port closes or the returned function is called. */
  serve(port: Port): () => void;
  /** Hands nothing more over, waits for what is under way, closes the stores. Safe to call twice. */
  stop(): Promise<void>;
};

/**
 * Builds every service once, lower layers first: stores, accounts, then for each space what plans, sends, receives and looks up.
 * Fails when the real store cannot be opened (the codes of `openStore`); nothing stays open then.
 */
export async function composeEngine(options: EngineOptions): Promise<Result<Engine, AppError>> {
  const { dataDir, logDir, host, clock } = options;
  const startedAt = clock.monotonic();
  const log = options.log ?? (logDir ? createLog({ dir: logDir, name: 'engine', level: 'info' }) : nullLog);
  const store = { clock, log: log.child('store') };
  const real = openStore({ ...store, file: path.join(dataDir, 'real.sqlite') });
  if (!real.ok) return real;
  const practice = openDisposableStore({ ...store, file: path.join(dataDir, 'practice.sqlite') });
  if (!practice.ok) {
    real.value.close();
    return practice;
  }

  const gatewayOptions = { clock, log: log.child('gateway'), ...options.gatewayOptions };
  const stores = { real: real.value, practice: practice.value };
  const accounts = createAccounts({
    stores,
    host,
    clock,
    log: log.child('accounts'),
    createGateway: (address, kind) => createGateway(address, kind, gatewayOptions),
    capabilitiesOf: (kind) => capabilitiesOf(kind, gatewayOptions),
  });

  const files = createFileWorker({ script: options.fileWorker ?? null });
  const awake = new Set<Space>();
  const onTheWay = new Map<Space, SendingProgress>();
  const workspace = (space: Space, usual: Timings) =>
    createWorkspace({
      space,
      store: stores[space],
      accounts: accounts.accessFor(space),
      clock,
      timings: { ...usual, ...options.timings?.[space] },
      log: log.child(space),
      reading,
      files,
      resolveFile: (handle, mode) => host.files.resolve(handle, mode),
      pushAddress(account, what) {
        const wanted = what === 'lookups' || accounts.get(account)?.options.pushReports === true;
        return wanted && space === 'real' ? receiver.addressOf(account, what) : null;
      },
      tell: {
        progress(now) {
          onTheWay.set(space, now);
          // The real messages come first: practice shows where there are none.
          const shown = onTheWay.get('real');
          host.sending.progress(shown && isSending(shown) ? shown : (onTheWay.get('practice') ?? now));
        },
        ended: (end) => host.sending.ended(end),
        repeatStopped: (stop) => host.sending.repeatStopped(stop),
      },
      keepAwake(on) {
        const before = awake.size > 0;
        if (on) awake.add(space);
        else awake.delete(space);
        if (before !== awake.size > 0) host.power.keepAwake(!before);
      },
    });
  const workspaces = {
    real: workspace('real', REAL_TIMINGS),
    practice: workspace('practice', PRACTICE_TIMINGS),
  };
  const of = (space: Space) => workspaces[space];
  const receiver = createReceiver({
    store: stores.real,
    accounts: accounts.accessFor('real'),
    serverAddressOf: (account) => accounts.get(account)?.serverAddress ?? null,
    clock,
    log: log.child('receiver'),
    take: {
      reports: (account, raw) => workspaces.real.reports.take(account, 'push', raw),
      inbound: (account, raw) => workspaces.real.inbox.take(account, raw),
      lookups: (account, raw) => workspaces.real.lookups.take(account, raw),
    },
  });
  const practicePage = createPractice({
    host: host.practice,
    fetchInbox: () => workspaces.practice.inbox.fetch(),
    log: log.child('practice'),
  });

  const router = implement(engineContract).router({
    accounts: accountHandlers(accounts),
    campaigns: campaignHandlers(of),
    contacts: contactHandlers(of),
    diagnostics: diagnosticsHandlers(of),
    doNotMessage: doNotMessageHandlers(of),
    drafts: draftHandlers(of),
    exports: exportHandlers(of),
    groups: groupHandlers(of),
    imports: importHandlers(of),
    inbox: inboxHandlers(of),
    lookups: lookupHandlers(of),
    messages: messageHandlers(of, clock),
    outbox: outboxHandlers(of),
    practice: practiceHandlers(practicePage),
    receiver: receiverHandlers(receiver),
    recipients: recipientHandlers(of),
    rules: rulesHandlers(of),
    series: seriesHandlers(of),
    templates: templateHandlers(of),
  });
  workspaces.real.start();
  workspaces.practice.start();
  void receiver.start();
  log.info('engine.composed', { version: options.version, ms: Math.round(clock.monotonic() - startedAt) });

  let stopping: Promise<void> | null = null;
  const stop = async () => {
    await receiver.stop();
    await Promise.all([workspaces.real.stop(), workspaces.practice.stop()]);
    await Promise.all([accounts.close(), files.close()]);
    stores.real.close();
    stores.practice.close();
    log.info('engine.stopped');
  };
  return ok({
    router,
    accounts,
    workspaces,
    serve: (port) => servePort(port, router, { log: log.child('ipc'), classify: classifySqliteError }),
    stop: () => (stopping ??= stop()),
  });
}
