import * as at from './proofs.ts';
import { inSection, type Row } from './row.ts';

/** HTTP calls that the platform has beside those of the document (facts of the platform, "REST API" to "MiM SMS today"). */
export const PLATFORM_HTTP: readonly Row[] = [
  ...inSection('REST API', [
    {
      id: 'platform-multi',
      quote: 'POST /sms/1/text/multi',
      kind: 'call',
      says: 'Several texts in one request.',
      client: [
        at.restWriting('multi: several texts, those alike together; its messages are doubled in XML'),
        at.restPair('single, multi and advanced are taken, charged and reported, each as itself'),
      ],
      practice: [
        at.practiceRestSend(
          'JSON: each message object has its own sender and text; to is a string or a list',
        ),
        at.practiceRestSend('XML: messages in messages, answered by SendSMSResponse'),
      ],
    },
    {
      id: 'platform-advanced',
      quote: 'POST /sms/1/text/advanced',
      kind: 'call',
      says: 'Own ids, flash, language, transliteration, notification, validity, time of sending, delivery window.',
      client: [
        at.restWriting('the least special call > advanced: every option'),
        at.restPair('flash, transliteration, validity and the rest are understood'),
        at.publishedClient(
          'sends by text/advanced with ids of its own, and finds the report and the log entry under them',
        ),
      ],
      practice: [
        at.practiceRestSend('facts of the platform, "Advanced" > JSON: %s'),
        at.practiceRestSend('XML: one messages after the other, destinations too'),
        at.publishedClient(
          'sends by text/advanced with ids of its own, and finds the report and the log entry under them',
        ),
      ],
    },
    {
      id: 'platform-own-ids',
      quote: 'messages[].destinations[].messageId',
      kind: 'parameter',
      says: 'A used id is refused with status 23, which proves that the first message arrived.',
      client: [
        at.restPair('an own id that was used is refused by itself, which proves that the first one arrived'),
      ],
      practice: [
        at.practiceRestSend('a message id used again: 23 for the second, nothing charged, the first stays'),
      ],
    },
    {
      id: 'platform-validity',
      quote: 'messages[].validityPeriod',
      kind: 'parameter',
      says: 'In minutes or in milliseconds, as the account says; the sources disagree.',
      client: [at.restWriting('validity in the unit of the server')],
      practice: [
        at.practiceSchedule('facts of the platform, "Advanced": validityPeriod > %s: then 15, with a report'),
      ],
    },
    {
      id: 'platform-delivery-window',
      quote: 'messages[].deliveryTimeWindow',
      kind: 'parameter',
      says: 'Hours and days of delivery.',
      client: [
        at.restWriting('the least special call > advanced: every option'),
        at.restPair('flash, transliteration, validity and the rest are understood'),
      ],
      practice: [at.practiceSchedule('facts of the platform, "Advanced": deliveryTimeWindow > %s')],
    },
    {
      id: 'platform-binary',
      quote: 'POST /sms/1/binary/single, /multi, /advanced',
      kind: 'call',
      says: 'Octets with their data coding and esm class, in hexadecimal pairs.',
      client: [
        at.restWriting('bytes: single, and advanced with an own id; pairs are separated by blanks'),
        at.restPair('bytes with a header'),
      ],
      practice: [
        at.practiceRestSend('facts of the platform, "Binary" > JSON: %s'),
        at.publishedClient('sends binary'),
      ],
    },
    {
      id: 'platform-text-query',
      quote: 'GET /sms/1/text/query',
      kind: 'call',
      says: 'Everything in the query, for servers that refuse POST.',
      client: [
        at.restWriting('submitQuery > everything stands in the query, escaped'),
        at.restPair('a request by query'),
      ],
      practice: [
        at.practiceRestSend('facts of the platform, "text/query" > login and everything else in the query'),
        at.publishedClient('sends by text/query'),
      ],
    },
    {
      id: 'platform-preview',
      quote: 'POST /sms/1/preview',
      kind: 'call',
      says: 'How the gateway would split a text.',
      client: [at.restPair('a preview counts as the gateway does')],
      practice: [
        at.practiceRestSend('facts of the platform, "Bulks & preview": preview > as it is, and as asked for'),
        at.publishedClient('previews a text'),
      ],
    },
    {
      id: 'platform-bulks',
      quote: 'GET/PUT /sms/1/bulks?bulkId=',
      kind: 'call',
      says: 'Reads and moves the time of a scheduled sending.',
      client: [at.restPair('a scheduled sending is moved, paused and cancelled')],
      practice: [
        at.practiceSchedule(
          'facts of the platform, "Bulks & preview": bulks > another time, earlier and later, in JSON and XML',
        ),
        at.publishedClient('schedules, reads, moves, pauses and cancels a bulk'),
      ],
    },
    {
      id: 'platform-bulks-status',
      quote: 'GET/PUT /sms/1/bulks/status?bulkId=',
      kind: 'call',
      says: 'Pauses, goes on with and cancels a scheduled sending.',
      client: [at.restPair('a scheduled sending is moved, paused and cancelled')],
      practice: [
        at.practiceSchedule(
          'facts of the platform, "Bulks & preview": bulks > GET %s, and its status, in JSON and XML',
        ),
        at.practiceSchedule('cancelled: the money comes back, nothing is ever sent, and it stays cancelled'),
        at.practiceSchedule('paused over its time, moved or resumed: sent then'),
      ],
    },
    {
      id: 'platform-balance',
      quote: 'GET /account/1/balance',
      kind: 'call',
      says: 'The balance with its currency.',
      client: [
        at.restReading('readBalance > %s'),
        at.restPair('single, multi and advanced are taken, charged and reported, each as itself'),
      ],
      practice: [
        at.practiceFormats('XML of reads > facts of the platform, "Balance"'),
        at.practiceSend(
          'Money: price of a part times parts, taken when a message is accepted > parts, destinations and rejected ones add up',
        ),
      ],
    },
    {
      id: 'platform-xml',
      quote: 'application/json / application/xml',
      kind: 'answer',
      says: 'Reports flat, logs doubled, roots that differ: one tolerant reader.',
      client: [at.bodyReading('reports in XML say what they say in JSON > %s of %s')],
      practice: [
        at.practiceFormats('facts of the platform, "Reports": results one after the other'),
        at.practiceFormats('facts of the platform, "Logs": results in results'),
      ],
    },
    {
      id: 'platform-errors',
      quote: 'requestError.serviceException',
      kind: 'code',
      says: 'Why a request was refused, in the platform’s words.',
      client: [
        at.restReading('readServiceException > reads what the service says'),
        at.restPair('refusals say why'),
      ],
      practice: [
        at.practiceFormats('facts of the platform, "Errors", in XML: %s'),
        at.publishedClient('is told about a wrong password in the platform’s words'),
      ],
    },
  ]),
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
      client: [at.restPair('number context, at once, for later, and in its log')],
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
        at.keyAnswers('codes > 401 is a wrong login'),
        at.keyAnswers('codes > %s leaves open what happened'),
        at.keyPair('a wrong key'),
      ],
      practice: [at.practiceKey('codes > %s → %s in both versions'), at.practiceKey('codes > V2 %s')],
    },
  ]),
];
