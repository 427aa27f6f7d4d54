import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { PracticeStatus } from '#shared/ipc/practice.ts';
import { basic, NUMBER, openBench, refusal, START, type Bench } from './gateway-client.ts';

/** What the app's status page reads, and what only the gateway's own users see. */
const Status = v.strictObject({
  ...PracticeStatus.entries,
  inbox: v.array(
    v.strictObject({
      id: v.string(),
      from: v.string(),
      to: v.string(),
      text: v.string(),
      receivedAt: v.number(),
    }),
  ),
  inboxNumbers: v.array(v.string()),
  settings: v.record(v.string(), v.unknown()),
});

async function status(bench: Bench): Promise<v.InferOutput<typeof Status>> {
  const response = await bench.get('/practice/status');
  expect(response.status).toBe(200);
  return v.parse(Status, await response.json());
}

const post = (
  bench: Bench,
  call: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Response> =>
  fetch(`${bench.gateway.url}/practice/${call}`, {
    method: 'POST',
    headers: { authorization: basic('practice', 'practice'), ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

const sendPlain = (bench: Bench, to: string, password = 'practice'): Promise<Response> =>
  fetch(
    `${bench.gateway.url}/api/v3/sendsms/plain?user=practice&password=${password}&sender=Friend&SMSText=Hello&GSM=${to}`,
  );

describe('status', () => {
  test('a gateway that was just started', async () => {
    const bench = await openBench();
    expect(await status(bench)).toMatchObject({
      startedAt: START,
      url: bench.gateway.url,
      smppUrl: bench.gateway.smppUrl,
      balance: { micros: 5_000_000_000, currency: 'BDT' },
      requests: 0,
      accepted: 0,
      rejected: 0,
      faults: 0,
      protocols: [],
      lastRequests: [],
      lastMessages: [],
      inbox: [],
      inboxNumbers: ['8809601000000'],
      settings: { drCodes: 'document', drDates: 'padded', drAttributes: 'all', pushUrl: null },
    });
  });

  test('what it received, newest first, without its own calls and without credentials', async () => {
    const bench = await openBench();
    await bench.send(NUMBER, { text: 'First' });
    bench.wait(1_000);
    await sendPlain(bench, '8801711000001');
    await sendPlain(bench, '8801711000002', 'S3cret-word');
    await sendPlain(bench, '8801999020005');
    await post(bench, 'inbound', { from: '8801711000009', text: 'Reply' });
    await status(bench);
    const told = await status(bench);
    expect(told.lastRequests).toMatchObject([
      { protocol: 'plain-v3', path: '/api/v3/sendsms/plain', status: 429, fault: 'http429', accepted: 0 },
      { protocol: 'plain-v3', status: 200, fault: null, accepted: 0 },
      { protocol: 'plain-v3', at: START + 1_000, method: 'GET', status: 200, accepted: 1 },
      { at: START, method: 'POST', path: '/sms/1/text/single', status: 200, accepted: 1 },
    ]);
    expect(told.lastRequests[1]?.body).toBe(
      '?user=practice&password=***&sender=Friend&SMSText=Hello&GSM=8801711000002',
    );
    expect(told.lastRequests[3]?.body).toContain('"text":"First"');
    expect(JSON.stringify(told)).not.toContain('S3cret');
    expect(told.protocols).toContainEqual({ name: 'plain-v3', requests: 3, accepted: 1 });
    expect(told).toMatchObject({ requests: 4, accepted: 2, faults: 1 });
    expect(told.lastMessages).toMatchObject([
      {
        from: 'Friend',
        to: '8801711000001',
        text: 'Hello',
        parts: 1,
        status: 'PENDING_ENROUTE',
        receivedAt: START + 1_000,
      },
      { from: 'InfoSMS', to: NUMBER, text: 'First', status: 'PENDING_WAITING_DELIVERY', receivedAt: START },
    ]);
    expect(told.inbox).toMatchObject([
      { from: '8801711000009', to: '8809601000000', text: 'Reply', receivedAt: START + 1_000 },
    ]);
    expect(told.balance).toEqual({ micros: 4_999_300_000, currency: 'BDT' });
  });

  test('the last 100 requests and messages, the last 50 received, long bodies cut', async () => {
    const bench = await openBench();
    for (let batch = 0; batch < 3; batch += 1) {
      const numbers = Array.from({ length: 50 }, (_, index) => String(8801711000000 + batch * 50 + index));
      await sendPlain(bench, numbers.join(','));
    }
    await bench.send(NUMBER, { text: 'a'.repeat(5_000) });
    for (let index = 0; index < 100; index += 1) await bench.get('/account/1/balance');
    for (let index = 0; index < 60; index += 1) {
      bench.gateway.receive('practice', { from: '8801711000001', to: '1', text: String(index) });
    }
    const told = await status(bench);
    expect(told.lastRequests).toHaveLength(100);
    expect(told.lastMessages).toHaveLength(100);
    expect(told.inbox.map(({ text }) => text)).toEqual(
      Array.from({ length: 50 }, (_, index) => String(59 - index)),
    );
    await bench.send(NUMBER, { text: 'a'.repeat(5_000) });
    expect((await status(bench)).lastRequests[0]?.body).toHaveLength(2_000);
  });
});

describe('inbound', () => {
  test('reaches the inbox of the REST API, at the number that was meant', async () => {
    const bench = await openBench();
    const response = await post(bench, 'inbound', {
      from: '+8801711000001',
      to: '8809601000005',
      text: 'হ্যাঁ',
    });
    expect(response.status).toBe(200);
    const { inbox } = await status(bench);
    expect(inbox).toMatchObject([{ from: '+8801711000001', to: '8809601000005', text: 'হ্যাঁ' }]);
  });
});

describe('settings', () => {
  test('what is left out stays; the answer tells all', async () => {
    const bench = await openBench();
    await post(bench, 'settings', { drCodes: 'negative', pushUrl: 'http://localhost:9000/dr' });
    const response = await post(bench, 'settings', { drDates: 'document', inboundUrl: 'http://[::1]:9000/' });
    const expected = {
      drCodes: 'negative',
      drDates: 'document',
      drAttributes: 'all',
      pushUrl: 'http://localhost:9000/dr',
      hlrPushUrl: null,
      inboundUrl: 'http://[::1]:9000/',
      inboundNames: { sender: 'sender', receiver: 'receiver', text: 'text', datetime: 'datetime' },
    };
    expect(await response.json()).toEqual(expected);
    await post(bench, 'settings', { pushUrl: null });
    expect((await status(bench)).settings).toEqual({ ...expected, pushUrl: null });
  });
});

describe('faults', () => {
  test('a plan is played from now on; an empty one ends it', async () => {
    const bench = await openBench();
    await post(bench, 'faults', { plan: { sendScript: ['none', 'http429'], readScript: ['http500'] } });
    expect((await sendPlain(bench, NUMBER)).status).toBe(200);
    expect((await sendPlain(bench, NUMBER)).status).toBe(429);
    expect((await bench.get('/sms/1/logs')).status).toBe(500);
    await post(bench, 'faults', { plan: { send: { http503Before: 1 } } });
    expect((await sendPlain(bench, NUMBER)).status).toBe(503);
    await post(bench, 'faults', { plan: {} });
    expect((await sendPlain(bench, NUMBER)).status).toBe(200);
  });
});

describe('refused with a typed 400', () => {
  test.each<[string, string, unknown, string]>([
    ['inbound', 'no text', { from: '8801711000001' }, 'text'],
    ['inbound', 'empty text', { from: '8801711000001', text: '' }, 'text'],
    ['inbound', 'text too long', { from: '8801711000001', text: 'a'.repeat(1_601) }, 'text'],
    ['inbound', 'from a word', { from: 'Friend', text: 'Hi' }, 'from'],
    ['inbound', 'to a word', { from: '8801711000001', to: 'me', text: 'Hi' }, 'to'],
    ['inbound', 'a field too many', { from: '8801711000001', text: 'Hi', at: 1 }, 'at'],
    ['inbound', 'a list', [], 'from'],
    ['inbound', 'no JSON', 'from=1', 'body'],
    ['inbound', 'nothing', '', 'body'],
    ['inbound', 'deep', '['.repeat(500_000), 'body'],
    ['settings', 'another switch', { drCodes: 'positive' }, 'drCodes'],
    ['settings', 'another computer', { pushUrl: 'http://example.org/' }, 'pushUrl'],
    [
      'settings',
      'another computer that looks like this one',
      { inboundUrl: 'http://127.0.0.1.example.org/' },
      'inboundUrl',
    ],
    ['settings', 'https', { hlrPushUrl: 'https://127.0.0.1/' }, 'hlrPushUrl'],
    ['settings', 'no URL', { pushUrl: '' }, 'pushUrl'],
    [
      'settings',
      'a name twice',
      { inboundNames: { sender: 'a', receiver: 'a', text: 'b', datetime: 'c' } },
      'inboundNames',
    ],
    [
      'settings',
      'a name missing',
      { inboundNames: { sender: 'a', receiver: 'b', text: 'c' } },
      'inboundNames.datetime',
    ],
    [
      'settings',
      'a name with &',
      { inboundNames: { sender: 'a&', receiver: 'b', text: 'c', datetime: 'd' } },
      'inboundNames.sender',
    ],
    ['settings', 'prototype', '{"__proto__":{"drCodes":"negative"}}', '__proto__'],
    ['faults', 'no plan', {}, 'plan'],
    ['faults', 'a fault there is not', { plan: { send: { explode: 1 } } }, 'plan.send.explode'],
    ['faults', 'a probability above 1', { plan: { send: { delay: 1.5 } } }, 'plan.send.delay'],
    ['faults', 'probabilities above 1 in sum', { plan: { send: { delay: 0.7, http429: 0.7 } } }, 'plan'],
    ['faults', 'a script of words', { plan: { readScript: ['delay'] } }, 'plan.readScript.0'],
    ['faults', 'an endless delay', { plan: { delayMs: 1e9 } }, 'plan.delayMs'],
  ])('%s: %s', async (call, _name, body, field) => {
    const bench = await openBench();
    const before = await status(bench);
    const told = await refusal(await post(bench, call, body));
    expect(told).toMatchObject({ status: 400, messageId: 'BAD_REQUEST' });
    expect(told.text.startsWith(`[${field} : `)).toBe(true);
    expect(await status(bench)).toEqual(before);
  });
});

test.each<[string, string]>([
  ['GET', 'status'],
  ['POST', 'inbound'],
  ['POST', 'settings'],
  ['POST', 'faults'],
])('%s /practice/%s needs the login', async (method, call) => {
  const bench = await openBench();
  for (const authorization of ['', basic('practice', 'wrong'), basic('nobody', 'practice')]) {
    const response = await fetch(`${bench.gateway.url}/practice/${call}`, {
      method,
      headers: { authorization },
      ...(method === 'POST' ? { body: '{"from":"8801711000001","text":"Hi","plan":{}}' } : {}),
    });
    expect(await refusal(response)).toMatchObject({ status: 401, messageId: 'UNAUTHORIZED' });
  }
  expect((await status(bench)).inbox).toEqual([]);
});
