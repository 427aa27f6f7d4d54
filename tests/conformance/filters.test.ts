import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { LogQuery, ReportQuery } from '../../main/engine/gateways/gateway.ts';
import { reportsIn, startPair, type Pair } from './pair.ts';

/**
 * Every filter of the document, asked by the client and kept by the practice gateway: what comes back with it differs from what
 * comes back without it, and is exactly what it describes (API document, "Getting delivery reports", "Getting SMS logs").
 */
const MINUTE = 60_000;
const GRAMEENPHONE = '8801711000001';
const ROBI = '8801811000002';
const ABSENT = '8801999000009';
const FOREIGN = '38598514674';

/** Ids of the requests `one`, `two` and `three`, their first messages, and the time of `two` in ms. */
type Sent = { readonly bulks: string[]; readonly ids: string[]; readonly middle: number };

async function sendThree({ gateway, clock }: Pair): Promise<Sent> {
  const bulks: string[] = [];
  const ids: string[] = [];
  const send = async (sender: string, text: string, ...numbers: string[]) => {
    const messages = numbers.map((to) => ({ to, text, ownId: null }));
    const outcome = await gateway.submit({ sender, messages });
    if (outcome.kind !== 'answered') throw new Error(JSON.stringify(outcome));
    bulks.push(outcome.bulkId ?? '');
    ids.push(outcome.messages[0]?.gatewayMessageId ?? '');
    clock.now += 10 * MINUTE;
  };
  await send('InfoSMS', 'one', GRAMEENPHONE, FOREIGN);
  const middle = clock.now;
  await send('A&B Shop', 'two', GRAMEENPHONE, ABSENT);
  await send('InfoSMS', 'three', ROBI, GRAMEENPHONE);
  return { bulks, ids, middle };
}

const named = (entries: ReturnType<typeof reportsIn>): string[] =>
  entries.map(({ text, to }) => `${text ?? ''} ${to?.slice(-4) ?? ''}`.trim()).sort();

const LOGS: [filter: string, query: (sent: Sent) => LogQuery, found: string[]][] = [
  ['from', () => ({ from: 'A&B Shop' }), ['two 0001', 'two 0009']],
  ['to', () => ({ to: ROBI }), ['three 0002']],
  [
    'bulkId',
    ({ bulks }) => ({ bulkIds: bulks.slice(0, 2) }),
    ['one 0001', 'one 4674', 'two 0001', 'two 0009'],
  ],
  ['messageId', ({ ids }) => ({ messageIds: ids.slice(1) }), ['three 0002', 'two 0001']],
  ['generalStatus', () => ({ generalStatus: 'UNDELIVERABLE' }), ['two 0009']],
  [
    'sentSince',
    ({ middle }) => ({ sentSince: middle }),
    ['three 0001', 'three 0002', 'two 0001', 'two 0009'],
  ],
  ['sentUntil', ({ middle }) => ({ sentUntil: middle - 1 }), ['one 0001', 'one 4674']],
  ['limit', () => ({ limit: 1 }), ['three 0001']],
  ['mcc', () => ({ mcc: '470' }), ['one 0001', 'three 0001', 'three 0002', 'two 0001', 'two 0009']],
  ['mnc', () => ({ mnc: '02' }), ['three 0002']],
];

describe.each(['rest-json', 'rest-xml'] as const)('filters of the logs, by %s', (protocol) => {
  let pair: Pair;
  let sent: Sent;
  beforeAll(async () => {
    pair = await startPair(protocol);
    sent = await sendThree(pair);
  });
  afterAll(() => pair.close());

  test('without a filter, everything, as often as asked', async () => {
    for (const _ of [1, 2]) expect(reportsIn(await pair.gateway.fetchLogs({}))).toHaveLength(6);
  });

  test.each(LOGS)('%s', async (filter, query, found) => {
    expect(named(reportsIn(await pair.gateway.fetchLogs(query(sent))))).toEqual(found);
    const asked = new URLSearchParams(pair.practice.requests().at(-1)?.query ?? '');
    expect([...asked.keys()]).toEqual([filter]);
  });

  test('from, to and limit together, as the document tries them', async () => {
    const query = { from: 'InfoSMS', to: GRAMEENPHONE, limit: 1 };
    expect(named(reportsIn(await pair.gateway.fetchLogs(query)))).toEqual(['three 0001']);
  });

  test('after 48 hours nothing is left', async () => {
    pair.clock.now += 48 * 60 * MINUTE + MINUTE;
    expect(reportsIn(await pair.gateway.fetchLogs({}))).toEqual([]);
  });
});

const REPORTS: [filter: string, query: (sent: Sent) => ReportQuery, found: number][] = [
  ['bulkId', ({ bulks }) => ({ bulkId: bulks[1] ?? '' }), 2],
  ['messageId', ({ ids }) => ({ messageIds: ids.slice(0, 1) }), 1],
  ['limit', () => ({ limit: 4 }), 4],
];

describe.each(['rest-json', 'rest-xml'] as const)('query parameters of the reports, by %s', (protocol) => {
  let pair: Pair;
  let sent: Sent;
  beforeEach(async () => {
    pair = await startPair(protocol);
    sent = await sendThree(pair);
    return () => pair.close();
  });

  test('without one, every unread report, and an empty set the second time', async () => {
    expect(reportsIn(await pair.gateway.fetchReports({}))).toHaveLength(6);
    expect(reportsIn(await pair.gateway.fetchReports({}))).toEqual([]);
  });

  test.each(REPORTS)('%s', async (filter, query, found) => {
    const chosen = reportsIn(await pair.gateway.fetchReports(query(sent)));
    expect(chosen).toHaveLength(found);
    const asked = new URLSearchParams(pair.practice.requests().at(-1)?.query ?? '');
    expect([...asked.keys()]).toEqual([filter]);
    const left = reportsIn(await pair.gateway.fetchReports({}));
    expect(left).toHaveLength(6 - found);
    const of = (entries: typeof left) => entries.map(({ gatewayMessageId }) => gatewayMessageId);
    expect(of(left).some((id) => of(chosen).includes(id))).toBe(false);
  });
});
