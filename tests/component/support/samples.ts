import type { Contact, ContactNumber } from '#shared/ipc/contacts.ts';
import type { ExchangeView } from '#shared/ipc/diagnostics.ts';
import type { Group } from '#shared/ipc/groups.ts';
import type { Conversation, ConversationMessage, InboxHead } from '#shared/ipc/inbox.ts';
import type { Lookup, LookupRow } from '#shared/ipc/lookups.ts';
import type { PracticeStatus } from '#shared/ipc/practice.ts';
import type { ReceiverView } from '#shared/ipc/receiver.ts';
import type { NetworkFacts } from '#shared/phone/network-facts.ts';
import { REAL_ACCOUNT } from './scripted-link.ts';

/** A conversation whose newest message is a question that nobody has read. */
export function conversation(over: Partial<Conversation> = {}): Conversation {
  return {
    partner: '8801712345678',
    accountId: 'practice',
    lastText: 'Is the meeting on Sunday?',
    lastAt: Date.now() - 600_000,
    lastIn: true,
    unread: 1,
    received: 2,
    ...over,
  };
}

/** Messages of a conversation as the engine gives them: newest first. */
export function thread(count: number, partner = 'in'): ConversationMessage[] {
  return Array.from({ length: count }, (_, index) => {
    const number = count - index;
    const isIn = number % 2 === 1;
    return {
      key: `${isIn ? partner : 'out'}-${number}`,
      direction: isIn ? 'in' : 'out',
      text: isIn ? `Question ${number}` : `Answer ${number}`,
      at: Date.now() - index * 60_000,
      ours: isIn ? '8801700000000' : 'Practice',
      keyword: null,
      state: isIn ? null : 'delivered',
    };
  });
}

/** The head of an inbox that one account fills. */
export const inboxHead = (over: Partial<InboxHead> = {}): InboxHead => ({
  unread: 1,
  conversations: 2,
  lastFetch: Date.now() - 120_000,
  failed: null,
  receivingAccounts: ['practice'],
  ...over,
});

const GRAMEENPHONE = { name: 'Grameenphone', prefix: '17', country: 'Bangladesh', countryPrefix: '880' };
const ROBI = { name: 'Robi', prefix: '18', country: 'Bangladesh', countryPrefix: '880' };

/** What the network says about a number in good order. */
export const facts = (over: Partial<NetworkFacts> = {}): NetworkFacts => ({
  mccmnc: '47001',
  imsi: '470011234567890',
  original: GRAMEENPHONE,
  ported: false,
  portedTo: null,
  roaming: false,
  roamingIn: null,
  servingMsc: null,
  reachable: true,
  statusId: 5,
  statusName: 'DELIVERED_TO_HANDSET',
  errorId: null,
  errorName: null,
  permanent: null,
  ...over,
});

/** A number that may be written to. */
export const contactNumber = (msisdn: string, over: Partial<ContactNumber> = {}): ContactNumber => ({
  msisdn,
  doNotMessage: false,
  deadSince: null,
  ...over,
});

/** A contact whose number was looked up. Without other numbers it has the one of `msisdn`. */
export const contact = (over: Partial<Contact> = {}): Contact => ({
  id: 1,
  name: 'Rahim Uddin',
  msisdn: '8801712345678',
  numbers: [contactNumber(over.msisdn ?? '8801712345678')],
  note: '',
  fields: {},
  groups: [],
  createdAt: 1_790_000_000_000,
  changedAt: 1_790_000_000_000,
  facts: facts(),
  factsAt: 1_790_000_000_000,
  ...over,
});

/** A group of the list kind. */
export const group = (over: Partial<Group> = {}): Group => ({
  id: 1,
  name: 'Class 6',
  rule: null,
  count: 40,
  createdAt: 1_790_000_000_000,
  changedAt: 1_790_000_000_000,
  ...over,
});

/** A lookup of four numbers that is half done. */
export const lookup = (over: Partial<Lookup> = {}): Lookup => ({
  id: 3,
  space: 'practice',
  accountId: 'practice',
  accountName: 'Practice',
  mode: 'sync',
  createdAt: Date.now() - 20_000,
  total: 4,
  answered: 3,
  failed: 0,
  problem: null,
  state: 'running',
  ratePerSecond: 2.5,
  timeLeft: 4_000,
  ...over,
});

/** Its numbers: one in order, one ported, one not in use, one without an answer. */
export const lookupRows: readonly LookupRow[] = [
  { msisdn: '8801712345678', facts: facts(), at: Date.now(), problem: null },
  {
    msisdn: '8801712345679',
    facts: facts({ ported: true, portedTo: ROBI }),
    at: Date.now(),
    problem: null,
  },
  {
    msisdn: '8801712345680',
    facts: facts({
      reachable: false,
      errorId: 1,
      errorName: 'EC_UNKNOWN_SUBSCRIBER',
      permanent: true,
    }),
    at: Date.now(),
    problem: null,
  },
  { msisdn: '8801712345681', facts: null, at: null, problem: null },
];

/** A receiver that listens for one account. */
export const receiver = (over: Partial<ReceiverView> = {}): ReceiverView => ({
  settings: {
    enabled: true,
    everyInterface: false,
    port: 4280,
    publicAddress: '',
    names: { from: ['sender', 'from'], to: ['receiver'], text: ['text'], time: ['datetime'], id: ['id'] },
  },
  state: 'listening',
  problem: null,
  addresses: [
    {
      accountId: REAL_ACCOUNT.id,
      accountName: REAL_ACCOUNT.name,
      reports: 'http://127.0.0.1:4280/r/kq7d2v9x4m1c/reports',
      inbound: 'http://127.0.0.1:4280/r/kq7d2v9x4m1c/inbound',
      lookups: 'http://127.0.0.1:4280/r/kq7d2v9x4m1c/lookups',
    },
  ],
  accepted: 12,
  refused: 1,
  lastAt: Date.now() - 90_000,
  last: 'report',
  ...over,
});

/** A request that carried two messages, and its answer. */
export const exchange = (id: number, over: Partial<ExchangeView> = {}): ExchangeView => ({
  id,
  accountId: REAL_ACCOUNT.id,
  accountName: REAL_ACCOUNT.name,
  at: Date.now() - id * 4_000,
  ms: 182,
  method: 'POST',
  target: 'https://api.mimsms.com/restapi/sms/1/text/advanced',
  requestHeaders: [
    ['authorization', 'Basic ••••••'],
    ['content-type', 'application/json'],
  ],
  requestBody: '{"messages":[{"from":"GVSchool","destinations":[{"to":"8801712345678"}]}]}',
  status: 200,
  answerBody: '{"messages":[{"to":"8801712345678","status":{"id":26,"name":"PENDING_ACCEPTED"}}]}',
  outcome: 'ok',
  messages: 2,
  ...over,
});

/** A practice gateway in use. */
export const practiceStatus = (over: Partial<PracticeStatus> = {}): PracticeStatus => ({
  url: 'http://127.0.0.1:4010',
  smppUrl: 'smpp://127.0.0.1:4011',
  startedAt: Date.now() - 3_600_000,
  balance: { micros: 486_000_000, currency: 'BDT' },
  requests: 31,
  accepted: 24,
  rejected: 2,
  reportsHandedOut: 22,
  faults: 1,
  protocols: [
    { name: 'REST', requests: 28, accepted: 22 },
    { name: 'SMPP', requests: 3, accepted: 2 },
  ],
  lastRequests: [
    {
      at: Date.now() - 5_000,
      protocol: 'REST',
      method: 'POST',
      path: '/restapi/sms/1/text/advanced',
      status: 200,
      fault: null,
      accepted: 12,
      body: '{"messages":[]}',
    },
    {
      at: Date.now() - 8_000,
      protocol: 'SMPP',
      method: 'submit_sm',
      path: '/',
      status: null,
      fault: 'drop-answer',
      accepted: 1,
      body: null,
    },
  ],
  lastMessages: [
    {
      id: 'm-1',
      from: 'Practice',
      to: '8801712000101',
      text: 'আগামী রবিবার সকাল ১০টায় অভিভাবক সভা।',
      parts: 1,
      status: 'DELIVERED_TO_HANDSET',
      receivedAt: Date.now() - 5_000,
    },
  ],
  ...over,
});
