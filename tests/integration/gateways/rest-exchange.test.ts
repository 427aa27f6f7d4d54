import { afterEach, expect, test } from 'vitest';
import { ok } from '#shared/result.ts';
import { systemClock } from '../../../main/engine/clock.ts';
import type { Exchange } from '../../../main/engine/gateways/gateway.ts';
import { createRestGateway, type RestOptions } from '../../../main/engine/gateways/rest/rest-gateway.ts';
import { answer, closedPort, jsonAnswer, type RawHandler, startRawServer } from './raw-server.ts';

const CANARY = 'canary/Pa55+ক&<';
const BASIC = Buffer.from(`office:${CANARY}`).toString('base64');
const SMS = { sender: 'InfoSMS', messages: [{ to: '8801711000001', text: 'Hello', ownId: null }] };
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

function connect(serverAddress: string, options: Partial<RestOptions> = {}) {
  const recorded: Exchange[] = [];
  const gateway = createRestGateway(
    {
      serverAddress,
      allowHttp: true,
      credentials: () => Promise.resolve(ok({ userName: 'office', password: CANARY })),
    },
    { clock: systemClock, record: (exchange) => recorded.push(exchange), ...options },
  );
  open.push(gateway);
  return { gateway, recorded };
}

async function serve(handler: RawHandler) {
  const server = await startRawServer(handler);
  open.push(server);
  return server;
}

test('a submit request and its answer are kept whole, but for the secret', async () => {
  const server = await serve((socket) => socket.write(jsonAnswer({ messages: [], echo: CANARY })));
  const { gateway, recorded } = connect(`${server.url}/restapi`);
  const before = Date.now();
  const outcome = await gateway.submit(SMS);
  expect(outcome.exchange).toEqual({
    startedAt: expect.any(Number) as number,
    ms: expect.any(Number) as number,
    method: 'POST',
    target: `${server.url}/restapi/sms/1/text/single`,
    requestHeaders: [
      ['authorization', 'Basic •••'],
      ['accept', 'application/json'],
      ['accept-encoding', 'identity'],
      ['user-agent', 'MiM-SMS-Desktop'],
      ['content-type', 'application/json'],
    ],
    requestBody: '{"from":"InfoSMS","to":"8801711000001","text":"Hello"}',
    status: 200,
    answerBody: '{"messages":[],"echo":"•••"}',
    outcome: 'answered',
  });
  expect(outcome.exchange?.startedAt).toBeGreaterThanOrEqual(before);
  expect(recorded).toEqual([outcome.exchange]);
});

test('a password in the query is not in the target', async () => {
  const server = await serve((socket) => socket.write(jsonAnswer({ messages: [] })));
  const { gateway } = connect(server.url, { useGet: true });
  const { exchange } = await gateway.submit(SMS);
  expect(server.requests[0]?.head).toContain('password=canary%2FPa55');
  expect(exchange?.target).toBe(
    `${server.url}/sms/1/text/query?username=office&password=•••&from=InfoSMS&to=8801711000001&text=Hello`,
  );
});

test('a server that echoes the request in XML, in its refusal', async () => {
  const echo = `<requestError><serviceException><messageId>BAD_REQUEST</messageId><text>${BASIC} canary/Pa55+ক&amp;&lt;</text></serviceException></requestError>`;
  const server = await serve((socket) =>
    socket.write(answer(400, { 'content-type': 'application/xml' }, echo)),
  );
  const { gateway, recorded } = connect(server.url, { format: 'xml' });
  const outcome = await gateway.submit(SMS);
  expect(outcome).toMatchObject({
    kind: 'refused',
    error: { code: 'GATEWAY_REFUSED', facts: { detail: 'BAD_REQUEST: ••• •••' } },
    exchange: { status: 400 },
  });
  expect(await gateway.balance()).toMatchObject({ error: { facts: { detail: 'BAD_REQUEST: ••• •••' } } });
  const kept = JSON.stringify([outcome, recorded]);
  for (const secret of [CANARY, BASIC, 'Pa55']) expect(kept).not.toContain(secret);
});

test('long bodies are cut', async () => {
  const server = await serve((socket) => socket.write(answer(200, {}, `{"x":"${'y'.repeat(100_000)}"}`)));
  const { gateway, recorded } = connect(server.url);
  await gateway.fetchReports({});
  expect(recorded).toMatchObject([{ method: 'GET', requestBody: '', status: 200, outcome: 'answered' }]);
  expect(recorded[0]?.answerBody).toHaveLength(16_385);
});

test('without an answer it says why', async () => {
  const server = await serve((socket) => socket.destroy());
  const { gateway, recorded } = connect(server.url);
  await gateway.submit(SMS);
  const { gateway: nobody, recorded: refused } = connect(`http://127.0.0.1:${await closedPort()}`);
  await nobody.submit(SMS);
  expect([...recorded, ...refused]).toMatchObject([
    { status: null, answerBody: null, outcome: 'reset' },
    { status: null, answerBody: null, outcome: 'refused' },
  ]);
});
