import * as at from './proofs.ts';
import { both, inSection, type Row, type RowOfSection } from './row.ts';

const SHAPE = 'the practice gateway answers in the shape of the sample > %s';
const TAKEN = '%s > taken by the practice gateway, mended';
const WRITTEN = '%s > written by the client';

const header = (id: string, quote: string, says: string): RowOfSection =>
  both(
    { id, quote, kind: 'parameter', says },
    at.restRequests('%s: %s in both, and in the answer', 'application/json'),
    at.restRequests('%s: %s in both, and in the answer', 'application/xml'),
  );

const answerField = (path: string, quote: string, says: string): RowOfSection => ({
  id: `rest-send-answer-${path}`,
  quote,
  kind: 'answer',
  says,
  client: [at.restAnswers('the client reads every field of a send answer > %s', path)],
  practice: [at.restAnswers(SHAPE, 'send-response')],
});

/** How REST is spoken, and its one send call in the document. */
export const REST_SEND: readonly Row[] = [
  ...inSection('Base URL', [
    {
      id: 'rest-base-url',
      quote: 'Submit all requests to the base URL',
      kind: 'call',
      says: 'The server address is a setting, with a path before the calls where a server has one.',
      client: [
        at.restRequests('%s > written by the client', 'logs-request'),
        at.restClient('one recipient as text, several as a list, with computed authorization'),
      ],
      practice: [at.restRequests(TAKEN, 'logs-request')],
    },
    both(
      {
        id: 'rest-base-http',
        quote: 'Although you can use HTTP protocol',
        kind: 'limit',
        says: 'HTTP only with the user’s consent for that account.',
      },
      at.restRequests('over HTTP only with consent: without it nothing reaches the practice gateway'),
    ),
    both(
      {
        id: 'rest-base-https',
        quote: 'we strongly recommend you to submit all requests',
        kind: 'limit',
        says: 'HTTPS is what is expected, and certificates are always verified.',
      },
      at.restRequests('over HTTPS only to a server that proves who it is'),
    ),
  ]),
  ...inSection('Content-Type & Accept header', [
    header(
      'rest-content-type',
      'Content-Type: application/json OR application/xml',
      'Requests in JSON or in XML, as the account says.',
    ),
    header(
      'rest-accept',
      'the same one will be applied in the response',
      'The client asks for its own format; the practice gateway answers in what is asked for.',
    ),
    {
      id: 'rest-content-type-missing',
      quote: 'If the Content-Type is not specified you will receive a General error',
      kind: 'code',
      says: 'Nothing is sent. The document gives no HTTP status: it is 500 here, after which the client looks in the log first.',
      client: [at.restRequests('what the client makes of a General error: nobody knows')],
      practice: [
        at.restRequests('without a Content-Type: General error, and nothing is sent'),
        at.practiceSend('without Content-Type: General error, nothing accepted'),
      ],
    },
  ]),
  ...inSection('Authorization', [
    both(
      {
        id: 'rest-authorization',
        quote: 'basic authorization using a username and password with Base64 encoding',
        kind: 'parameter',
        says: 'Basic authorization in every call; a wrong one is 401 and a wrong password to the user.',
      },
      at.restRequests(
        'the client computes what the document’s steps give, and the practice gateway lets it in',
      ),
      at.restRequests('a wrong login is one to the client'),
    ),
    {
      id: 'rest-authorization-sample',
      quote: 'Authorization header: Basic QWxhZGRpbjpvYVUyIHNlc2FtZQ==',
      kind: 'sample',
      says: 'Printed in four spellings, of which none is what the steps above it give: the client computes it, and the practice gateway refuses the printed ones.',
      client: [
        at.restPaths('basicAuthorization > %s and %s', 'Aladdin'),
        at.restRequests(
          'the client computes what the document’s steps give, and the practice gateway lets it in',
        ),
      ],
      practice: [at.restRequests('the damaged %s is another login to the practice gateway')],
      samples: ['rest/authorization.txt', 'rest/authorization-again.txt'],
    },
  ]),
  ...inSection('Send SMS', [
    {
      id: 'rest-number-format',
      quote: 'E.164 numbers are internationally standardized to a fifteen digit maximum length',
      kind: 'limit',
      says: 'The client brings every usual spelling into digits with country code; the practice gateway refuses what is no number by a status.',
      client: [
        at.numbers('a Bangladesh mobile number in any writing > %s'),
        at.numbers('numbers of other countries > %s'),
        at.numbers('what cannot be sent to says why > %s: %s'),
      ],
      practice: [
        at.practiceSend('destination "%s" is fine'),
        at.practiceSend('destination "%s" → 200 with status %i, no id, no cost, not in the logs'),
      ],
    },
    {
      id: 'rest-single',
      quote: 'HTTP POST request to http://api.mimsms.com/sms/1/text/single',
      kind: 'call',
      says: 'One text to one number, or to several.',
      client: [at.restRequests(WRITTEN, 'send-request')],
      practice: [at.restRequests(TAKEN, 'send-request')],
      samples: ['rest/send-request.http', 'rest/send-request.json'],
    },
    ...(['from', 'to', 'text'] as const).map((name): RowOfSection => ({
      id: `rest-single-${name}`,
      quote: 'with from, to and text parameters',
      kind: 'parameter',
      says: { from: 'The sender.', to: 'The number, or a list of them.', text: 'The text.' }[name],
      client: [
        at.restWriting('the least special call > the sample of the API document'),
        at.restRequests(WRITTEN, 'send-request'),
      ],
      practice: [
        at.restRequests('%s: %s in both, and in the answer'),
        at.practiceFormats('body as %s, Accept %s → %s'),
      ],
    })),
  ]),
  ...inSection('Send SMS response', [
    {
      id: 'rest-single-again',
      quote: 'Here is an example of a request for sending a single SMS',
      kind: 'sample',
      says: 'The request once more, with quotes inside the text that the document forgets to escape.',
      client: [at.restRequests(WRITTEN, 'send-again-request')],
      practice: [at.restRequests(TAKEN, 'send-again-request')],
      samples: ['rest/send-again-request.http'],
    },
    {
      id: 'rest-send-ok',
      quote: 'it should provide an 200 OK response with message details',
      kind: 'answer',
      says: 'Taken is what has its own entry with an accepting status; 200 alone proves nothing.',
      client: [at.restReading('readSubmitAnswer > the sample of the API document')],
      practice: [
        at.restAnswers(SHAPE, 'send-response'),
        at.practiceSend('one destination: accepted with a message id and no bulk id'),
      ],
      samples: ['rest/send-response.json'],
    },
    {
      id: 'rest-send-answer-messages',
      quote: 'messages is an array of all SMS messages that were sent in the last request',
      kind: 'answer',
      says: 'An entry for each number of the request.',
      client: [at.restClient('an answer for some of the recipients names those and no others')],
      practice: [
        at.practiceSend('several destinations: one bulk id, one message each, in order, repeated ones too'),
      ],
    },
    answerField('to', 'to is a phone number which you have sent the SMS message to', 'The number.'),
    answerField(
      'messageId',
      'is uniquely identified with the messageId',
      'The id under which reports and log entries come.',
    ),
    answerField('smsCount', '"smsCount": 1', 'Parts that are paid.'),
    answerField('status.id', '"id": 0', 'Id of the status; 0 is printed here and in no table.'),
    answerField('status.groupId', '"groupId": 0', 'Id of its group.'),
    answerField('status.groupName', '"groupName": "ACCEPTED"', 'Name of its group.'),
    answerField('status.name', '"name": "MESSAGE_ACCEPTED"', 'Name of the status.'),
    answerField('status.description', '"description": "Message accepted"', 'The status in words.'),
  ]),
];
