import { describe, expect, test } from 'vitest';
import { NUMBER } from './gateway-client.ts';
import { LOGIN, openLegacyBench, SEND, V1, V3, type LegacyBench, type Told } from './legacy-client.ts';

const PULL = '/api/v3/dr/pull';

const fault = (digits: string): string => `880199902${digits}`;

/** Every send call of the legacy API, with one number. */
const CALLS: [name: string, send: (bench: LegacyBench, gsm: string) => Promise<Told>, type: string][] = [
  ['v1 plain', (bench, GSM) => bench.ask(V1, { ...SEND, GSM }), 'text/plain'],
  ['v3 plain', (bench, GSM) => bench.form(V3, { ...SEND, GSM }), 'application/xml'],
  [
    'v1 XML',
    (bench, gsm) =>
      bench.raw(
        '/api/sendsms/xml',
        `<SMS><authentification><username>practice</username><password>practice</password></authentification><message><sender>Friend</sender><text>Hi</text></message><recipients><gsm>${gsm}</gsm></recipients></SMS>`,
      ),
    'application/xml',
  ],
  [
    'v3 XML',
    (bench, gsm) =>
      bench.raw(
        '/api/v3/sendsms/xml',
        `<SMS><authentication><username>practice</username><password>practice</password></authentication><message><sender>Friend</sender><text>Hi</text><recipients><gsm>${gsm}</gsm></recipients></message></SMS>`,
      ),
    'application/xml',
  ],
  [
    'v3 JSON',
    (bench, gsm) =>
      bench.raw(
        '/api/v3/sendsms/json',
        JSON.stringify({
          authentication: { username: 'practice', password: 'practice' },
          messages: [{ sender: 'Friend', text: 'Hi', recipients: [{ gsm }] }],
        }),
        'application/json',
      ),
    'application/json',
  ],
];

const accepted = (bench: LegacyBench): number => bench.gateway.journal().length;

describe.each(CALLS)('%s, magic numbers', (_name, send, type) => {
  test.each([
    ['0003', 500, 'General error', 0],
    ['0004', 500, 'General error', 1],
    ['0005', 429, 'Too many requests', 0],
  ])('%s → %d, %s', async (digits, status, body, count) => {
    const bench = await openLegacyBench();
    expect(await send(bench, fault(digits))).toEqual({ status, type: 'text/plain', body });
    expect(accepted(bench)).toBe(count);
    expect(bench.gateway.requests()[0]).toMatchObject({ status, accepted: count, user: 'practice' });
  });

  test.each([
    ['0001', 1],
    ['0006', 1],
    ['0007', 0],
  ])('%s: no whole answer, %d accepted', async (digits, count) => {
    const bench = await openLegacyBench();
    await expect(send(bench, fault(digits))).rejects.toThrow(TypeError);
    expect(accepted(bench)).toBe(count);
  });

  test('0008: HTML', async () => {
    const bench = await openLegacyBench();
    expect(await send(bench, fault('0008'))).toMatchObject({ status: 200, type: 'text/html' });
    expect(accepted(bench)).toBe(1);
  });

  test('0009: 503 on every odd try', async () => {
    const bench = await openLegacyBench();
    expect((await send(bench, fault('0009'))).status).toBe(503);
    expect(await send(bench, fault('0009'))).toMatchObject({ status: 200, type });
    expect(accepted(bench)).toBe(1);
  });

  test('0002: answered late', async () => {
    const bench = await openLegacyBench({ faults: { delayMs: 120 } });
    const start = performance.now();
    expect((await send(bench, fault('0002'))).status).toBe(200);
    expect(performance.now() - start).toBeGreaterThanOrEqual(115);
  });

  test('0010: never a report', async () => {
    const bench = await openLegacyBench();
    await send(bench, fault('0010'));
    bench.wait(60_000);
    expect((await bench.ask(PULL, LOGIN)).body).toBe('NO_DATA');
    expect(await bench.logs()).toHaveLength(1);
  });

  test('a plan hits it, and a login that fails is told before', async () => {
    const bench = await openLegacyBench({ faults: { sendScript: ['http503Before', 'none'] } });
    expect((await bench.ask(V3, { ...SEND, password: 'x' })).status).toBe(200);
    expect((await send(bench, NUMBER)).status).toBe(503);
    expect((await send(bench, NUMBER)).status).toBe(200);
  });
});

test('0012: ids of 19 digits, and what no document knows', async () => {
  const bench = await openLegacyBench();
  const xml = await bench.ask(V3, { ...SEND, GSM: fault('0012') });
  expect(xml.body).toMatch(/<messageid>2\d{18}<\/messageid>.*<trackingProcessKey of="no">practice</);
  const json = await bench.ask(V3, { ...SEND, GSM: fault('0012'), output: 'json' });
  expect(JSON.parse(json.body)).toMatchObject({ results: [{ nested: { of: ['no', 1, null] } }] });
});

describe('reads', () => {
  test('http500 hands nothing out; what is dropped or cut is gone', async () => {
    const bench = await openLegacyBench({
      faults: { readScript: ['http500', 'truncate', 'none', 'drop', 'none'] },
    });
    await bench.ask(V3, SEND);
    bench.wait(3_000);
    expect(await bench.ask(PULL, LOGIN)).toEqual({ status: 500, type: 'text/plain', body: 'General error' });
    await expect(bench.ask(PULL, LOGIN)).rejects.toThrow(TypeError);
    expect((await bench.ask(PULL, LOGIN)).body).toBe('NO_DATA');
    await expect(bench.ask('/api/v3/command/inbox', LOGIN)).rejects.toThrow(TypeError);
    expect((await bench.ask('/api/v3/command/inbox', LOGIN)).status).toBe(200);
  });

  test('the balance is never hit', async () => {
    const bench = await openLegacyBench({ faults: { read: { http500: 1 }, send: { http429: 1 } } });
    const account = { username: 'practice', password: 'practice', cmd: 'credits' };
    expect((await bench.ask('/api/command', account)).body).toBe('5000.00');
  });

  test('a number whose lookup is lost: paid, and no answer', async () => {
    const bench = await openLegacyBench();
    const lookup = { user: 'practice', pass: 'practice', destination: '8801999030006' };
    await expect(bench.ask('/api/hlr/sync', lookup)).rejects.toThrow(TypeError);
    expect(await bench.balance()).toBe(4_999.9);
  });
});
