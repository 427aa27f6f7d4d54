import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { randomUUID } from 'node:crypto';
import { PRACTICE_ACCOUNT_ID } from '#shared/ids.ts';
import type { SendRequest } from '#shared/ipc/plan.ts';
import { appError } from '#shared/errors.ts';
import type { Money } from '#shared/money.ts';
import { err, ok } from '#shared/result.ts';
import type { AccountAccess, LearnedPrice, SendingAccount } from '../../../main/engine/account-access.ts';
import { systemClock, type Clock } from '../../../main/engine/clock.ts';
import { createFileWorker } from '../../../main/engine/file-worker/client.ts';
import type { EngineHost } from '../../../main/engine/host.ts';
import { reading } from '../../../main/engine/gateways/reading/reading.ts';
import { createGateway } from '../../../main/engine/gateways/create.ts';
import type { Gateway, GatewayKind } from '../../../main/engine/gateways/gateway.ts';
import { openStore } from '../../../main/engine/store/open.ts';
import { PRACTICE_TIMINGS, type Timings } from '../../../main/engine/timings.ts';
import { createWorkspace, type Workspace } from '../../../main/engine/workspace.ts';
import { nullLog } from '../../../main/logging/log.ts';
import type { PracticeGateway } from '../../../main/practice/practice.ts';

/** Everything at test speed: no undo window, looks and pulls after tenths of a second. */
export const QUICK: Timings = {
  ...PRACTICE_TIMINGS,
  hold: 0,
  firstLook: 150,
  secondLook: 250,
  reportsFastest: 60,
  reportsSlowest: 400,
  sweepEvery: 500,
  networkBackoff: [100, 200],
  concurrency: 4,
};

/** The sender every test account may use. */
export const SENDER = 'School';

/** A workspace over a real store, talking to a real gateway over HTTP. */
export type Sending = {
  readonly workspace: Workspace;
  readonly db: import('@photostructure/sqlite').DatabaseSyncInstance;
  /** Queues a campaign as the user would who confirms all that the plan says, its warnings too. */
  send(
    recipients: readonly string[],
    text?: string,
    token?: string,
    more?: Partial<SendRequest>,
  ): Promise<number>;
  /** Resolves when `met` is true of the campaign; rejects after `ms` with what it looked like then. */
  until(
    id: number,
    met: (view: ReturnType<Workspace['campaigns']['get']> & object) => boolean,
    ms?: number,
  ): Promise<void>;
  /** What the account has, as far as is known. */
  setBalance(money: Money): void;
  /** Makes a price known, as reports do. */
  learn(price: LearnedPrice): void;
  /** Safe to call twice. */
  stop(): Promise<void>;
  /** Closes the store as it is and leaves everything else where it stands, as when the process is killed. */
  abandon(): void;
};

/** How a workspace under test differs from the usual one. */
export type SendingOptions = {
  readonly url: string;
  readonly dir: string;
  readonly password?: string | undefined;
  readonly perRequest?: number | undefined;
  readonly timings?: Partial<Timings> | undefined;
  readonly clock?: Clock | undefined;
  /** REST in JSON when left out. */
  readonly protocol?: GatewayKind['protocol'] | undefined;
  readonly accountOptions?: GatewayKind['options'] | undefined;
  /** The server is known to have the call that takes own message ids, schedules and more. */
  readonly advanced?: boolean | undefined;
  /** How long an answer may take, in ms; a second when left out. */
  readonly patience?: number | undefined;
  /** Is told how far sending is and what has ended. */
  readonly tell?: EngineHost['sending'] | undefined;
  /** Spoken to in the place of a gateway over the network. */
  readonly gateway?: Gateway | undefined;
};

/** A folder that is removed by the returned function. */
export function temporaryFolder(): { dir: string; remove: () => void } {
  const dir = mkdtempSync(path.join(tmpdir(), 'mim-test-'));
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) };
}

/** Opens the store of `dir` and starts sending from it. */
export function startSending(options: SendingOptions): Sending {
  const clock = options.clock ?? systemClock;
  const opened = openStore({ file: path.join(options.dir, 'store.sqlite'), clock, log: nullLog });
  if (!opened.ok) throw new Error(`store: ${opened.error.code}`);
  const store = opened.value;
  store.db
    .prepare(
      `INSERT OR IGNORE INTO accounts (id, name, protocol, server_address, user_name, created_at)
       VALUES (?, 'Test', 'rest-json', ?, 'practice', 0)`,
    )
    .run(PRACTICE_ACCOUNT_ID, options.url);
  const plain: GatewayKind = {
    protocol: options.protocol ?? 'rest-json',
    options: options.accountOptions ?? {},
    capabilities: null,
    recipientsPerRequest: options.perRequest ?? 1,
  };
  const open = (kind: GatewayKind) =>
    createGateway(
      {
        serverAddress: options.url,
        allowHttp: true,
        credentials: () =>
          Promise.resolve(ok({ userName: 'practice', password: options.password ?? 'practice' })),
      },
      kind,
      {
        clock,
        timeouts: { connect: 500, headers: options.patience ?? 1_000, body: options.patience ?? 1_000 },
      },
    );
  const usual = options.gateway ?? open(plain);
  const gateway = options.advanced
    ? open({ ...plain, capabilities: { ...usual.capabilities, ownMessageIds: true } })
    : usual;
  let account: SendingAccount = {
    id: PRACTICE_ACCOUNT_ID,
    name: 'Test',
    senders: [SENDER],
    pricePerPart: { micros: 350_000, currency: 'BDT' },
    options: options.accountOptions ?? {},
    balance: { money: null, at: null },
  };
  const prices: LearnedPrice[] = [];
  const accounts: AccountAccess = {
    get: (id) => (id === account.id ? account : null),
    active: () => [account],
    gatewayFor: () => Promise.resolve(ok(gateway)),
    capabilitiesOf: () => gateway.capabilities,
    secretKnown: () => true,
    notePrice(_id, learned) {
      prices.push(learned);
      account = { ...account, pricePerPart: learned.pricePerPart };
    },
    prices: () => prices.filter(({ operator, class: of }) => operator !== null || of !== null),
    refreshBalance: async () => {
      const balance = await gateway.balance();
      if (balance.ok) account = { ...account, balance: { money: balance.value, at: clock.now() } };
    },
  };
  const files = createFileWorker({ script: null });
  const workspace = createWorkspace({
    space: 'practice',
    store,
    accounts,
    clock,
    timings: { ...QUICK, ...options.timings },
    log: nullLog,
    keepAwake: () => undefined,
    tell: options.tell ?? {
      progress: () => undefined,
      ended: () => undefined,
      repeatStopped: () => undefined,
    },
    reading,
    files,
    resolveFile: () => Promise.resolve(err(appError('NOT_FOUND'))),
    pushAddress: () => null,
  });
  workspace.start();

  let stopping: Promise<void> | null = null;
  const stop = async () => {
    await workspace.stop();
    await gateway.close();
    await files.close();
    store.close();
  };

  return {
    workspace,
    db: store.db,
    async send(recipients, text = 'Fees are due on Sunday.', token = randomUUID(), more = {}) {
      const request = {
        accountId: account.id,
        sender: SENDER,
        text,
        recipients: recipients.join('\n'),
        ...more,
      };
      const plan = await workspace.campaigns.plan(request);
      if (!plan.ok) throw new Error(`plan: ${plan.error.code}`);
      const sent = await workspace.campaigns.send({
        request,
        expectedRecipients: plan.value.recipients,
        expectedParts: plan.value.parts,
        typedCount: plan.value.recipients,
        accepted: plan.value.warnings.map(({ kind }) => kind),
        seen: plan.value.warningsKey,
        token,
      });
      if (!sent.ok) throw new Error(`send: ${sent.error.code}`);
      return sent.value.id;
    },
    until(id, met, ms = 10_000) {
      return new Promise((resolve, reject) => {
        let looking: NodeJS.Timeout | undefined;
        const end = () => {
          clearTimeout(limit);
          clearTimeout(looking);
          unlisten();
        };
        const look = () => {
          looking = undefined;
          const view = workspace.campaigns.get(id);
          if (!view || !met(view)) return;
          end();
          resolve();
        };
        const limit = setTimeout(() => {
          end();
          reject(new Error(`not reached: ${JSON.stringify(workspace.campaigns.get(id))}`));
        }, ms);
        // Changes come with every commit; looking at each of them would be most of the work.
        const unlisten = workspace.changes.listen(() => (looking ??= setTimeout(look, 20)));
        look();
      });
    },
    setBalance(money) {
      account = { ...account, balance: { money, at: clock.now() } };
    },
    learn: (price) => accounts.notePrice(account.id, price),
    stop: () => (stopping ??= stop()),
    abandon: () => store.close(),
  };
}

/** `count` different ordinary mobile numbers. */
export const numbers = (count: number, from = 0): string[] =>
  Array.from({ length: count }, (_, i) => `88017120${String(from + i).padStart(5, '0')}`);

/** How often the gateway accepted each number. */
export function acceptedTimes(gateway: PracticeGateway): Map<string, number> {
  const times = new Map<string, number>();
  for (const { to } of gateway.journal()) times.set(to, (times.get(to) ?? 0) + 1);
  return times;
}
