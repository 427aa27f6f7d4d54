import * as at from './proofs.ts';
import { inSection, type Row } from './row.ts';

/** REST calls that the platform has beside those of the document (facts of the platform, "REST API"). */
export const PLATFORM_REST: readonly Row[] = [
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
      id: 'platform-statuses',
      quote: '0, 26, 28, 29, 51, 52',
      kind: 'status',
      says: 'Statuses that the platform uses and the printed table lacks; unknown ones are kept as they come.',
      client: [
        at.catalogue('knows status %d, which the platform uses beyond the document'),
        at.reportReading('ids given as text, and ids and names that no catalogue knows'),
      ],
      practice: [
        at.practiceSend('destination "%s" → 200 with status %i, no id, no cost, not in the logs'),
        at.practiceSchedule(
          'held: 26, paid at once, not in the logs before its time, then sent with that time',
        ),
        at.practiceMagic('a status id in no table, in a group in no table'),
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
];
