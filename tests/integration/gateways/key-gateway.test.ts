import { afterEach, describe, expect, test } from 'vitest';
import { ok } from '#shared/result.ts';
import { systemClock } from '../../../main/engine/clock.ts';
import type { Gateway, RawBody } from '../../../main/engine/gateways/gateway.ts';
import { createKeyGateway } from '../../../main/engine/gateways/key/key-gateway.ts';
import type { KeyVersion } from '../../../main/engine/gateways/key/requests.ts';
import { reading } from '../../../main/engine/gateways/reading/reading.ts';
import {
  answer,
  closedPort,
  jsonAnswer,
  type RawHandler,
  type RawServer,
  startRawServer,
} from './raw-server.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

const KEY = 'KEY "with" & marks';
const A = '8801711000001';

function connect(version: KeyVersion, serverAddress: string, patience = 10_000) {
  const records: unknown[] = [];
  const gateway = createKeyGateway(
    {
      serverAddress,
      allowHttp: true,
      credentials: () => Promise.resolve(ok({ userName: 'you@example.com', password: KEY })),
    },
    {
      clock: systemClock,
      version,
      timeouts: { headers: patience },
      record: (exchange) => records.push(exchange),
    },
  );
  open.push(gateway);
  return { gateway, seen: () => JSON.stringify(records) };
}

type Body = Readonly<Record<string, unknown>>;

/** A server that answers each body with what `reply` says. */
async function start(version: KeyVersion, reply: (body: Body, path: string) => unknown) {
  const handler: RawHandler = (socket, { head, body }) => {
    const json: unknown = body === '' ? {} : JSON.parse(body);
    const fields = typeof json === 'object' && json !== null ? { ...json } : {};
    const said = reply(fields, head.split(' ')[1] ?? '');
    socket.write(Buffer.isBuffer(said) ? said : jsonAnswer(said));
  };
  const server: RawServer = await startRawServer(handler);
  open.push(server);
  return { server, ...connect(version, server.url) };
}

const send = (gateway: Gateway, ...numbers: readonly string[]) =>
  gateway.submit({
    sender: 'MiM',
    messages: numbers.map((to) => ({ to, text: 'Hello', ownId: null })),
  });

function reportsIn(raw: { readonly ok: boolean; readonly value?: RawBody }) {
  const read = reading.reports(raw.value?.body ?? '');
  if (!raw.ok || !read.ok) throw new Error(JSON.stringify(raw));
  return read.value.reports;
}

describe.each(['v1', 'v2'] as const)('the key of %s', (version) => {
  test('is sent and shown nowhere', async () => {
    const { server, gateway, seen } = await start(version, (body) =>
      answer(
        400,
        { 'content-type': 'application/json' },
        JSON.stringify({ statusCode: '213', responseResult: body }),
      ),
    );
    const outcomes = [await send(gateway, A), await gateway.balance()];
    expect(server.requests[0]?.head).toMatch(/^POST /);
    expect(server.requests[0]?.body).toContain(JSON.stringify(KEY));
    expect(outcomes).toMatchObject([
      { kind: 'refused', error: { facts: { httpStatus: 400, detail: '213 PARAMETER_MISMATCH' } } },
      { error: { code: 'GATEWAY_REFUSED' } },
    ]);
    const text = seen() + JSON.stringify(outcomes);
    for (const form of ['KEY', 'with']) expect(text).not.toContain(form);
  });

  test('faults of the connection', async () => {
    const { gateway } = connect(version, `http://127.0.0.1:${String(await closedPort())}`);
    expect(await send(gateway, A)).toMatchObject({ kind: 'not-sent' });
    const server = await startRawServer((socket, { number }) => {
      if (number === 1) socket.end(jsonAnswer({ statusCode: '200' }).subarray(0, -3));
      if (number === 2) socket.end(answer(200, { 'content-type': 'text/html' }, '<html></html>'));
      if (number === 3) socket.end(jsonAnswer({ statusCode: '200' }, 500));
      if (number === 4) socket.end(jsonAnswer({ statusCode: '401', responseResult: KEY }, 401));
    });
    open.push(server);
    const other = connect(version, server.url);
    for (const cause of ['truncated', 'unreadable', 'http-500']) {
      expect(await send(other.gateway, A)).toMatchObject({ kind: 'unknown', cause });
    }
    expect(await send(other.gateway, A)).toMatchObject({
      kind: 'refused',
      error: { code: 'GATEWAY_AUTH', facts: { detail: '401 UNAUTHORIZED' } },
    });
    const impatient = connect(version, server.url, 100).gateway;
    expect(await send(impatient, A)).toMatchObject({ kind: 'unknown', cause: 'timeout' });
  });
});

test.each(['v1', 'v2'] as const)(
  'a later time is refused by the key API, %s, before anything is sent',
  async (version) => {
    const { server, gateway } = await start(version, () => ({ statusCode: '200', trxnId: 'T' }));
    const messages = [{ to: A, text: 'Hello', ownId: null }];
    const at = (sendAt: number) => gateway.submit({ sender: 'MiM', messages, options: { sendAt } });
    expect(await at(Date.now() + 60_000)).toEqual({
      kind: 'refused',
      error: { code: 'NOT_SUPPORTED', facts: { field: 'sendAt' } },
      retryAfterMs: null,
    });
    expect(server.requests).toHaveLength(0);
    expect(await at(Date.now() - 1)).toMatchObject({ kind: 'answered', messages: [{ to: A }] });
  },
);

describe('a wrong number among many that nobody names', () => {
  const wrong = '88012';
  const numbers = Array.from({ length: 20 }, (_, at) => (at === 13 ? wrong : String(8801711000000 + at)));

  test('is found by halves, and every other number is sent once', async () => {
    const sent: string[] = [];
    const { server, gateway } = await start('v1', (body) => {
      const asked = String(body['MobileNumber']).split(',');
      if (asked.includes(wrong)) return { statusCode: '206', status: 'Failed' };
      sent.push(...asked);
      return { statusCode: '200', status: 'Success', trxnId: `T${String(sent.length)}` };
    });
    const outcome = await send(gateway, ...numbers);
    const messages = outcome.kind === 'answered' ? outcome.messages : [];
    expect(messages.map(({ to }) => to)).toEqual(numbers);
    expect(messages.filter(({ status }) => status.id !== 0)).toMatchObject([
      { to: wrong, status: { id: 52 } },
    ]);
    expect(new Set(messages.map(({ gatewayMessageId }) => gatewayMessageId)).size).toBe(20);
    expect(sent.toSorted()).toEqual(numbers.filter((number) => number !== wrong).toSorted());
    expect(server.requests.length).toBeLessThan(12);
  });

  test('an account that is stopped on the way leaves the rest unanswered', async () => {
    let requests = 0;
    const { gateway } = await start('v1', () => {
      requests += 1;
      if (requests === 1) return { statusCode: '206' };
      return requests === 2 ? { statusCode: '200', trxnId: 'T' } : { statusCode: '401' };
    });
    const outcome = await send(gateway, A, '8801711000002');
    expect(outcome).toMatchObject({ kind: 'answered', messages: [{ to: A, gatewayMessageId: `T/${A}` }] });
  });
});

describe('asking about delivery', () => {
  const other = '8801911000002';

  test('each sending is asked about once; what is not known yet is left out', async () => {
    const { server, gateway } = await start('v2', (body) =>
      body['trackingId'] === 'K9'
        ? { statusCode: '213', responseResult: 'No such tracking id' }
        : {
            statusCode: '200',
            deliveryStatus: body['trackingId'] === 'K1' ? 'Partial' : 'Delivered',
            smsCount: 2,
            recipientCount: body['trackingId'] === 'K1' ? 2 : 1,
            error_Data:
              body['trackingId'] === 'K1' ? [{ mobileNumber: other, deliveryStatus: 'Undelivered' }] : [],
          },
    );
    const messageIds = [`K1/${A}`, `K9/${A}`, `K1/${other}`, `K2/${A}`];
    const reports = reportsIn(await gateway.fetchReports({ messageIds }));
    expect(reports.map((one) => [one.gatewayMessageId, one.to, one.status.id, one.parts])).toEqual([
      [`K1/${A}`, A, 5, null],
      [`K1/${other}`, other, 9, null],
      [`K2/${A}`, A, 5, 2],
    ]);
    expect(server.requests.map(({ body }) => JSON.parse(body) as unknown)).toEqual([
      { apiKey: KEY, userName: 'you@example.com', trackingId: 'K1' },
      { apiKey: KEY, userName: 'you@example.com', trackingId: 'K9', mobileNumber: A },
      { apiKey: KEY, userName: 'you@example.com', trackingId: 'K2', mobileNumber: A },
    ]);
  });

  test('nothing to ask asks nothing', async () => {
    const { server, gateway } = await start('v2', () => ({}));
    expect(reportsIn(await gateway.fetchReports({}))).toEqual([]);
    expect(server.requests).toHaveLength(0);
  });

  test('a wrong key, no API, a page: errors when there is nothing else to give', async () => {
    const replies: readonly (readonly [unknown, string])[] = [
      [{ statusCode: '401' }, 'GATEWAY_AUTH'],
      [{}, 'GATEWAY_UNREADABLE'],
      [answer(404, {}, 'x'), 'GATEWAY_REFUSED'],
      [answer(500, {}, 'x'), 'GATEWAY_BUSY'],
    ];
    for (const [reply, code] of replies) {
      const { gateway } = await start('v2', () => reply);
      expect(await gateway.fetchReports({ messageIds: [`K1/${A}`] })).toMatchObject({ error: { code } });
    }
    const { gateway } = await start('v2', (body) =>
      body['trackingId'] === 'K1' ? { statusCode: '200', deliveryStatus: 'Delivered' } : answer(500, {}, 'x'),
    );
    const messageIds = [`K1/${A}`, `K2/${A}`];
    expect(reportsIn(await gateway.fetchReports({ messageIds }))).toHaveLength(1);
  });

  test('the first version has no reports', async () => {
    const { server, gateway } = await start('v1', () => ({}));
    expect(gateway.capabilities.reports).toBe('none');
    expect(await gateway.fetchReports({})).toMatchObject({ error: { code: 'NOT_SUPPORTED' } });
    expect(server.requests).toHaveLength(0);
  });
});
