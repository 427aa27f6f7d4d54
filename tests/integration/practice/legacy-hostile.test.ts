import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readBody, FaultsChange, Inbound, SettingsChange } from '../../../main/practice/control/requests.ts';
import { readFields, readSend } from '../../../main/practice/key/requests.ts';
import { draftOf } from '../../../main/practice/legacy/draft.ts';
import { readForm } from '../../../main/practice/legacy/form.ts';
import {
  readFirstXmlRequest,
  readJsonRequest,
  readPlainRequest,
  readXmlRequest,
  type LegacyRequest,
} from '../../../main/practice/legacy/requests.ts';
import { UnreadableRequest } from '../../../main/practice/legacy/unreadable.ts';
import { RefusedRequest } from '../../../main/practice/rest/refusals.ts';

const RUNS = { numRuns: 1_000, seed: 20_160_314 };
/** Far above what one reading takes, in ms, and far below what a reader that backtracks would take. */
const LONGEST_MS = 1_000;

const CONTEXT = { now: 0, pushUrl: null, ids: 'uuid' } as const;

/** Reads what can be read; everything else must be of the one type. */
function readOrRefuse<T>(read: () => T, refused: new (...parameters: never[]) => Error): T | null {
  const started = performance.now();
  try {
    return read();
  } catch (error) {
    expect(error).toBeInstanceOf(refused);
    return null;
  } finally {
    expect(performance.now() - started).toBeLessThan(LONGEST_MS);
  }
}

/** A request that was read has drafts or codes, whatever is in it. */
function expectDrafts(request: LegacyRequest | null): void {
  for (const message of request?.messages ?? []) {
    const draft = draftOf(message, CONTEXT);
    if (typeof draft === 'number') expect(draft).toBeLessThan(0);
    else expect(draft.items).toHaveLength(message.recipients.length);
  }
}

const NAMES = [
  'user',
  'GSM',
  'SMSText',
  'binary',
  'messageid',
  'SendDateTime',
  'datacoding',
  'encoding',
  'pushurl',
  '__proto__',
  '',
];
const VALUES = [
  '',
  '1',
  '8801711000001',
  '-1',
  '0d0h',
  '9'.repeat(400),
  '%',
  '%u0041',
  '%ff',
  '%00',
  ',,,',
  'constructor',
  'FEFF',
  'utf-16',
];

const form = fc
  .array(
    fc.tuple(
      fc.oneof(fc.constantFrom(...NAMES), fc.string({ unit: 'binary' })),
      fc.oneof(fc.constantFrom(...VALUES), fc.string()),
    ),
    { maxLength: 12 },
  )
  .map((pairs) => pairs.map(([name, value]) => `${name}=${value}`).join('&'));

const TAGS = ['SMS', 'message', 'recipients', 'gsm', 'authentication', 'text', 'sender', 'binary', 'x:y'];
const xml = fc.oneof(
  fc
    .array(
      fc.oneof(
        fc.constantFrom(...TAGS).map((tag) => `<${tag}>`),
        fc.constantFrom(...TAGS).map((tag) => `</${tag}>`),
        fc.constantFrom(
          '<![CDATA[',
          ']]>',
          '<!--',
          '-->',
          '&amp;',
          '&#x;',
          '&#9999999999;',
          '&',
          '<?x?>',
          '<a b="',
          '"/>',
          ' ',
        ),
        fc.string(),
      ),
    )
    .map((pieces) => pieces.join('')),
  fc
    .tuple(fc.constantFrom(...TAGS), fc.string())
    .map(([tag, text]) => `<SMS><message><${tag}>${text}</${tag}></message></SMS>`),
);

const json = fc.oneof(
  fc.json(),
  fc.string(),
  fc
    .record({
      authentication: fc.jsonValue(),
      messages: fc.oneof(
        fc.jsonValue(),
        fc.array(fc.dictionary(fc.constantFrom(...NAMES, 'recipients', 'text'), fc.jsonValue())),
      ),
    })
    .map((value) => JSON.stringify(value)),
);

describe('1,000 generated bodies for each reader: read, or refused by the one type of error, in bounded time', () => {
  test('forms and queries', () => {
    fc.assert(
      fc.property(form, form, (query, body) => {
        expectDrafts(readOrRefuse(() => readPlainRequest(readForm(query, body)), UnreadableRequest));
      }),
      RUNS,
    );
  });

  test('XML of both versions', () => {
    fc.assert(
      fc.property(xml, (text) => {
        expectDrafts(readOrRefuse(() => readXmlRequest(text), UnreadableRequest));
        expectDrafts(readOrRefuse(() => readFirstXmlRequest(text), UnreadableRequest));
      }),
      RUNS,
    );
  });

  test('JSON of the third version', () => {
    fc.assert(
      fc.property(json, (text) => {
        expectDrafts(readOrRefuse(() => readJsonRequest(text), UnreadableRequest));
      }),
      RUNS,
    );
  });

  test('JSON of the key API', () => {
    const send = fc.record({
      senderName: fc.jsonValue(),
      transactionType: fc.constantFrom('T', 'P', 1),
      mobileNumber: fc.jsonValue(),
      message: fc.jsonValue(),
      smsData: fc.jsonValue(),
    });
    const body = fc.oneof(
      json,
      send.map((value) => JSON.stringify(value)),
    );
    fc.assert(
      fc.property(body, (text) => {
        const fields = readOrRefuse(() => readFields(Buffer.from(text)), RefusedRequest);
        if (fields === null) return;
        for (const recipients of ['one', 'commas', 'list', 'listWithTexts'] as const) {
          const read = readSend(fields, recipients, true);
          expect(typeof read === 'string' ? read : read.messages.length).toBeTruthy();
        }
      }),
      RUNS,
    );
  });

  test('JSON of the control calls', () => {
    fc.assert(
      fc.property(json, fc.uint8Array(), (text, bytes) => {
        for (const schema of [Inbound, SettingsChange, FaultsChange]) {
          readOrRefuse(() => readBody<unknown>(schema, Buffer.from(text)), RefusedRequest);
          readOrRefuse(() => readBody<unknown>(schema, Buffer.from(bytes)), RefusedRequest);
        }
      }),
      RUNS,
    );
  });

  test.each([
    ['open elements', '<SMS>'.repeat(200_000)],
    ['open comments', `<SMS>${'<!--'.repeat(250_000)}`],
    ['open CDATA', `<SMS>${'<![CDATA['.repeat(110_000)}`],
    [
      'attributes',
      `<SMS ${Array.from({ length: 60_000 }, (_, index) => `a${String(index)}="1"`).join(' ')}/>`,
    ],
    ['references', `<SMS><message><text>${'&amp;'.repeat(200_000)}</text></message></SMS>`],
    ['half references', `<SMS>${'&'.repeat(1_000_000)}</SMS>`],
    ['blanks in a tag', `<SMS${' '.repeat(1_000_000)}>`],
  ])('1 MiB of %s takes bounded time', (_name, text) => {
    const started = performance.now();
    try {
      expectDrafts(readXmlRequest(text));
    } catch (error) {
      expect(error).toBeInstanceOf(UnreadableRequest);
    }
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
