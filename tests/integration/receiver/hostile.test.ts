import { connect } from 'node:net';
import { randomBytes } from 'node:crypto';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  openServer,
  type Received,
  type ServerOptions,
} from '../../../main/engine/features/receiver/server.ts';
import { createRateCap } from '../../../main/engine/features/receiver/rate-cap.ts';

const PATH = randomBytes(32).toString('base64url');
const MEGABYTE = 1024 * 1024;

/** A server with one account, and what it took and told. Its rate caps follow `now`, which stands still. */
async function open(options: Partial<ServerOptions> = {}) {
  const received: Received[] = [];
  const notes: string[] = [];
  const time = { now: 0 };
  const server = await openServer({
    host: '127.0.0.1',
    port: 0,
    monotonic: () => time.now,
    accountOf: (path) => (path === PATH ? 'account' : null),
    receive(request) {
      received.push(request);
      return { status: 200, accepted: true, note: request.kind };
    },
    answered: (_accepted, note) => void notes.push(note),
    ...options,
  });
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  const url = (kind: string, path = PATH) => `http://127.0.0.1:${port}/${path}/${kind}`;
  return { received, notes, time, port, url, server };
}

/** Writes bytes on a connection of its own and gives everything that came back until it was closed. */
function raw(port: number, ...pieces: (string | Buffer)[]): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => {
      for (const piece of pieces) socket.write(piece);
    });
    socket.on('data', (data) => (answer += data.toString('latin1')));
    // The server may close while bytes are still on their way.
    socket.on('error', () => socket.destroy());
    socket.on('close', () => resolve(answer));
  });
}

describe('a stranger', () => {
  it('gets the same empty 404 for everything', async () => {
    const { url, received, port } = await open();
    const other = randomBytes(32).toString('base64url');
    const answers = await Promise.all(
      [
        [url('reports', other), 'POST'],
        [url('inbound', other), 'GET'],
        [url('other'), 'POST'],
        [url('reports/'), 'POST'],
        [url('Reports'), 'POST'],
        [url('reports', PATH.slice(0, -1)), 'POST'],
        [`http://127.0.0.1:${port}/`, 'GET'],
        [`http://127.0.0.1:${port}/favicon.ico`, 'HEAD'],
        [url('reports', PATH.toLowerCase()), 'DELETE'],
      ].map(async ([address = '', method = '']) => {
        const answer = await fetch(address, { method });
        return [answer.status, await answer.text(), answer.headers.get('content-type')];
      }),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(new Set(['[404,"",null]']));
    expect(received).toEqual([]);
  });

  it('is slowed down without keeping the gateway out', async () => {
    const { url, time } = await open();
    const knock = () => fetch(url('reports', 'x'), { method: 'POST' }).then(({ status }) => status);
    const statuses: number[] = [];
    for (let n = 0; n < 60; n++) statuses.push(await knock());
    expect(statuses.filter((status) => status === 404)).toHaveLength(40);
    expect(statuses.filter((status) => status === 429)).toHaveLength(20);
    expect((await fetch(url('reports'), { method: 'POST', body: 'x' })).status).toBe(200);
    time.now += 1_000;
    expect(await knock()).toBe(404);
  });
});

describe('a request to a known address', () => {
  it('must have a method of its kind', async () => {
    const { url, received } = await open();
    const status = async (kind: string, method: string) => (await fetch(url(kind), { method })).status;
    expect([
      await status('reports', 'GET'),
      await status('lookups', 'GET'),
      await status('inbound', 'PUT'),
      await status('reports', 'HEAD'),
    ]).toEqual([405, 405, 405, 405]);
    expect(received).toEqual([]);
  });

  it('may be flooded up to a cap', async () => {
    const { url, received, time } = await open();
    const flood = async (count: number) => {
      const statuses = await Promise.all(
        Array.from(
          { length: count },
          async () => (await fetch(url('reports'), { method: 'POST', body: 'x' })).status,
        ),
      );
      return statuses.filter((status) => status === 429).length;
    };
    // Connections beyond 64 are cut, so the flood comes in waves.
    let refused = 0;
    for (let wave = 0; wave < 8; wave++) refused += await flood(30);
    expect(refused).toBe(40);
    expect(received).toHaveLength(200);
    time.now += 1_000;
    expect(await flood(30)).toBe(0);
  });

  it('may hold a megabyte, and is cut off beyond it, whether it says its length or not', async () => {
    const { url, received, port, notes } = await open();
    expect((await fetch(url('reports'), { method: 'POST', body: 'x'.repeat(MEGABYTE) })).status).toBe(200);
    expect(received[0]?.body.length).toBe(MEGABYTE);
    const head = `POST /${PATH}/reports HTTP/1.1\r\nhost: x\r\n`;
    expect(await raw(port, `${head}content-length: ${MEGABYTE + 1}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 413/);
    const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`;
    const unannounced = await raw(
      port,
      `${head}transfer-encoding: chunked\r\n\r\n`,
      ...Array<string>(40).fill(chunk),
    );
    expect(unannounced).toMatch(/^(HTTP\/1\.1 413|$)/);
    expect(received).toHaveLength(1);
    expect(notes.filter((note) => note === 'too large')).toHaveLength(2);
  });

  it('may not be compressed, so that it cannot grow when it is opened', async () => {
    const { url, received } = await open();
    const answer = await fetch(url('reports'), {
      method: 'POST',
      body: 'x',
      headers: { 'content-encoding': 'gzip' },
    });
    expect(answer.status).toBe(415);
    expect(received).toEqual([]);
  });

  it('is answered with 503 when taking it fails', async () => {
    const { url } = await open({
      receive() {
        throw new Error('no disk');
      },
    });
    const answer = await fetch(url('reports'), { method: 'POST', body: 'x' });
    expect([answer.status, await answer.text()]).toEqual([503, '']);
  });
});

describe('broken and slow requests', () => {
  it('that drip their head or their body are cut off while others are served', async () => {
    const { url, port } = await open({ patience: { head: 200, request: 400 } });
    const startedAt = performance.now();
    const slow = [
      raw(port, 'POST / HTTP/1.1\r\nx: '),
      raw(port, `POST /${PATH}/reports HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nhalf`),
    ];
    expect((await fetch(url('reports'), { method: 'POST', body: 'x' })).status).toBe(200);
    await Promise.all(slow);
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });

  it('beyond the connections it keeps are turned away, and it serves on afterwards', async () => {
    const { url, port, received } = await open();
    const sockets = Array.from({ length: 100 }, () => connect(port, '127.0.0.1'));
    await Promise.all(
      sockets.map(
        (socket) =>
          new Promise<void>((resolve) => {
            socket.on('error', () => socket.destroy());
            socket.on('connect', () => resolve());
            socket.on('close', () => resolve());
          }),
      ),
    );
    const gone = sockets.map(
      (socket) => new Promise((resolve) => (socket.destroyed ? resolve(null) : socket.on('close', resolve))),
    );
    for (const socket of sockets) socket.destroy();
    await Promise.all(gone);
    await expect
      .poll(() =>
        fetch(url('reports'), { method: 'POST', body: 'x' }).then(
          ({ status }) => status,
          () => 0,
        ),
      )
      .toBe(200);
    expect(received.length).toBeGreaterThan(0);
  });

  it('of a thousand random bodies all end, and nothing breaks', async () => {
    const { port, url, time, received } = await open({ patience: { head: 100, request: 200 } });
    const one = (n: number) => {
      const noise = randomBytes(n % 700);
      const head = `POST /${PATH}/${n % 2 ? 'reports' : 'lookups'} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n`;
      if (n % 4 === 0) return raw(port, noise, '\r\n\r\n');
      if (n % 4 === 1) return raw(port, `${head}content-length: ${noise.length}\r\n\r\n`, noise);
      if (n % 4 === 2) return raw(port, `${head}transfer-encoding: chunked\r\n\r\n`, noise, '\r\n\r\n');
      return raw(port, `${head}content-length: -1\r\n${noise.toString('latin1')}\r\n\r\n`);
    };
    for (let from = 0; from < 1_000; from += 40) {
      time.now += 10_000;
      await Promise.all(Array.from({ length: 40 }, (_, n) => one(from + n)));
    }
    // Those that were whole requests arrived whole.
    expect(received.length).toBeGreaterThanOrEqual(250);
    expect((await fetch(url('reports'), { method: 'POST', body: 'x' })).status).toBe(200);
  });
});

describe('the rate cap', () => {
  it('remembers a bounded number of addresses and caps them together', () => {
    let now = 0;
    const pass = createRateCap(() => now, { burst: 2, perSecond: 1 }, { burst: 1_500, perSecond: 100 });
    let passed = 0;
    for (let n = 0; n < 5_000; n++) if (pass(`10.0.${n >> 8}.${n & 255}`)) passed++;
    expect(passed).toBe(1_500);
    now += 1_000;
    expect([pass('a'), pass('a'), pass('a')]).toEqual([true, true, false]);
    now += 1_000;
    expect([pass('a'), pass('a')]).toEqual([true, false]);
  });
});
