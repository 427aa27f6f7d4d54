import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { jsonAnswer, startRawServer } from '../integration/gateways/raw-server.ts';
import { ok } from '#shared/result.ts';
import { systemClock } from '../../main/engine/clock.ts';
import { createRestGateway } from '../../main/engine/gateways/rest/rest-gateway.ts';
import type { Gateway } from '../../main/engine/gateways/gateway.ts';
import { documentSample, openPair } from './pair.ts';

/**
 * The raw requests that the API document prints ("Send SMS" to "Getting SMS logs"): mended, the practice gateway takes them
 * from a bare socket; and the client writes them.
 */
const LOGIN = { userName: 'Aladdin', password: 'open sesame' };
const USERS = [{ user: LOGIN.userName, password: LOGIN.password, balanceMicros: 100_000_000 }];
/** What the document's own steps give for the login it prints, which no printed value is. */
const AUTHORIZATION = 'Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==';
const PRINTED_LOGINS = [
  'QWxhZGRpbjpvYVUyIHNlc2FtZQ==',
  'QWxhZGRpbjpvGVuIHNIc2FtZQ==',
  'QWxhZGRpbjpvGVuIHhlc2FtZQ==',
  'QWxhZGRpbjpvGVuIHNLc2FtZQ==',
];

type PrintedRequest = {
  readonly method: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** A printed request without the damage: lost blanks, the login's code, quotes inside a text. */
function mended(name: string): PrintedRequest {
  const [head = '', ...rest] = documentSample(`rest/${name}.http`).split('\n\n');
  const [line = '', ...fields] = head.split('\n');
  const [, method = '', target = ''] = /^(GET|POST)\s*(\/.*?)\s*HTTP\/1\.1$/.exec(line) ?? [];
  const headers = Object.fromEntries(
    fields.map((field) => field.split(': ', 2)).map(([key = '', value = '']) => [key.toLowerCase(), value]),
  );
  const login = headers['authorization'] ?? '';
  if (!PRINTED_LOGINS.some((code) => login === `Basic${code}`)) throw new Error(login);
  return {
    method,
    target,
    headers: { ...headers, authorization: AUTHORIZATION },
    body: rest.join('\n\n').replace('"MiM SMS"', '\\"MiM SMS\\"'),
  };
}

/** Sends a request as it stands and gives everything that came back. */
async function overSocket(url: string, { method, target, headers, body }: PrintedRequest): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1').setEncoding('utf8');
  onTestFinished(() => void socket.destroy());
  const fields = { ...headers, 'content-length': String(Buffer.byteLength(body)), connection: 'close' };
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n${body}`);
  let answer = '';
  socket.on('data', (chunk) => (answer += String(chunk)));
  await once(socket, 'end');
  return answer;
}

const send = (text: string) => (gateway: Gateway) =>
  gateway.submit({ sender: 'InfoSMS', messages: [{ to: '8801613537347', text, ownId: null }] });

const SAMPLES: [name: string, title: string, ask: (gateway: Gateway) => Promise<unknown>][] = [
  ['send-request', 'POST /sms/1/text/single', send("My first 'MiM SMS' SMS")],
  ['send-again-request', 'POST /sms/1/text/single, again', send('My first "MiM SMS" SMS')],
  ['reports-request', 'GET /sms/1/reports', (gateway) => gateway.fetchReports({})],
  [
    'reports-one-message-request',
    'GET /sms/1/reports?messageId',
    (gateway) => gateway.fetchReports({ messageIds: ['ff4804ef-6ab6-4abd-984d-ab3b1387e852'] }),
  ],
  ['logs-request', 'GET /sms/1/logs', (gateway) => gateway.fetchLogs({})],
  [
    'logs-filtered-request',
    'GET /sms/1/logs?from&to&limit',
    (gateway) => gateway.fetchLogs({ from: 'InfoSMS', to: '8801613537347', limit: 1 }),
  ],
];

describe.each(SAMPLES)('%s', (name, _title, ask) => {
  test('taken by the practice gateway, mended', async () => {
    const { practice } = await openPair('rest-json', { users: USERS });
    const answer = await overSocket(practice.url, mended(name));
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(answer).toMatch(/\r\ncontent-type: application\/json/i);
    expect(answer).toMatch(mended(name).method === 'POST' ? /"messages":\[\{/ : /"results":\[\]/);
    expect(practice.requests()).toMatchObject([{ user: 'Aladdin', status: 200 }]);
  });

  test('written by the client', async () => {
    const server = await startRawServer((socket) => socket.write(jsonAnswer({ results: [], messages: [] })));
    const gateway = createRestGateway(
      { serverAddress: server.url, allowHttp: true, credentials: () => Promise.resolve(ok(LOGIN)) },
      { clock: systemClock },
    );
    onTestFinished(async () => {
      await gateway.close();
      await server.close();
    });
    await ask(gateway);
    const printed = mended(name);
    const [line = '', ...fields] = (server.requests[0]?.head ?? '').split('\r\n');
    const headers = Object.fromEntries(
      fields.map((field) => field.split(': ', 2)).map(([key = '', value = '']) => [key.toLowerCase(), value]),
    );
    expect(line).toBe(`${printed.method} ${printed.target} HTTP/1.1`);
    expect(headers).toMatchObject({ ...printed.headers, host: new URL(server.url).host });
    if (printed.body !== '') {
      expect(JSON.parse(server.requests[0]?.body ?? '')).toEqual(JSON.parse(printed.body));
    }
  });
});

describe('Authorization', () => {
  test('the client computes what the document’s steps give, and the practice gateway lets it in', async () => {
    const { gateway } = await openPair('rest-json', { users: USERS, login: LOGIN });
    const outcome = await send('Hello')(gateway);
    expect(outcome).toMatchObject({ kind: 'answered' });
    const printed = documentSample('rest/authorization.txt') + documentSample('rest/authorization-again.txt');
    expect(printed).toContain('Username: Aladdin\nPassword: open sesame');
    expect(printed).not.toContain(AUTHORIZATION);
  });

  test.each(PRINTED_LOGINS)('the damaged %s is another login to the practice gateway', async (code) => {
    const { practice } = await openPair('rest-json', { users: USERS });
    const headers = { authorization: `Basic ${code}` };
    const answer = await fetch(`${practice.url}/sms/1/logs`, { headers });
    expect([answer.status, await answer.text()]).toEqual([401, expect.stringContaining('UNAUTHORIZED')]);
  });

  test('a wrong login is one to the client', async () => {
    const { gateway } = await openPair('rest-json', { users: USERS, login: { ...LOGIN, password: 'x' } });
    expect(await gateway.fetchLogs({})).toMatchObject({ error: { code: 'GATEWAY_AUTH' } });
  });
});

describe('Content-Type and Accept', () => {
  test.each([
    ['rest-json', 'application/json', '{'],
    ['rest-xml', 'application/xml', '<'],
  ] as const)('%s: %s in both, and in the answer', async (protocol, type, first) => {
    const { gateway, practice } = await openPair(protocol);
    const outcome = await send('আমার প্রথম')(gateway);
    expect(outcome).toMatchObject({ kind: 'answered', messages: [{ parts: 1, status: { groupId: 0 } }] });
    const { requestHeaders = [], answerBody } = outcome.kind === 'answered' ? (outcome.exchange ?? {}) : {};
    expect(Object.fromEntries(requestHeaders)).toMatchObject({ 'content-type': type, accept: type });
    expect(answerBody?.slice(0, 1)).toBe(first);
    expect(practice.journal()).toMatchObject([{ text: 'আমার প্রথম' }]);
  });

  test('without a Content-Type: General error, and nothing is sent', async () => {
    const { practice } = await openPair('rest-json', { users: USERS });
    const { 'content-type': _, ...headers } = mended('send-request').headers;
    const answer = await overSocket(practice.url, { ...mended('send-request'), headers });
    expect(answer).toContain('General error');
    expect(practice.journal()).toEqual([]);
  });

  test('what the client makes of a General error: nobody knows', async () => {
    const body = {
      requestError: { serviceException: { messageId: 'GENERAL_ERROR', text: 'General error' } },
    };
    const server = await startRawServer((socket) => socket.write(jsonAnswer(body, 500)));
    const gateway = createRestGateway(
      { serverAddress: server.url, allowHttp: true, credentials: () => Promise.resolve(ok(LOGIN)) },
      { clock: systemClock },
    );
    onTestFinished(async () => {
      await gateway.close();
      await server.close();
    });
    expect(await send('Hello')(gateway)).toMatchObject({ kind: 'unknown' });
    expect(await gateway.fetchLogs({})).toMatchObject({ ok: false, error: { code: 'GATEWAY_BUSY' } });
  });
});

describe('Base URL', () => {
  test('over HTTP only with consent: without it nothing reaches the practice gateway', async () => {
    const { practice } = await openPair('rest-json');
    const gateway = createRestGateway(
      { serverAddress: practice.url, allowHttp: false, credentials: () => Promise.resolve(ok(LOGIN)) },
      { clock: systemClock },
    );
    onTestFinished(() => gateway.close());
    expect(await send('Hello')(gateway)).toMatchObject({ error: { code: 'HTTP_NEEDS_CONSENT' } });
    expect(practice.requests()).toEqual([]);
  });

  test('over HTTPS only to a server that proves who it is', async () => {
    const { practice } = await openPair('rest-json');
    // It leads to the practice gateway for whoever takes its certificate, which nobody vouches for.
    const server = await startRawServer(() => undefined, {
      tls: true,
      onConnect: (socket) => {
        const behind = connect(Number(new URL(practice.url).port), '127.0.0.1');
        behind.on('error', () => socket.destroy());
        socket.pipe(behind).pipe(socket);
        return true;
      },
    });
    const gateway = createRestGateway(
      { serverAddress: server.url, allowHttp: false, credentials: () => Promise.resolve(ok(LOGIN)) },
      { clock: systemClock },
    );
    onTestFinished(async () => {
      await gateway.close();
      await server.close();
    });
    expect(await send('Hello')(gateway)).toMatchObject({ kind: 'not-sent' });
    expect(practice.requests()).toEqual([]);
  });
});
