import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { GatewayReport, SubmittedMessage } from '../../main/engine/gateways/gateway.ts';
import { readSubmitAnswer } from '../../main/engine/gateways/rest/read-answer.ts';
import { bodyOf, documentSample, reportsIn, startPair, type Pair } from './pair.ts';

/**
 * The answers that the API document prints: the practice gateway's have the same fields of the same kinds, and the client reads every
 * field of either to the same value.
 */
type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;
const at = (value: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((inner, key) => (isFields(inner) ? inner[key] : undefined), value);

/** Every field of an answer with the kind of its value; of a list the first entry. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 1).map(shapeOf);
  if (!isFields(value)) return typeof value;
  const entries = Object.entries(value).map(([key, inner]) => [key, shapeOf(inner)]);
  return Object.fromEntries(entries) as Fields;
}

const sample = (name: string): unknown => JSON.parse(documentSample(`rest/${name}.json`));
const entriesOf = (answer: unknown): Fields[] => {
  const list: unknown = at(answer, 'results') ?? at(answer, 'messages');
  return Array.isArray(list) ? list.filter(isFields) : [];
};

type Answers = { readonly sent: unknown; readonly reports: unknown; readonly empty: unknown; logs: unknown };

let pair: Pair;
let answers: Answers;
let submitted: readonly SubmittedMessage[];
const DELIVERED = '8801613537347';
const FORBIDDEN = '8801999000006';

beforeAll(async () => {
  pair = await startPair('rest-json', { currency: 'EUR', pricePerPartMicros: 10_000 });
  const submit = (to: string, text: string) =>
    pair.gateway.submit({ sender: 'InfoSMS', messages: [{ to, text, ownId: null }] });
  const outcome = await submit(DELIVERED, 'Test SMS.');
  await submit(FORBIDDEN, 'Test SMS.');
  if (outcome.kind !== 'answered') throw new Error(JSON.stringify(outcome));
  submitted = outcome.messages;
  pair.clock.now += 60_000;
  const read = async (raw: ReturnType<Pair['gateway']['fetchLogs']>): Promise<unknown> =>
    JSON.parse(bodyOf(await raw));
  answers = {
    sent: JSON.parse(outcome.exchange?.answerBody ?? ''),
    reports: await read(pair.gateway.fetchReports({})),
    empty: await read(pair.gateway.fetchReports({})),
    logs: await read(pair.gateway.fetchLogs({})),
  };
});
afterAll(() => pair.close());

describe('the practice gateway answers in the shape of the sample', () => {
  const withAction = (answer: unknown): unknown => ({
    results: entriesOf(answer).filter((entry) => at(entry, 'status.action') !== undefined),
  });
  const withoutAction = (answer: unknown): unknown => ({
    results: entriesOf(answer).filter((entry) => at(entry, 'status.action') === undefined),
  });

  test.each<[name: string, given: () => unknown]>([
    ['send-response', () => answers.sent],
    ['reports-response', () => answers.reports],
    ['reports-one-message-response', () => answers.reports],
    ['logs-response', () => withoutAction(answers.logs)],
    ['logs-filtered-response', () => withAction(answers.logs)],
    ['status-object', () => at(entriesOf(answers.reports)[0], 'status')],
    ['error-object', () => at(entriesOf(answers.reports)[0], 'error')],
  ])('%s', (name, given) => {
    expect(shapeOf(given())).toEqual(shapeOf(sample(name)));
  });

  test('reports-empty-response', () => {
    expect(answers.empty).toEqual(sample('reports-empty-response'));
  });

  test('the status and error objects to the letter, and the rejected entry', () => {
    expect(at(entriesOf(answers.reports)[0], 'status')).toEqual(sample('status-object'));
    expect(at(entriesOf(answers.reports)[0], 'error')).toEqual(sample('error-object'));
    const [rejected] = entriesOf(withAction(answers.logs));
    const [printed] = entriesOf(sample('logs-filtered-response'));
    for (const field of ['from', 'text', 'smsCount', 'price', 'status', 'error']) {
      expect(rejected?.[field]).toEqual(printed?.[field]);
    }
  });
});

describe('the client reads every field of a send answer', () => {
  const FIELDS: [path: string, read: (message: SubmittedMessage) => unknown][] = [
    ['to', ({ to }) => to],
    ['messageId', ({ gatewayMessageId }) => gatewayMessageId],
    ['smsCount', ({ parts }) => parts],
    ['status.id', ({ status }) => status.id],
    ['status.groupId', ({ status }) => status.groupId],
    ['status.groupName', ({ status }) => status.groupName],
    ['status.name', ({ status }) => status.name],
    ['status.description', ({ status }) => status.description],
  ];

  test.each(FIELDS)('%s', (path, read) => {
    const printed = readSubmitAnswer(documentSample('rest/send-response.json'), [DELIVERED]);
    const pairs: [unknown, SubmittedMessage | undefined][] = [
      [entriesOf(sample('send-response'))[0], printed?.messages[0]],
      [entriesOf(answers.sent)[0], submitted[0]],
    ];
    for (const [written, message] of pairs) {
      expect(at(written, path)).toBeDefined();
      expect(message && read(message)).toBe(at(written, path));
    }
  });
});

const ms = (written: unknown): number => Date.parse(String(written).replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));

const OF_REPORTS: [
  path: string,
  read: (report: GatewayReport) => unknown,
  meaning?: (raw: unknown) => unknown,
][] = [
  ['bulkId', ({ bulkId }) => bulkId],
  ['messageId', ({ gatewayMessageId }) => gatewayMessageId],
  ['to', ({ to }) => to],
  ['sentAt', ({ sentAt }) => sentAt, ms],
  ['doneAt', ({ doneAt }) => doneAt, ms],
  ['smsCount', ({ parts }) => parts],
  ['price.pricePerMessage', ({ pricePerPart }) => (pricePerPart?.micros ?? 0) / 1_000_000],
  ['price.currency', ({ pricePerPart }) => pricePerPart?.currency],
  ['status.groupId', ({ status }) => status.groupId],
  ['status.groupName', ({ status }) => status.groupName],
  ['status.id', ({ status }) => status.id],
  ['status.name', ({ status }) => status.name],
  ['status.description', ({ status }) => status.description],
  ['error.groupId', ({ error }) => error?.groupId],
  ['error.groupName', ({ error }) => error?.groupName],
  ['error.id', ({ error }) => error?.id],
  ['error.name', ({ error }) => error?.name],
  ['error.description', ({ error }) => error?.description],
  ['error.permanent', ({ error }) => error?.permanent],
];

const ONLY_IN_LOGS: typeof OF_REPORTS = [
  ['from', ({ from }) => from],
  ['text', ({ text }) => text],
  ['mccmnc', ({ mccmnc }) => mccmnc],
  ['status.action', ({ status }) => status.action],
];

/** Reads both answers and compares the field of every entry that has it with what the client made of it. */
function compare(
  path: string,
  read: (report: GatewayReport) => unknown,
  meaning: (raw: unknown) => unknown,
  bodies: readonly unknown[],
): void {
  for (const body of bodies) {
    const reports = reportsIn({ ok: true, value: { body: JSON.stringify(body), receivedAt: 0 } });
    const having = entriesOf(body).flatMap((entry, index) => {
      const written = at(entry, path);
      const report = reports[index];
      return written === undefined || report === undefined ? [] : [{ written, report }];
    });
    expect(having.length).toBeGreaterThan(0);
    for (const { written, report } of having) expect(read(report)).toEqual(meaning(written));
  }
}

describe('the client reads every field of reports', () => {
  test.each(OF_REPORTS)('%s', (path, read, meaning = (raw) => raw) => {
    const samples = ['reports-response', 'reports-one-message-response'].map(sample);
    compare(path, read, meaning, [...samples, answers.reports]);
  });
});

describe('the client reads every field of logs', () => {
  test.each([...OF_REPORTS, ...ONLY_IN_LOGS])('%s', (path, read, meaning = (raw) => raw) => {
    const printed = path === 'status.action' ? 'logs-filtered-response' : 'logs-response';
    compare(path, read, meaning, [sample(printed), answers.logs]);
  });
});
