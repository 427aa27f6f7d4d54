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

type Answer = readonly [status: number, body: string, contentType?: string];

/** A server that answers by path, or by path and what is accepted: a status and a body, 404 without one. */
async function server(answers: Readonly<Record<string, Answer>>) {
  const asked: string[] = [];
  const urls: string[] = [];
  const http = createServer((request, response) => {
    const path = (request.url ?? '').split('?')[0] ?? '';
    asked.push(path);
    urls.push(request.url ?? '');
    const [status, body, contentType = 'application/json'] = answers[
      `${path} ${request.headers.accept ?? ''}`
    ] ??
      answers[path] ?? [404, '{}'];
    request.resume().on('end', () => response.writeHead(status, { 'content-type': contentType }).end(body));
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  ends.push(() => new Promise((resolve) => http.close(resolve)));
  const { port } = http.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, asked, urls };
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

  it('does not take a call for missing that only failed this time', async () => {
    const { url } = await server({
      '/account/1/balance': [200, '{"balance":12.5,"currency":"BDT"}'],
      '/sms/1/logs': [503, '{}'],
      '/sms/1/inbox/logs': [503, '{}'],
    });
    expect(await look(url)).toMatchObject({
      value: { path: { capabilities: { logs: true, inbox: 'pull' } } },
    });
  });

  it('goes on to the key API and to the plain calls when there is no REST API', async () => {
    const { url, asked } = await server({ '/api/command': [200, '47.79'] });
    const found = await look(url);
    if (!found.ok) throw new Error(found.error.code);
    expect(found.value.path).toMatchObject({ protocol: 'plain-v3', capabilities: { logs: false } });
    expect(asked).toEqual([
      '/account/1/balance',
      '/api/V2/BalanceCheck',
      '/api/SmsSending/balanceCheck',
      '/api/command',
    ]);
    expect(asked.some((path) => /sms|send/i.test(path) && !path.includes('balance'))).toBe(false);
  });

  it.each<[Answer, string]>([
    [[401, '{}'], 'GATEWAY_AUTH'],
    [[403, '{}'], 'GATEWAY_AUTH'],
    [[429, '{}'], 'GATEWAY_BUSY'],
    [[500, '{}'], 'GATEWAY_BUSY'],
    [[503, '<html>busy</html>', 'text/html'], 'GATEWAY_BUSY'],
    [[400, '{}'], 'GATEWAY_REFUSED'],
    [[302, ''], 'GATEWAY_REFUSED'],
    [[403, '<html>blocked</html>', 'text/html'], 'GATEWAY_REFUSED'],
    [[200, 'broken'], 'GATEWAY_UNREADABLE'],
    [[200, ''], 'GATEWAY_UNREADABLE'],
  ])('asks no further with the password in an address after %j', async (said, code) => {
    const { url, asked, urls } = await server({ '/account/1/balance': said, '/api/command': [200, '47.79'] });
    expect(await look(url, 'auto', 'p4ssw0rd-of-office')).toMatchObject({ error: { code } });
    expect(asked).toEqual(['/account/1/balance']);
    expect(urls.join()).not.toContain('p4ssw0rd');
  });

  it.each([401, 500])('asks no further after the key API said %s', async (statusCode) => {
    const { url, asked } = await server({
      '/api/V2/BalanceCheck': [200, JSON.stringify({ statusCode, status: 'Failed' })],
      '/api/command': [200, '47.79'],
    });
    expect(await look(url)).toMatchObject({
      error: { code: statusCode === 401 ? 'GATEWAY_AUTH' : 'GATEWAY_BUSY' },
    });
    expect(asked).toEqual(['/account/1/balance', '/api/V2/BalanceCheck']);
  });

  it.each<[string, Answer]>([
    ['has no such path', [404, '<html>none</html>', 'text/html']],
    ['has no such method', [405, '']],
    ['has no such call', [501, '']],
    ['shows its web site on every path', [200, '<!doctype html><html></html>', 'text/html']],
  ])('goes on where the server %s', async (_, said) => {
    const { url } = await server({
      '/account/1/balance': said,
      '/api/V2/BalanceCheck': said,
      '/api/SmsSending/balanceCheck': said,
      '/api/command': [200, '47.79'],
    });
    expect(await look(url)).toMatchObject({ value: { path: { protocol: 'plain-v3' } } });
  });

  it.each([406, 415])('asks for XML when JSON is refused with %i', async (status) => {
    const { url, asked } = await server({
      '/account/1/balance application/xml': [
        200,
        '<AccountBalance><balance>5</balance><currency>BDT</currency></AccountBalance>',
        'application/xml',
      ],
      '/account/1/balance': [status, '{}'],
    });
    expect(await look(url)).toMatchObject({ value: { path: { protocol: 'rest-xml' } } });
    expect(asked.slice(0, 2)).toEqual(['/account/1/balance', '/account/1/balance']);
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
