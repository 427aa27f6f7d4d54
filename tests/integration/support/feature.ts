import path from 'node:path';
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { Capabilities } from '#shared/accounts/capabilities.ts';
import { appError } from '#shared/errors.ts';
import type { NetworkFacts } from '#shared/phone/network-facts.ts';
import { err, ok } from '#shared/result.ts';
import type { AccountAccess } from '../../../main/engine/account-access.ts';
import type { Clock } from '../../../main/engine/clock.ts';
import type { Gateway, LookupAnswer } from '../../../main/engine/gateways/gateway.ts';
import { openStore } from '../../../main/engine/store/open.ts';
import type { Store } from '../../../main/engine/store/store.ts';
import { nullLog } from '../../../main/logging/log.ts';

/** The account that tests of one account use. */
export const ACCOUNT = '00000000-0000-4000-8000-000000000001';
/** A second one. */
export const OTHER = '00000000-0000-4000-8000-000000000002';

/** Opens the store of a folder and puts two accounts into it. */
export function featureStore(dir: string, clock: Clock): Store {
  const opened = openStore({ file: path.join(dir, 'store.sqlite'), clock, log: nullLog });
  if (!opened.ok) throw new Error(`store: ${opened.error.code}`);
  const insert = opened.value.db.prepare(
    `INSERT OR IGNORE INTO accounts (id, name, protocol, server_address, user_name, created_at)
     VALUES (?, ?, 'rest-json', 'https://gateway.test', 'user', 0)`,
  );
  insert.run(ACCOUNT, 'School');
  insert.run(OTHER, 'Shop');
  return opened.value;
}

/** What an account of the tests can do unless told otherwise. */
export const CAN: Capabilities = {
  recipientsPerRequest: 100,
  differentTexts: true,
  ownMessageIds: true,
  schedule: null,
  flash: true,
  validity: true,
  transactionClass: false,
  reports: 'pull',
  logs: true,
  pageLimit: 1_000,
  logWindowMs: 0,
  balance: true,
  lookup: 'sync-and-async',
  inbox: 'pull',
  preview: false,
};

const refused = () => Promise.resolve(err(appError('NOT_SUPPORTED')));

/** A gateway that can do nothing but what `parts` adds. */
export function fakeGateway(parts: Partial<Gateway>): Gateway {
  return {
    capabilities: CAN,
    submit: () => Promise.resolve({ kind: 'refused', error: appError('NOT_SUPPORTED'), retryAfterMs: null }),
    balance: refused,
    fetchReports: refused,
    fetchLogs: refused,
    fetchInbox: refused,
    lookups: null,
    bulks: null,
    preview: refused,
    stream: null,
    clockOffsetMs: () => 0,
    close: () => Promise.resolve(),
    ...parts,
  };
}

/** The two accounts, with a gateway for those that are named. Everything may be changed while a test runs. */
export function fakeAccounts(gateways: Record<string, Gateway>) {
  const state = { opened: [] as string[], secretsKnown: true, active: [ACCOUNT, OTHER] };
  const account = (id: string) => ({
    id,
    name: id === ACCOUNT ? 'School' : 'Shop',
    senders: [],
    options: {},
    pricePerPart: null,
    balance: { money: null, at: null },
  });
  const access: AccountAccess = {
    get: account,
    active: () => state.active.map(account),
    gatewayFor(id) {
      state.opened.push(id);
      const gateway = gateways[id];
      return Promise.resolve(gateway ? ok(gateway) : err(appError('PASSWORD_MISSING')));
    },
    capabilitiesOf: (id) => gateways[id]?.capabilities ?? null,
    secretKnown: () => state.secretsKnown,
    notePrice: () => undefined,
    prices: () => [],
    refreshBalance: () => Promise.resolve(),
  };
  return { access, state };
}

/** Facts of a number that can be reached. */
export const FACTS: NetworkFacts = {
  mccmnc: '47001',
  imsi: null,
  original: { name: 'Grameenphone', prefix: '17', country: 'Bangladesh', countryPrefix: '880' },
  ported: false,
  portedTo: null,
  roaming: false,
  roamingIn: null,
  servingMsc: null,
  reachable: true,
  statusId: 5,
  statusName: 'DELIVERED_TO_HANDSET',
  errorId: 0,
  errorName: 'NO_ERROR',
  permanent: false,
};

/** The answer about a number that can be reached. */
export const factsAbout = (msisdn: string, lookupId: string | null = null): LookupAnswer => ({
  ...FACTS,
  msisdn,
  lookupId,
});

type Fields = Record<string, unknown>;

/** The rows of a query, for looking at what was stored. */
export const rowsOf = (db: DatabaseSyncInstance, sql: string) => db.prepare(sql).all() as Fields[];

/** What SQLite would do for every statement that `work` prepares, including those it prepares later. */
export function queryPlans(db: DatabaseSyncInstance, work: (db: DatabaseSyncInstance) => void): string[] {
  const statements: string[] = [];
  const recording = new Proxy(db, {
    get(target, name) {
      if (name !== 'prepare') return Reflect.get(target, name, target) as unknown;
      return (sql: string) => {
        statements.push(sql);
        return target.prepare(sql);
      };
    },
  });
  work(recording);
  return statements.map((sql) => {
    const rows = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all() as { detail: string }[];
    return `${sql.replace(/\s+/gu, ' ').trim()}\n  ${rows.map(({ detail }) => detail).join('\n  ')}`;
  });
}
