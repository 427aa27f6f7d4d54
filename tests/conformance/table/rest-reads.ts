import * as at from './proofs.ts';
import { both, inSection, type Row, type RowOfSection } from './row.ts';

const SHAPE = 'the practice gateway answers in the shape of the sample > %s';
const TAKEN = '%s > taken by the practice gateway, mended';
const WRITTEN = '%s > written by the client';

type Field = readonly [path: string, quote: string, says: string];

const SHARED: readonly Field[] = [
  ['bulkId', 'bulkId and messageId], the ids that uniquely identify the request', 'Id of the request.'],
  ['messageId', 'bulkId and messageId], the ids that uniquely identify the request', 'Id of the message.'],
  ['to', "to represents the recipient's phone number", 'The number.'],
  ['sentAt', 'sentAt and doneAt', 'When it was sent, with the offset of the account.'],
  ['doneAt', 'sentAt and doneAt', 'When it came to its end.'],
  ['smsCount', 'smsCount represents number of messages', 'Parts.'],
  ['price.pricePerMessage', 'price object with pricePerMessage and currency', 'Price of one part.'],
  ['price.currency', 'price object with pricePerMessage and currency', 'Its currency.'],
  ['status.groupId', 'status and error objects', 'Group of the status.'],
  ['status.groupName', 'status and error objects', 'Name of the group.'],
  ['status.id', 'status and error objects', 'Id of the status.'],
  ['status.name', 'status and error objects', 'Name of the status.'],
  ['status.description', 'status and error objects', 'The status in words.'],
  ['error.groupId', 'status and error objects', 'Group of the error.'],
  ['error.groupName', 'status and error objects', 'Name of the group.'],
  ['error.id', 'status and error objects', 'Id of the error.'],
  ['error.name', 'status and error objects', 'Name of the error.'],
  ['error.description', 'status and error objects', 'The error in words.'],
  ['error.permanent', 'status and error objects', 'Whether trying again is of no use.'],
];

const IN_LOGS: readonly Field[] = [
  ['from', '"from":"InfoSMS"', 'The sender; reports have none.'],
  ['text', '"text":"Test SMS."', 'The text; reports have none.'],
  [
    'mccmnc',
    '"mccmnc":"22801"',
    'Network of the number; spelt `mccMnc` by later servers, which the client reads too.',
  ],
  [
    'status.action',
    '"action": "Contact account manager"',
    'What to do about the status, where there is something.',
  ],
];

const fieldOf =
  (what: 'reports' | 'logs', sample: (path: string) => string) =>
  ([path, quote, says]: Field): RowOfSection => ({
    id: `rest-${what}-${path}`,
    quote,
    kind: 'answer',
    says,
    client: [at.restAnswers(`the client reads every field of ${what} > %s`, path)],
    practice: [at.restAnswers(SHAPE, sample(path))],
  });

const query = (what: 'reports' | 'logs', name: string, quote: string, says: string): RowOfSection =>
  both(
    { id: `rest-${what}-query-${name}`, quote, kind: 'parameter', says },
    at.filters(
      what === 'logs' ? 'filters of the logs, by %s > %s' : 'query parameters of the reports, by %s > %s',
      name,
    ),
  );

const request = (name: string, quote: string, says: string, ...samples: string[]): RowOfSection => ({
  id: `rest-${name}`,
  quote,
  kind: name.includes('-message') || name.includes('filtered') ? 'sample' : 'call',
  says,
  client: [at.restRequests(WRITTEN, `${name}-request`)],
  practice: [at.restRequests(TAKEN, `${name}-request`)],
  samples: [`rest/${name}-request.http`, ...samples],
});

/** The two read calls of the document. */
export const REST_READS: readonly Row[] = [
  ...inSection('Getting delivery reports', [
    request(
      'reports',
      'GET http://api.mimsms.com/sms/1/reports',
      'The reports that nobody has taken yet.',
      'rest/reports-response.json',
    ),
    query(
      'reports',
      'bulkId',
      'bulkId: The ID uniquely identifies the sent SMS request',
      'Those of one request.',
    ),
    query(
      'reports',
      'messageId',
      'messageId: The ID that uniquely identifies the message sent',
      'Those of one message, or of several.',
    ),
    query('reports', 'limit', 'limit: The maximum number of delivery reports', 'So many; the others wait.'),
    {
      id: 'rest-reports-once',
      quote: 'Delivery reports can only be retrieved one time',
      kind: 'limit',
      says: 'Each report is handed out once: the client stores the body before it reads it, and finds what was lost on the way in the log.',
      client: [
        at.filters('without one, every unread report, and an empty set the second time'),
        at.jsonPair('reports whose answer was lost or cut are gone from the reports, but not from the logs'),
        at.receiving('fills from the log what a lost page of once-only reports had said'),
      ],
      practice: [
        at.filters('without one, every unread report, and an empty set the second time'),
        at.practiceReports('"can only be retrieved one time"'),
      ],
    },
    {
      id: 'rest-reports-empty',
      quote: 'you will get an empty set because all delivery reports were read',
      kind: 'sample',
      says: 'An empty list of results.',
      client: [at.reportReading('samples of the API document > no reports')],
      practice: [
        at.restAnswers('the practice gateway answers in the shape of the sample > reports-empty-response'),
      ],
      samples: ['rest/reports-empty-response.json'],
    },
    request(
      'reports-one-message',
      'Append ?messageId=ff4804ef-6ab6-4abd-984d-ab3b1387e852 on the request url',
      'The report of one message.',
      'rest/reports-one-message-response.json',
    ),
    ...SHARED.map(fieldOf('reports', () => 'reports-response')),
    {
      id: 'rest-reports-notify-url',
      quote: 'receive a Delivery reports on Notify URL',
      kind: 'call',
      says: 'Reports are posted to an address in JSON or XML; the program’s receiver takes them where the account wants it.',
      client: [
        at.pushes('%s: to the address that the message names', 'rest-json'),
        at.pushes('%s: to the address that the message names', 'rest-xml'),
        at.receiver('reaches the account and the feature that it is for, and is answered once it is stored'),
        at.restWriting('the least special call > advanced: every option'),
      ],
      practice: [
        at.practicePush(
          'JSON: the report, as reports have it, when it is there; it cannot be pulled any more',
        ),
        at.practicePush('XML: the flat document of the reports'),
      ],
    },
  ]),
  ...inSection('Getting SMS logs', [
    request(
      'logs',
      'GET http://api.mimsms.com/sms/1/logs',
      'What was sent, newest first.',
      'rest/logs-response.json',
    ),
    both(
      {
        id: 'rest-logs-repeatable',
        quote: 'these logs can be requested as many times as you want',
        kind: 'limit',
        says: 'The log tells the same again: it is what doubtful messages are looked up in.',
      },
      at.filters('without a filter, everything, as often as asked'),
    ),
    {
      id: 'rest-logs-48-hours',
      quote: 'SMS logs are available for the last 48 hours',
      kind: 'limit',
      says: 'Older entries are gone; the client leaves to the user what the log has forgotten.',
      client: [
        at.filters('after 48 hours nothing is left'),
        at.receiving('leaves to the user what the log has forgotten, and does as the user decides'),
      ],
      practice: [
        at.filters('after 48 hours nothing is left'),
        at.practiceLogs('"available for the last 48 hours", and memory is let go of'),
      ],
    },
    query('logs', 'from', 'Sender address', 'Those of one sender.'),
    query('logs', 'to', 'Destination address', 'Those to one number.'),
    query('logs', 'bulkId', 'Bulk ID for which logs are requested', 'Those of some requests.'),
    query('logs', 'messageId', 'Message ID for which logs are requested', 'Those of some messages.'),
    query('logs', 'generalStatus', 'Sent SMS status', 'Those in one group of statuses, by its name.'),
    query('logs', 'sentSince', 'Lower limit on date and time of sending SMS', 'Those from a time on.'),
    query('logs', 'sentUntil', 'Upper limit on date and time of sending SMS', 'Those up to a time.'),
    query('logs', 'limit', 'Max number of messages in returned logs', 'So many, newest first.'),
    query('logs', 'mcc', 'Mobile country code', 'Those to networks of one country.'),
    query('logs', 'mnc', 'Mobile network code', 'Those to one network.'),
    {
      ...request(
        'logs-filtered',
        'try getting logs with "from", "to" and "limit" as filters',
        'Three filters at once; the printed answer is a rejected message with its action.',
        'rest/logs-filtered-response.json',
      ),
      client: [
        at.restRequests(WRITTEN, 'logs-filtered-request'),
        at.filters('from, to and limit together, as the document tries them'),
        at.reportReading('samples of the API document > a rejected message keeps what to do about it'),
      ],
      practice: [
        at.restRequests(TAKEN, 'logs-filtered-request'),
        at.restAnswers('the status and error objects to the letter, and the rejected entry'),
      ],
    },
    ...[...SHARED, ...IN_LOGS].map(
      fieldOf('logs', (path) => (path === 'status.action' ? 'logs-filtered-response' : 'logs-response')),
    ),
  ]),
];
