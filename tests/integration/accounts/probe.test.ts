import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { ProtocolChoice } from '#shared/accounts/protocols.ts';
import { ok } from '#shared/result.ts';
import { systemClock } from '../../../main/engine/clock.ts';
import { probe } from '../../../main/engine/features/accounts/probe.ts';
import { createGateway } from '../../../main/engine/gateways/create.ts';
import { startPractice } from '../../../main/practice/practice.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function practice() {
  const gateway = await startPractice({ delays: 1_000 });
  ends.push(() => gateway.close());
  return gateway;
}

/** A server that answers by path: a status and a body, 404 without one. */
async function server(answers: Readonly<Record<string, readonly [status: number, body: string]>>) {
  const asked: string[] = [];
  const http = createServer((request, response) => {
    const path = (request.url ?? '').split('?')[0] ?? '';
    asked.push(path);
    const [status, body] = answers[path] ?? [404, '{}'];
    request
      .resume()
      .on('end', () => response.writeHead(status, { 'content-type': 'application/json' }).end(body));
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  ends.push(() => new Promise((resolve) => http.close(resolve)));
  const { port } = http.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, asked };
}

const look = (serverAddress: string, choice: ProtocolChoice = 'auto', password = 'practice') =>
  probe(
    choice,
    serverAddress.startsWith('smpp') ? 'smpp' : 'http',
    (protocol) =>
      createGateway(
        {
          serverAddress,
          allowHttp: true,
          credentials: () => Promise.resolve(ok({ userName: 'practice', password })),
        },
        { protocol, options: {}, capabilities: null, recipientsPerRequest: null },
        { clock: systemClock, timeouts: { connect: 500, headers: 2_000, body: 2_000 } },
      ),
    () => 1_700_000_000_000,
    new AbortController().signal,
  );

describe('finding out how a server is spoken to', () => {
  it('prefers the REST API and learns what it offers, without sending, booking or taking anything', async () => {
    const gateway = await practice();
    const found = await look(gateway.url);
    if (!found.ok) throw new Error(found.error.code);
    expect(found.value.path).toMatchObject({
      protocol: 'rest-json',
      capabilities: { ownMessageIds: true, logs: true, inbox: 'pull', schedule: { cancel: true } },
    });
    expect(found.value.balance).toEqual({ micros: 5_000_000_000, currency: 'BDT' });
    expect(gateway.stats()).toMatchObject({ accepted: 0, chargedMicros: 0, reportsHandedOut: 0 });
  });

  it('takes the document’s own calls where the advanced one is missing', async () => {
    const { url } = await server({
      '/account/1/balance': [200, '{"balance":12.5,"currency":"BDT"}'],
      '/sms/1/logs': [200, '{"results":[]}'],
    });
    const found = await look(url);
    if (!found.ok) throw new Error(found.error.code);
    expect(found.value.path.capabilities).toMatchObject({
      ownMessageIds: false,
      schedule: null,
      logs: true,
      inbox: 'none',
    });
  });

  it('goes on to the key API and to the plain calls when there is no REST API', async () => {
    const { url, asked } = await server({ '/api/command': [200, '47.79'] });
    const found = await look(url);
    if (!found.ok) throw new Error(found.error.code);
    expect(found.value.path).toMatchObject({ protocol: 'plain-v3', capabilities: { logs: false } });
    expect(asked[0]).toBe('/account/1/balance');
    expect(asked.some((path) => /sms|send/i.test(path) && !path.includes('balance'))).toBe(false);
  });

  it('says that the password is wrong rather than that nothing is spoken there', async () => {
    const gateway = await practice();
    expect(await look(gateway.url, 'auto', 'wrong')).toMatchObject({ error: { code: 'GATEWAY_AUTH' } });
  });

  it('says that nothing is spoken there, and at once that nobody is there', async () => {
    const { url } = await server({});
    expect(await look(url)).toMatchObject({ error: { code: 'PROTOCOL_NOT_FOUND' } });
    expect(await look('http://127.0.0.1:9')).toMatchObject({ error: { code: 'GATEWAY_UNREACHABLE' } });
  });

  it('looks at a chosen protocol alone', async () => {
    const gateway = await practice();
    const found = await look(gateway.url, 'plain-v3');
    expect(found).toMatchObject({ value: { path: { protocol: 'plain-v3' } } });
    expect(gateway.requests().map(({ path }) => path)).toEqual(['/api/command']);
  });

  it('logs in and out again where there is no balance to ask for', async () => {
    const gateway = await practice();
    const found = await look(gateway.smppUrl);
    expect(found).toMatchObject({
      value: { balance: null, path: { protocol: 'smpp', steps: [{ what: 'bind', ok: true }] } },
    });
    expect(await look(gateway.smppUrl, 'auto', 'wrong')).toMatchObject({ error: { code: 'GATEWAY_AUTH' } });
  });
});
