import type { Settings } from '#shared/ipc/shell.ts';
import type { CampaignView, MessagePage, MessageRow } from '#shared/ipc/campaign-view.ts';
import type { MessageState } from '#shared/sms/message-state.ts';
import {
  feed,
  PRACTICE_ACCOUNT,
  REAL_ACCOUNT,
  refusal,
  REST_PATH,
  scriptedLink,
  type ScriptedLink,
} from '../support/scripted-link.ts';
import {
  contact,
  conversation,
  exchange,
  group,
  inboxHead,
  lookup,
  lookupRows,
  practiceStatus,
  receiver,
  thread,
} from '../support/samples.ts';
import { outgoing } from './outgoing.ts';
import { writing } from './writing.ts';

const BANGLA = 'প্রিয় অভিভাবক, আগামী রবিবার সকাল ১০টায় অভিভাবক সভা। আপনার উপস্থিতি কাম্য। – গ্রিন ভ্যালি স্কুল';
const STATES: readonly MessageState[] = [
  'delivered',
  'delivered',
  'at-operator',
  'delivered',
  'accepted',
  'undeliverable',
  'queued',
  'delivered',
  'uncertain',
  'expired',
  'submitting',
  'refused',
];

/** What a picture may vary, from the address of the harness. */
export type Scene = {
  readonly accounts: 'both' | 'practice';
  readonly engine: 'running' | 'restarting' | 'failed';
  readonly settings: Settings;
  /** Compose opens with a draft that was begun. */
  readonly drafts?: boolean | undefined;
};

function row(index: number, now: number): MessageRow {
  const state = STATES[index % STATES.length] ?? 'delivered';
  const sentAt = now - index * 47_000;
  return {
    id: index + 1,
    campaignId: 7,
    origin: index % 9 === 4 ? 'elsewhere' : 'here',
    msisdn: `88017${String(12_345_678 + index * 7919).padStart(8, '0')}`,
    input: null,
    sender: 'GVSchool',
    text: index % 3 === 0 ? 'Dear parent, the meeting is on Sunday at 10 am.' : BANGLA,
    state,
    reason: null,
    statusId: state === 'delivered' ? 5 : null,
    statusName: state === 'delivered' ? 'DELIVERED_TO_HANDSET' : null,
    errorId: null,
    errorName: null,
    parts: index % 3 === 0 ? 1 : 2,
    price: state === 'queued' ? null : { micros: index % 3 === 0 ? 350_000 : 700_000, currency: 'BDT' },
    gatewayMessageId: `m-${index}`,
    mccmnc: '47001',
    createdAt: sentAt,
    sentAt: state === 'queued' ? null : sentAt,
    doneAt: state === 'delivered' ? sentAt + 8_000 : null,
    changedAt: sentAt + 9_000,
  };
}

function campaign(id: number, now: number, change: Partial<CampaignView> = {}): CampaignView {
  return {
    id,
    space: 'real',
    accountId: REAL_ACCOUNT.id,
    accountName: REAL_ACCOUNT.name,
    name: 'Parents’ meeting',
    text: BANGLA,
    sender: 'GVSchool',
    encoding: 'UCS-2',
    partsPerMessage: 2,
    partsMin: 2,
    partsMax: 2,
    merged: false,
    createdAt: now - id * 3_600_000,
    heldUntil: null,
    sendAt: null,
    heldBy: null,
    phase: 'sending',
    pauseReason: null,
    planned: 1240,
    counts: {
      'left-out': 12,
      queued: 420,
      submitting: 8,
      uncertain: 3,
      accepted: 60,
      'at-operator': 130,
      delivered: 590,
      undeliverable: 14,
      refused: 3,
    },
    undecided: 0,
    equationHolds: true,
    ratePerSecond: 18.4,
    timeLeft: 23_000,
    estimated: { micros: 868_000_000, currency: 'BDT' },
    charged: { micros: 412_300_000, currency: 'BDT' },
    estimatedOfCharged: { micros: 410_000_000, currency: 'BDT' },
    transactionClass: null,
    zone: null,
    quietUntil: null,
    quietZone: null,
    canary: null,
    retryOf: null,
    retries: [],
    seriesId: null,
    failed: 0,
    ...change,
  };
}

/** A script with a small office behind it: two accounts, three campaigns, a few hundred messages. */
export function office({ accounts, engine, settings, drafts = false }: Scene): ScriptedLink {
  const now = Date.now();
  let current = settings;
  const rows = Array.from({ length: 240 }, (_, index) => row(index, now));
  const page = (): MessagePage => ({ rows });
  const campaigns = [
    campaign(1, now),
    campaign(2, now, {
      name: 'Fee reminder, class 6',
      phase: 'finished',
      counts: { delivered: 388, expired: 9 },
      planned: 397,
      failed: 6,
      retries: [{ id: 3, createdAt: now - 3_600_000, messages: 3 }],
      ratePerSecond: null,
      timeLeft: null,
    }),
    campaign(3, now, {
      name: 'ঈদের ছুটি',
      phase: 'paused',
      pauseReason: 'credits',
      retryOf: 2,
      planned: 210,
      counts: { queued: 88, delivered: 122 },
      ratePerSecond: null,
      timeLeft: null,
    }),
  ];
  campaigns.push(
    campaign(4, now, {
      name: 'Bill of December',
      phase: 'scheduled',
      sendAt: new Date(now + 3 * 86_400_000).setHours(9, 0, 0, 0),
      heldBy: 'gateway',
      planned: 320,
      counts: { accepted: 320 },
      ratePerSecond: null,
      timeLeft: null,
      charged: null,
    }),
  );
  const list = accounts === 'both' ? [REAL_ACCOUNT, PRACTICE_ACCOUNT] : [PRACTICE_ACCOUNT];
  const settingsFeed = feed(current);
  const people = [
    contact({ fields: { '1': '6' }, groups: [{ id: 1, name: 'Class 6' }] }),
    contact({ id: 2, name: 'রহিমা খাতুন', msisdn: '8801812345679', facts: null, factsAt: null }),
  ];
  const sync = {
    running: false,
    lastReportPull: now - 70_000,
    lastLogSweep: now - 900_000,
    gaps: [],
    unreadable: 0,
    failed: null,
  };
  const script = scriptedLink({
    'shell.settings.get': () => current,
    'shell.settings.watch': () => settingsFeed.open(),
    'shell.settings.update': (change: Partial<Settings>) => {
      current = { ...current, ...change };
      settingsFeed.push(current);
      return current;
    },
    'shell.app.info': () => ({
      version: '0.1.0',
      electron: '45.4.1',
      chromium: '146.0',
      platform: 'linux',
      packaged: false,
    }),
    'shell.app.openLink': () => null,
    'shell.app.wanted': () => feed<unknown>(null).open(),
    'shell.engine.restart': () => null,
    'shell.vault.mode': () => 'keychain',
    'shell.vault.setMode': ({ mode }: { mode: string }) => mode,
    'shell.vault.selfTest': () => ({
      ok: false,
      code: 'VAULT_UNAVAILABLE',
      fix: 'linux-secret-service',
      detail: 'org.freedesktop.secrets was not provided by any .service files',
    }),
    'accounts.watch': () => feed(list).open(),
    'accounts.list': () => list,
    'accounts.refreshBalance': () => {
      throw refusal('GATEWAY_UNREACHABLE', { detail: 'ENOTFOUND api.mimsms.com' });
    },
    'accounts.test': () => ({ balance: REAL_ACCOUNT.balance.money, path: REST_PATH }),
    'accounts.add': () => {
      throw refusal('VAULT_UNAVAILABLE');
    },
    'messages.syncState': () => feed(sync).open(),
    'messages.sync': () => sync,
    'messages.changes': () => feed(now).open(),
    'messages.list': page,
    'messages.count': () => ({ count: 240, capped: false }),
    'messages.get': ({ id }: { id: number }) => ({
      row: rows[id - 1],
      campaignName: 'Parents’ meeting',
      accountName: REAL_ACCOUNT.name,
      events: [],
      rawReports: [],
    }),
    'accounts.probe': () => REAL_ACCOUNT,
    'contacts.watch': () => feed({ count: 2 }).open(),
    'contacts.list': () => ({ rows: people }),
    'contacts.count': ({ filter }: { filter: object }) => (Object.keys(filter).length === 0 ? 2 : 0),
    'contacts.get': ({ id }: { id: number }) => people.find((one) => one.id === id),
    'contacts.fields': () => [{ id: 1, name: 'Class', kind: 'number', used: 1 }],
    'contacts.figures': () => ({
      sent: 3,
      delivered: 2,
      failed: 1,
      received: 1,
      parts: 5,
      charged: { micros: 1_750_000, currency: 'BDT' },
      firstAt: now - 86_400_000,
      lastAt: now - 3_600_000,
    }),
    'contacts.history': () => ({ rows: [] }),
    'contacts.duplicates': () => ({ rows: [] }),
    'groups.list': () => [group()],
    'groups.preview': () => ({ count: 1, sample: people.slice(0, 1) }),
    'doNotMessage.list': () => ({ rows: [], total: 0 }),
    'contacts.numbers': () => ({ numbers: '8801712345678\n8801812345679', count: 2, more: false }),
    'inbox.head': () => feed(inboxHead({ receivingAccounts: list.map((one) => one.id) })).open(),
    'inbox.conversations': () => ({
      rows: [
        conversation({ accountId: REAL_ACCOUNT.id }),
        conversation({
          partner: '8801812345679',
          lastText: 'আমি আসতে পারব না, ধন্যবাদ।',
          lastAt: now - 86_400_000,
          unread: 0,
        }),
        conversation({
          partner: '8801912345680',
          lastText: 'Yes, ten o’clock.',
          lastAt: now - 90_000_000,
          lastIn: false,
          unread: 0,
        }),
      ],
    }),
    'inbox.thread': () => ({ rows: thread(7) }),
    'inbox.markRead': () => null,
    'inbox.fetch': () => ({ received: 0, failed: null }),
    'lookups.plan': () => ({ numbers: 4, invalid: 1, duplicates: 1 }),
    'lookups.start': () => lookup(),
    'lookups.list': () => ({ rows: [lookup(), lookup({ id: 2, state: 'done', answered: 4, total: 4 })] }),
    'lookups.watch': () => feed(lookup()).open(),
    'lookups.rows': () => ({ rows: lookupRows }),
    'lookups.known': () => ({
      rows: lookupRows.flatMap(({ msisdn, facts }) => (facts ? [{ msisdn, facts, at: now }] : [])),
    }),
    'receiver.watch': () => feed(receiver()).open(),
    'receiver.configure': () => receiver(),
    'receiver.test': () => ({ ok: true, detail: 'HTTP 200', ms: 12 }),
    'receiver.renewPaths': () => receiver(),
    'diagnostics.exchanges': () => ({ rows: Array.from({ length: 30 }, (_, index) => exchange(index + 1)) }),
    'practice.status': () => practiceStatus(),
    'practice.simulateInbound': () => null,
    'campaigns.list': () => ({ rows: campaigns }),
    'campaigns.recipients': page,
    ...outgoing(campaigns, rows),
    ...writing(drafts),
  });
  if (engine === 'failed')
    script.engineState.current = {
      state: 'failed',
      restarts: 3,
      code: 'STORE_NEWER',
      detail: 'schema 40, known 10',
    };
  if (engine === 'restarting')
    script.engineState.current = { state: 'restarting', restarts: 1, code: null, detail: null };
  return script;
}
