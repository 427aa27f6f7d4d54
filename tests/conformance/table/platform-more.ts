import * as at from './proofs.ts';
import { inSection, type Row } from './row.ts';

/** Number lookups, received messages and the key API (facts of the platform, "Number Context / HLR" to "MiM SMS today"). */
export const PLATFORM_MORE: readonly Row[] = [
  ...inSection('Number Context / HLR', [
    {
      id: 'platform-hlr-sync',
      quote: 'GET /api/hlr/sync?user&pass&destination&output=json',
      kind: 'call',
      says: 'One number at once; `pass`, not `password`.',
      client: [
        at.legacyPair('number lookups, at once and later'),
        at.legacyReading('facts about numbers > every field'),
      ],
      practice: [at.practiceLegacyReads('number lookup > sync %s')],
    },
    {
      id: 'platform-hlr-async',
      quote: 'GET /api/hlr?user&pass&destinations=N1;N2',
      kind: 'call',
      says: 'Many numbers, whose facts are pushed later.',
      client: [at.legacyClient('number lookups > many at once in requests of a hundred')],
      practice: [at.practiceLegacyReads('async: OK, then a line for each number')],
    },
    {
      id: 'platform-number-query',
      quote: 'POST /number/1/query',
      kind: 'call',
      says: 'Up to 1,000 numbers at once.',
      client: [
        at.restPair('number context, at once, for later, and in its log'),
        at.restPair('too many numbers in one number context request are not sent'),
      ],
      practice: [at.practiceNumber('JSON, one number as a text or in a list: no bulkId')],
    },
    {
      id: 'platform-number-notify',
      quote: 'POST /number/1/notify',
      kind: 'call',
      says: 'Many numbers, whose facts are posted to an address.',
      client: [
        at.pushes('%s: facts about numbers by POST', 'rest-json'),
        at.pushes('%s: facts about numbers by POST', 'rest-xml'),
        at.restPair('number context, at once, for later, and in its log'),
      ],
      practice: [
        at.practiceNumber('JSON: on its way with an id, or refused without one'),
        at.practicePush('%s: the results of what was taken; 0006 and what is no number are left out'),
      ],
    },
    {
      id: 'platform-number-logs',
      quote: 'GET /number/1/logs',
      kind: 'call',
      says: 'Past answers.',
      client: [at.restPair('number context, at once, for later, and in its log')],
      practice: [at.practiceNumber('logs: newest first, with the price, filtered, in XML doubled')],
    },
  ]),
  ...inSection('Inbound (MO)', [
    {
      id: 'platform-inbox-legacy',
      quote: 'GET /api/v3/command/inbox?user&password&limit=0&output=json',
      kind: 'call',
      says: 'Received messages, as often as asked.',
      client: [
        at.legacyPair('the inbox, as often as asked'),
        at.legacyReading('the second version’s shape, and the names of others'),
      ],
      practice: [
        at.practiceLegacyReads('gives all messages, newest first, as often as asked'),
        at.practiceLegacyReads('limit and ReceivedDateTime'),
      ],
    },
    {
      id: 'platform-inbox-reports',
      quote: 'GET /sms/1/inbox/reports?limit',
      kind: 'call',
      says: 'Received messages, each once.',
      client: [at.restPair('received messages come once, and in the log as often as asked')],
      practice: [
        at.practiceInbox('reports: every field, each message once; logs have it as often as wanted'),
        at.publishedClient('reads received messages'),
      ],
    },
    {
      id: 'platform-inbox-logs',
      quote: 'GET /sms/1/inbox/logs',
      kind: 'call',
      says: 'Received messages as often as asked, with filters.',
      client: [
        at.restPaths('queries > the inbox once, and as a log with every filter'),
        at.restPair('received messages come once, and in the log as often as asked'),
      ],
      practice: [at.practiceInbox('filters of the logs')],
    },
  ]),
  ...inSection('MiM SMS today', [
    {
      id: 'platform-key-v1',
      quote: 'POST /api/SmsSending/SMS, /OneToMany',
      kind: 'call',
      says: 'The first version of the key API: one number, or many with one text.',
      client: [
        at.keyPair('sends to one and to many'),
        at.keyRequests('the first version > many numbers with one text'),
      ],
      practice: [at.practiceKey('sends > V1 SMS'), at.practiceKey('sends > V1 OneToMany: a comma list')],
    },
    {
      id: 'platform-key-v1-get',
      quote: 'GET /api/SmsSending/Send',
      kind: 'call',
      says: 'The same in a query. The client posts instead, which keeps the key out of addresses; the practice gateway serves it.',
      client: [at.keyRequests('the first version > one number')],
      practice: [
        at.practiceKey('V1 Send: the same names in the query, and none of them in the journal of requests'),
      ],
    },
    {
      id: 'platform-key-v2',
      quote: 'POST /api/V2/SMS, /api/V2/OneToMany, /api/V2/DSMS',
      kind: 'call',
      says: 'The second version: one number, many with one text, or a text each.',
      client: [at.keyPair('sends to one and to many'), at.keyPair('a text each')],
      practice: [
        at.practiceKey('sends > V2 SMS'),
        at.practiceKey('V2 OneToMany: bad numbers are told, the others sent'),
        at.practiceKey('V2 DSMS: a text each'),
      ],
    },
    {
      id: 'platform-key-campaign',
      quote: 'CampaignId, TransactionType',
      kind: 'parameter',
      says: 'Transactional or promotional; promotional messages name their campaign.',
      client: [at.keyRequests('the first version > a campaign is for promotional messages only')],
      practice: [at.practiceKey('codes > %s → %s in both versions')],
    },
    {
      id: 'platform-key-balance',
      quote: 'POST /api/SmsSending/balanceCheck, GET /api/V2/BalanceCheck',
      kind: 'call',
      says: 'The balance.',
      client: [at.keyPair('the balance, and none left'), at.keyAnswers('balance > %s')],
      practice: [at.practiceKey('balance > V1 by POST, V2 by GET')],
    },
    {
      id: 'platform-key-dlr',
      quote: 'POST /api/V2/DlrApi',
      kind: 'call',
      says: 'Where a message stands, asked message by message.',
      client: [at.keyPair('reports are asked for by message, as often as wanted')],
      practice: [
        at.practiceKey('DlrApi > Pending, then Delivered, as often as asked'),
        at.practiceKey('DlrApi > several ends → Partial, and which did not arrive'),
      ],
    },
    {
      id: 'platform-key-codes',
      quote: '205, 206, 207, 208, 209, 210, 213, 216, 221, 401, 500',
      kind: 'code',
      says: 'What each code means for the message or for the request.',
      client: [
        at.keyAnswers('codes > %s refuses the message'),
        at.keyAnswers('codes > %s is about the request'),
        at.keyAnswers('codes > %s is about the account, and refuses no message for good'),
        at.keyAnswers('codes > 401 is a wrong login'),
        at.keyAnswers('codes > %s leaves open what happened'),
        at.keyPair('a wrong key'),
      ],
      practice: [at.practiceKey('codes > %s → %s in both versions'), at.practiceKey('codes > V2 %s')],
    },
  ]),
];
