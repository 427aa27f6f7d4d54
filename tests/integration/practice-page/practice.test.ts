import { createServer, type RequestListener } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { PracticeStatus } from '#shared/ipc/practice.ts';
import { createPractice } from '../../../main/engine/features/practice/service.ts';
import { nullLog } from '../../../main/logging/log.ts';
import { fakeHost } from '../accounts/fake-host.ts';

const STATUS: PracticeStatus = {
  url: 'http://127.0.0.1:1',
  smppUrl: null,
  startedAt: 1,
  balance: { micros: 1_000_000, currency: 'BDT' },
  requests: 3,
  accepted: 2,
  rejected: 1,
  reportsHandedOut: 0,
  faults: 0,
  protocols: [{ name: 'rest', requests: 3, accepted: 2 }],
  lastRequests: [],
  lastMessages: [],
};

/** The feature before a server that stands in for the practice gateway's control calls. */
async function build(listener: RequestListener) {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  onTestFinished(close);
  const address = server.address();
  const { host, state } = fakeHost();
  state.practiceUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  const fetched = { times: 0 };
  const practice = createPractice({
    host: host.practice,
    fetchInbox: () => {
      fetched.times++;
      return Promise.reject(new Error('the account cannot be asked'));
    },
    log: nullLog,
  });
  return { practice, state, fetched, close };
}

const AUTHORIZATION = `Basic ${Buffer.from('practice:practice').toString('base64')}`;

describe('the practice gateway seen from the app', () => {
  it('tells what it received, to those who know its password', async () => {
    const { practice } = await build((request, response) => {
      const known = request.headers.authorization === AUTHORIZATION && request.url === '/practice/status';
      response.writeHead(known ? 200 : 401).end(JSON.stringify(STATUS));
    });
    expect(await practice.status()).toEqual({ ok: true, value: STATUS });
  });

  it('receives an SMS from a phone, and the inbox is asked for it', async () => {
    const bodies: string[] = [];
    const { practice, fetched } = await build((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
      request.on('end', () => {
        bodies.push(`${request.method} ${request.url} ${body}`);
        response.end('{"messageId":"1"}');
      });
    });
    const sent = await practice.simulateInbound({ from: '8801712345678', text: 'হ্যাঁ' });
    expect(sent).toEqual({ ok: true, value: null });
    expect(bodies).toEqual(['POST /practice/inbound {"from":"8801712345678","text":"হ্যাঁ"}']);
    expect(fetched.times).toBe(1);
  });

  it.each([
    ['an answer that is no JSON', 200, 'hello', 'GATEWAY_UNREADABLE'],
    ['an answer without a part', 200, JSON.stringify({ ...STATUS, balance: 5 }), 'GATEWAY_UNREADABLE'],
    ['a refusal', 500, JSON.stringify(STATUS), 'GATEWAY_UNREADABLE'],
  ])('is not believed with %s', async (_, status, body, code) => {
    const { practice, fetched } = await build((__, response) => response.writeHead(status).end(body));
    expect(await practice.status()).toMatchObject({ ok: false, error: { code } });
    if (status !== 200) {
      expect(await practice.simulateInbound({ from: '123', text: 'x' })).toMatchObject({ error: { code } });
      expect(fetched.times).toBe(0);
    }
  });

  it('is said to be away when it does not start, or does not answer', async () => {
    const { practice, state, close } = await build((_, response) => response.end());
    await close();
    expect(await practice.status()).toMatchObject({ error: { code: 'GATEWAY_UNREACHABLE' } });
    state.practiceUrl = null;
    expect(await practice.simulateInbound({ from: '123', text: 'x' })).toMatchObject({
      error: { code: 'PRACTICE_NOT_RUNNING' },
    });
  });
});
