import * as at from './proofs.ts';
import { both, inSection, type Row } from './row.ts';

/** What the platform's older HTTP calls have beside the document (facts of the platform, "HTTP Plain send" to "Delivery reports"). */
export const PLATFORM_LEGACY: readonly Row[] = [
  ...inSection('HTTP Plain send', [
    {
      id: 'platform-plain-codes',
      quote: '−1 to −99',
      kind: 'code',
      says: 'Why a number, or a whole request, was refused. The first XML call has a table of its own.',
      client: [
        at.legacyAnswers('the codes of the plain and v3 calls > %s refuses the message'),
        at.legacyAnswers('the codes of the plain and v3 calls > %s is about the request'),
        at.legacyAnswers('the codes of the plain and v3 calls > %s is about the account'),
        at.legacyAnswers('the codes of the first XML call > the same numbers mean other things'),
      ],
      practice: [
        at.practiceLegacySend('→ ${String(code)}, HTTP 200, nothing sent'),
        at.practiceLegacySend('precedence, when several things are wrong > %s'),
      ],
    },
    {
      id: 'platform-plain-output',
      quote: 'output=xml, json, plain',
      kind: 'answer',
      says: 'The client reads whatever shape comes.',
      client: [at.legacyClient('the answer may have another shape than was asked for')],
      practice: [
        at.practiceLegacySend('answers > v3 output=json: all values are texts'),
        at.practiceLegacySend('answers > v3 output=plain: the lines of v1'),
      ],
    },
    {
      id: 'platform-plain-more',
      quote: 'IsFlash, ValidityPeriod, appid, pushurl, messageid, esmclass',
      kind: 'parameter',
      says: 'Everything that a message may carry beside its text.',
      client: [
        at.legacyRequests('the plain calls > everything beside the text'),
        at.legacyPair('flash, binary and validity are taken'),
        at.legacyPair('the account’s tag gives only its own reports'),
        at.legacyPair('a bad push address is about the account'),
      ],
      practice: [
        at.practiceLegacySend('content > %s', 'flash'),
        at.practiceLegacyReads('reports > appid asks for the reports of its messages only'),
        at.practiceLegacySend(
          'own message ids > are echoed in their order; −33 for one that was used, which is not sent',
        ),
      ],
    },
  ]),
  ...inSection('HTTP XML / JSON send', [
    {
      id: 'platform-json-v3',
      quote: 'POST /api/v3/sendsms/json',
      kind: 'call',
      says: 'Several texts in one JSON document.',
      client: [at.legacyRequests('the JSON call'), at.legacyPair('%s carries a text each', 'json-v3')],
      practice: [at.practiceLegacyDocuments('answers with texts, and echoes own ids')],
    },
  ]),
  ...inSection('Delivery reports (legacy)', [
    {
      id: 'platform-dlrpull',
      quote: '/api/dlrpull?user&password[&messageId]',
      kind: 'call',
      says: 'The older address of the report pull.',
      client: [at.legacyClient('reads > reports of %s'), at.legacyPair('sends, and takes each report once')],
      practice: [
        at.practiceLegacyReads('%s > gives each report once, with every attribute, in padded dates of Dhaka'),
      ],
    },
    {
      id: 'platform-no-data',
      quote: 'NO_DATA',
      kind: 'answer',
      says: 'Nothing to hand out.',
      client: [at.legacyAnswers('answers to reads > %s is nothing')],
      practice: [
        at.practiceLegacySend('the sample addresses of the API document > balance, and delivery reports'),
      ],
    },
    both(
      {
        id: 'platform-legacy-schedule',
        quote: 'SendDateTime, sendDateTime',
        kind: 'parameter',
        says: 'The gateway holds messages of every call but the first XML one.',
      },
      at.legacyPair('%s schedules at the gateway'),
    ),
  ]),
];
