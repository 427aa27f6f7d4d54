import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { mkdtempSync, rmSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { appError } from '#shared/errors.ts';
import { err, ok } from '#shared/result.ts';
import { systemClock } from '../../../main/engine/clock.ts';
import type { Gateway, GatewayAddress } from '../../../main/engine/gateways/gateway.ts';
import { reading } from '../../../main/engine/gateways/reading/reading.ts';
import { createRestGateway, type RestOptions } from '../../../main/engine/gateways/rest/rest-gateway.ts';
import { createLog } from '../../../main/logging/log.ts';
import {
  answer,
  closedPort,
  jsonAnswer,
  type RawHandler,
  type RawServer,
  startRawServer,
} from './raw-server.ts';

const CANARY = 'canary-Pa55-ক';
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

function connect(
  serverAddress: string,
  { options = {}, address = {} }: { options?: Partial<RestOptions>; address?: Partial<GatewayAddress> } = {},
): Gateway {
  const gateway = createRestGateway(
    {
      serverAddress,
      allowHttp: true,
      credentials: () => Promise.resolve(ok({ userName: 'office', password: CANARY })),
      ...address,
    },
    { clock: systemClock, ...options },
  );
  open.push(gateway);
  return gateway;
}

async function serve(handler: RawHandler): Promise<RawServer> {
  const server = await startRawServer(handler);
  open.push(server);
  return server;
}

/** A gateway whose server gives the same answer to everything. */
async function answering(bytes: Buffer): Promise<Gateway> {
  return connect((await serve((socket) => socket.write(bytes))).url);
}

const RECIPIENTS = ['8801613537347', '8801711000001'];
const sms = (...recipients: string[]) => ({
  sender: 'InfoSMS',
  messages: recipients.map((to) => ({ to, text: 'আপনার বিল', ownId: null })),
});
const SMS = sms(...RECIPIENTS);
const refusal = (messageId: string, text: string) => ({
  requestError: { serviceException: { messageId, text } },
});
const PORTAL = answer(200, { 'content-type': 'text/html' }, '<!DOCTYPE html><h1>Hotel WiFi</h1>');
const ACCEPTED = {
  messages: RECIPIENTS.map((to) => ({
    to,
    status: { id: 0, groupId: 0, groupName: 'ACCEPTED', name: 'MESSAGE_ACCEPTED' },
    smsCount: 1,
    messageId: `id-${to}`,
  })),
};

describe('what goes over the wire', () => {
  test('one recipient as text, several as a list, with computed authorization', async () => {
    const server = await serve((socket) => socket.write(jsonAnswer(ACCEPTED)));
    const gateway = connect(`${server.url}/restapi/`);
    await gateway.submit(sms('8801613537347'));
    await gateway.submit(SMS);
    expect(server.requests.map((request) => JSON.parse(request.body) as unknown)).toEqual([
      { from: 'InfoSMS', to: '8801613537347', text: 'আপনার বিল' },
      { from: 'InfoSMS', to: ['8801613537347', '8801711000001'], text: 'আপনার বিল' },
    ]);
    const head = server.requests[0]?.head ?? '';
    expect(head).toMatch(/^POST \/restapi\/sms\/1\/text\/single HTTP\/1\.1/);
    expect(head).toMatch(/^content-type: application\/json$/m);
    expect(head).toMatch(/^accept: application\/json$/m);
    expect(head).toContain(`authorization: Basic ${Buffer.from(`office:${CANARY}`).toString('base64')}`);
  });

  test('reads ask for JSON at the paths of the document', async () => {
    const server = await serve((socket) => socket.write(jsonAnswer({ results: [] })));
    const gateway = connect(server.url);
    await gateway.fetchReports({ limit: 10 });
    await gateway.fetchLogs({ to: '8801613537347' });
    await gateway.balance();
    expect(server.requests.map((request) => request.head.split('\r\n')[0])).toEqual([
      'GET /sms/1/reports?limit=10 HTTP/1.1',
      'GET /sms/1/logs?to=8801613537347 HTTP/1.1',
      'GET /account/1/balance HTTP/1.1',
    ]);
  });
});

describe('submit', () => {
  test('an answer for some of the recipients names those and no others', async () => {
    const gateway = await answering(jsonAnswer({ bulkId: 'b', messages: ACCEPTED.messages.slice(1) }));
    expect(await gateway.submit(SMS)).toMatchObject({
      kind: 'answered',
      bulkId: 'b',
      messages: [{ to: '8801711000001', gatewayMessageId: 'id-8801711000001', parts: 1, status: { id: 0 } }],
    });
  });

  test.each([
    [400, refusal('BAD_REQUEST', '[from : invalid]'), 'GATEWAY_REFUSED', 'BAD_REQUEST: [from : invalid]'],
    [
      401,
      refusal('UNAUTHORIZED', 'Invalid login details'),
      'GATEWAY_AUTH',
      'UNAUTHORIZED: Invalid login details',
    ],
    [403, {}, 'GATEWAY_AUTH', undefined],
    [404, {}, 'GATEWAY_REFUSED', undefined],
    [413, refusal('TOO_LARGE', 'a\u0000b\u202e\nc'), 'GATEWAY_REFUSED', 'TOO_LARGE: a b c'],
    [
      429,
      refusal('TOO_MANY_REQUESTS', 'Too many requests'),
      'GATEWAY_BUSY',
      'TOO_MANY_REQUESTS: Too many requests',
    ],
  ])('%i took nothing', async (httpStatus, body, code, detail) => {
    const outcome = await (await answering(jsonAnswer(body, httpStatus))).submit(SMS);
    expect(outcome).toMatchObject({ kind: 'refused', error: { code, facts: { httpStatus } } });
    expect(outcome.kind === 'refused' && outcome.error.facts?.detail).toBe(detail);
    expect(outcome.kind === 'refused' && outcome.retryAfterMs).toBe(httpStatus === 429 ? 5_000 : null);
  });

  test.each([
    ['7', 7_000],
    ['0', 0],
    ['Mon, 23 Feb 2015 17:41:41 GMT', 30_000],
    ['Mon, 23 Feb 2015 17:00:00 GMT', 0],
    ['999999999', 24 * 3_600_000],
    ['soon', 5_000],
  ])('429 with Retry-After %s', async (retryAfter, ms) => {
    const headers = { 'retry-after': retryAfter, date: 'Mon, 23 Feb 2015 17:41:11 GMT' };
    expect(await (await answering(answer(429, headers, ''))).submit(SMS)).toMatchObject({
      kind: 'refused',
      retryAfterMs: ms,
      error: { facts: { retryAfter: ms / 1_000 } },
    });
  });

  test('a redirect is not followed and names the host', async () => {
    const server = await serve((socket) =>
      socket.write(answer(302, { location: 'https://login.example/?user=office' }, '')),
    );
    expect(await connect(server.url).submit(SMS)).toMatchObject({
      kind: 'refused',
      error: { code: 'GATEWAY_REFUSED', facts: { httpStatus: 302, detail: 'redirect to login.example' } },
      retryAfterMs: null,
    });
    expect(server.requests).toHaveLength(1);
  });

  test('a block page with 403 is not a wrong password', async () => {
    const gateway = await answering(answer(403, { 'content-type': 'text/html' }, '<html>Blocked</html>'));
    expect(await gateway.submit(SMS)).toMatchObject({ kind: 'refused', error: { code: 'GATEWAY_REFUSED' } });
  });

  test.each([
    ['http-500', jsonAnswer(refusal('GENERAL_ERROR', 'General error'), 500)],
    ['http-503', answer(503, { 'retry-after': '1' }, '')],
    ['http-408', answer(408, {}, '')],
    ['unreadable', PORTAL],
    ['unreadable', answer(200, { 'content-type': 'application/json' }, '')],
    ['unreadable', answer(204, {}, '')],
    ['unreadable', jsonAnswer({})],
    ['unreadable', jsonAnswer(refusal('GENERAL_ERROR', 'General error'))],
    ['unreadable', answer(200, { 'content-type': 'text/html' }, '{"messages":')],
  ])('%s: nobody knows', async (cause, bytes) => {
    expect(await (await answering(bytes)).submit(SMS)).toMatchObject({ kind: 'unknown', cause });
  });

  test('a connection that dies after the request', async () => {
    const server = await serve((socket) => socket.destroy());
    expect(await connect(server.url).submit(SMS)).toMatchObject({ kind: 'unknown', cause: 'reset' });
    expect(server.requests).toHaveLength(1);
  });

  test('JSON that is labelled as a web page is read', async () => {
    const body = JSON.stringify(ACCEPTED);
    const gateway = await answering(answer(200, { 'content-type': 'text/html; charset=utf-8' }, body));
    expect(await gateway.submit(SMS)).toMatchObject({ kind: 'answered', messages: [{}, {}] });
  });
});

test.each([
  ['text/html', '<AccountBalance><balance>5</balance><currency>BDT</currency></AccountBalance>', true],
  ['text/html', '<!-- x --><html><body>{"balance":5,"currency":"BDT"}</body></html>', false],
  ['application/json', '<HTML><title>Sign in</title></HTML>', false],
])('%s: %s is an answer: %s', async (contentType, body, read) => {
  const gateway = await answering(answer(200, { 'content-type': contentType }, body));
  expect((await gateway.balance()).ok).toBe(read);
});

describe('before anything is sent', () => {
  const calls = (gateway: Gateway) =>
    Promise.all([gateway.submit(SMS), gateway.balance(), gateway.fetchReports({}), gateway.fetchLogs({})]);

  test.each([
    ['ftp://x', true, 'INVALID_SERVER_ADDRESS'],
    ['http://127.0.0.1', false, 'HTTP_NEEDS_CONSENT'],
  ])('%s', async (serverAddress, allowHttp, code) => {
    const gateway = connect(serverAddress, { address: { allowHttp } });
    const failed = { ok: false, error: { code } };
    expect(await calls(gateway)).toMatchObject([
      { kind: 'not-sent', error: { code } },
      failed,
      failed,
      failed,
    ]);
  });

  test('a password that cannot be had', async () => {
    const server = await serve((socket) => socket.destroy());
    const credentials = () => Promise.resolve(err(appError('VAULT_LOCKED')));
    const [submitted, ...reads] = await calls(connect(server.url, { address: { credentials } }));
    expect(submitted).toEqual({ kind: 'not-sent', error: { code: 'VAULT_LOCKED' } });
    expect(reads).toMatchObject(Array(3).fill({ ok: false, error: { code: 'VAULT_LOCKED' } }));
    expect(server.connections()).toBe(0);
  });

  test('nobody listens', async () => {
    const [submitted, ...reads] = await calls(connect(`http://127.0.0.1:${await closedPort()}`));
    expect(submitted).toMatchObject({ kind: 'not-sent', error: { code: 'GATEWAY_UNREACHABLE' } });
    expect(reads).toMatchObject(Array(3).fill({ ok: false, error: { code: 'GATEWAY_UNREACHABLE' } }));
  });
});

describe('reads', () => {
  test.each([
    ['GATEWAY_AUTH', jsonAnswer(refusal('UNAUTHORIZED', 'Invalid login details'), 401)],
    ['GATEWAY_BUSY', answer(429, {}, '')],
    ['GATEWAY_BUSY', jsonAnswer({}, 500)],
    ['GATEWAY_BUSY', answer(408, {}, '')],
    ['GATEWAY_REFUSED', answer(302, { location: '/login' }, '')],
    ['GATEWAY_REFUSED', jsonAnswer({}, 404)],
    ['GATEWAY_UNREADABLE', PORTAL],
    ['GATEWAY_UNREADABLE', answer(204, {}, '')],
    ['GATEWAY_UNREADABLE', Buffer.from('SSH-2.0-x\r\n')],
  ])('%s', async (code, bytes) => {
    const gateway = await answering(bytes);
    const failed = { ok: false, error: { code } };
    expect(await gateway.balance()).toMatchObject(failed);
    expect(await gateway.fetchReports({})).toMatchObject(failed);
    expect(await gateway.fetchLogs({})).toMatchObject(failed);
  });

  test('a cut page is unreadable, a lost answer means the gateway was not reached', async () => {
    const cut = await serve((socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{}'));
    expect(await connect(cut.url).fetchReports({})).toMatchObject({ error: { code: 'GATEWAY_UNREADABLE' } });
    const lost = await serve((socket) => socket.destroy());
    expect(await connect(lost.url).fetchReports({})).toMatchObject({
      error: { code: 'GATEWAY_UNREACHABLE' },
    });
  });

  test('reports that nobody can parse are handed over all the same, since they come once', async () => {
    const body = '<SMSReportResponse><results>';
    const gateway = await answering(answer(200, { 'content-type': 'application/xml' }, body));
    expect(await gateway.fetchReports({})).toMatchObject({ ok: true, value: { body } });
    expect(reading.reports(body)).toMatchObject({ ok: false, error: { code: 'GATEWAY_UNREADABLE' } });
  });

  test('the body is what came, to the character', async () => {
    const body = '{ "results" : [ {"messageId":2033247207850523790, "new": true} ] }\n';
    const gateway = await answering(answer(200, { 'content-type': 'application/json' }, body));
    const before = Date.now();
    const read = await gateway.fetchLogs({});
    expect(read).toMatchObject({ ok: true, value: { body } });
    expect(read.ok && read.value.receivedAt).toBeGreaterThanOrEqual(before);
    expect(reading.reports(body)).toMatchObject({
      value: { reports: [{ gatewayMessageId: '2033247207850523790', raw: { new: true } }] },
    });
  });

  test('a balance without currency is no balance', async () => {
    expect(await (await answering(jsonAnswer({ balance: 5 }))).balance()).toMatchObject({
      error: { code: 'GATEWAY_UNREADABLE' },
    });
  });
});

describe('clock', () => {
  const at = (date: Date): Buffer => answer(200, { date: date.toUTCString() }, '{"results":[]}');

  test('an hour ahead, after an answer', async () => {
    const gateway = await answering(at(new Date(Date.now() + 3_600_000)));
    expect(gateway.clockOffsetMs()).toBe(0);
    await gateway.fetchLogs({});
    expect(Math.abs(gateway.clockOffsetMs() - 3_600_000)).toBeLessThan(5_000);
  });

  test('the clock of a login page is not the clock of the gateway', async () => {
    const headers = { date: new Date(0).toUTCString(), 'content-type': 'text/html' };
    const gateway = await answering(answer(200, headers, '<html></html>'));
    await gateway.fetchLogs({});
    expect(gateway.clockOffsetMs()).toBe(0);
  });
});

describe('secrets', () => {
  test('are neither in errors, though the server repeats them, nor in the log, which has no query either', async () => {
    const basic = Buffer.from(`office:${CANARY}`).toString('base64');
    const server = await serve((socket, request) =>
      socket.write(jsonAnswer(refusal('BAD_REQUEST', `bad ${CANARY} ${basic} ${request.head}`), 400)),
    );
    const dir = mkdtempSync(path.join(tmpdir(), 'mim-gateway-log-'));
    const gateway = connect(server.url, {
      options: { log: createLog({ dir, name: 'test', level: 'debug' }) },
    });
    const outcomes = [
      await gateway.submit(SMS),
      await gateway.fetchLogs({ to: '8801613537347', from: 'InfoSMS' }),
      await gateway.balance(),
    ];
    const log = readFileSync(path.join(dir, 'test.log'), 'utf8');
    rmSync(dir, { recursive: true });
    expect(server.requests).toHaveLength(3);
    for (const text of [log, JSON.stringify(outcomes)]) {
      expect(text).not.toContain(CANARY);
      expect(text).not.toContain(basic);
    }
    expect(log).toContain('/sms/1/logs');
    expect(log).not.toMatch(/InfoSMS|8801613537347|আপনার/);
  });
});

describe('capabilities', () => {
  test('the number of recipients is the account’s, or a hundred', () => {
    expect(connect('https://x').capabilities).toMatchObject({
      recipientsPerRequest: 100,
      ownMessageIds: false,
      differentTexts: false,
      schedule: null,
      pageLimit: 1_000,
      logWindowMs: 172_800_000,
    });
    const options = { recipientsPerRequest: 20 };
    expect(connect('https://x', { options }).capabilities.recipientsPerRequest).toBe(20);
    expect(
      connect('https://x', { options: { recipientsPerRequest: null } }).capabilities.recipientsPerRequest,
    ).toBe(100);
  });
});
