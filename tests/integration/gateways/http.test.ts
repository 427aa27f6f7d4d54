import { afterEach, describe, expect, test, vi } from 'vitest';
import { systemClock } from '../../../main/engine/clock.ts';
import {
  createHttpTransport,
  type HttpOptions,
  type HttpTransport,
} from '../../../main/engine/gateways/http.ts';
import {
  answer,
  closedPort,
  jsonAnswer,
  type RawHandler,
  type RawServer,
  type RawServerOptions,
  startRawServer,
} from './raw-server.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(open.splice(0).map((one) => one.close()));
});

async function serve(handler: RawHandler, options?: RawServerOptions): Promise<RawServer> {
  const server = await startRawServer(handler, options);
  open.push(server);
  return server;
}

function connect(url: string, options: Partial<HttpOptions> = {}): HttpTransport {
  const transport = createHttpTransport(new URL(url), { clock: systemClock, ...options });
  open.push(transport);
  return transport;
}

const post = (body = '{}') => ({ method: 'POST', path: '/send?key=hidden', headers: {}, body }) as const;
const FAST = { connect: 300, headers: 300, body: 300, total: 600 };
const never: RawHandler = () => undefined;

/** Starts a server, sends one POST to it and gives what became of it and what the server saw. */
async function once(handler: RawHandler, options: Partial<HttpOptions> = {}, server?: RawServerOptions) {
  const running = await serve(handler, server);
  const outcome = await connect(running.url, options).send(post());
  return { outcome, server: running };
}

describe('nothing left this computer', () => {
  test('a refused connection', async () => {
    const outcome = await connect(`http://127.0.0.1:${await closedPort()}`).send(post());
    expect(outcome).toMatchObject({ kind: 'not-sent', cause: 'refused' });
    expect(JSON.stringify(outcome)).not.toContain('hidden');
  });

  test('a certificate that proves nothing, even where the environment switches checks off', async () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    const { outcome, server } = await once(never, {}, { tls: true });
    expect(outcome).toMatchObject({ kind: 'not-sent', cause: 'tls' });
    expect(server.requests).toEqual([]);
  });

  test('a server that does not speak TLS', async () => {
    const server = await serve(never, {
      onConnect: (socket) => socket.end('HTTP/1.1 400 No\r\n\r\n').writable,
    });
    const outcome = await connect(`https://127.0.0.1:${server.port}`).send(post());
    expect(outcome).toMatchObject({ kind: 'not-sent', cause: 'tls' });
  });

  test('a TLS handshake that is cut', async () => {
    const server = await serve(never, { onConnect: (socket) => !socket.resetAndDestroy().readable });
    const outcome = await connect(`https://127.0.0.1:${server.port}`).send(post());
    expect(outcome).toMatchObject({ kind: 'not-sent', cause: 'tls' });
  });

  test('a TLS handshake that is never answered', async () => {
    const server = await serve(never, { onConnect: () => true });
    const outcome = await connect(`https://127.0.0.1:${server.port}`, { timeouts: FAST }).send(post());
    expect(outcome).toMatchObject({ kind: 'not-sent', cause: 'connect-timeout' });
  });

  test('a caller that gave up before', async () => {
    const server = await serve(never);
    const outcome = await connect(server.url).send(post(), AbortSignal.abort());
    expect(outcome).toMatchObject({ kind: 'not-sent', cause: 'aborted' });
    expect(server.connections()).toBe(0);
  });

  test('a caller that gave up while the request waited for a connection', async () => {
    let finish = (): void => undefined;
    const server = await serve((socket, request) => {
      finish = () => socket.write(jsonAnswer({ saw: request.body }));
      if (request.number > 1) finish();
    });
    const transport = connect(server.url, { connections: 1 });
    const first = transport.send(post('"first"'));
    const giveUp = new AbortController();
    const second = transport.send(post('"second"'), giveUp.signal);
    await vi.waitFor(() => expect(server.requests).toHaveLength(1));
    giveUp.abort();
    expect(await second).toMatchObject({ kind: 'not-sent', cause: 'aborted' });
    finish();
    expect(await first).toMatchObject({ kind: 'response', body: '{"saw":"\\"first\\""}' });
    expect(await transport.send(post('"third"'))).toMatchObject({ body: '{"saw":"\\"third\\""}' });
    expect(server.requests.map((request) => request.body)).toEqual(['"first"', '"third"']);
    expect(server.connections()).toBe(1);
  });

  test('a closed transport', async () => {
    const server = await serve(never);
    const transport = connect(server.url);
    await transport.close();
    expect(await transport.send(post())).toMatchObject({ kind: 'not-sent', cause: 'closed' });
  });
});

describe('nobody knows', () => {
  const cut =
    (bytes: string | Buffer): RawHandler =>
    (socket) =>
      socket.end(bytes);
  const head = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n';

  test.each<[string, string, RawHandler]>([
    ['a connection closed after reading', 'reset', (socket) => socket.destroy()],
    ['a connection reset after reading', 'reset', (socket) => socket.resetAndDestroy()],
    ['half a status line', 'reset', cut('HTTP/1.1 2')],
    ['a close in the middle of the headers', 'reset', cut(head)],
    ['a close after early hints', 'reset', cut('HTTP/1.1 103 Early Hints\r\n\r\n')],
    ['a close after the headers', 'truncated', cut(`${head}content-length: 20\r\n\r\n`)],
    ['a body shorter than announced', 'truncated', cut(`${head}content-length: 20\r\n\r\n{"results":[]}`)],
    [
      'a chunked body without its end',
      'truncated',
      cut(`${head}transfer-encoding: chunked\r\n\r\n2\r\n{}\r\n`),
    ],
    [
      'a reset in the middle of the body',
      'truncated',
      (socket) => socket.write(`${head}content-length: 20\r\n\r\n{}`, () => socket.resetAndDestroy()),
    ],
    ['something that is not HTTP', 'malformed', cut('SSH-2.0-OpenSSH_9.2\r\n')],
    [
      'a cut body on a connection that was to be closed anyway',
      'truncated',
      cut(`${head}connection: close\r\ncontent-length: 20\r\n\r\n{}`),
    ],
    ['an endless header', 'too-large', (socket) => socket.write(`${head}x: ${'y'.repeat(100_000)}\r\n\r\n`)],
  ])('%s', async (_, cause, handler) => {
    const { outcome, server } = await once(handler, { timeouts: FAST });
    expect(outcome).toMatchObject({ kind: 'unknown', cause });
    expect(JSON.stringify(outcome)).not.toContain('hidden');
    expect(server.requests).toHaveLength(1);
  });

  test.each<[string, string, RawHandler]>([
    ['headers', 'UND_ERR_HEADERS_TIMEOUT', never],
    ['body', 'UND_ERR_BODY_TIMEOUT', (socket) => socket.write(`${head}content-length: 2\r\n\r\n`)],
  ])('no %s in time', async (_, code, handler) => {
    const { outcome } = await once(handler, { timeouts: { ...FAST, total: 20_000 } });
    expect(outcome).toMatchObject({
      kind: 'unknown',
      cause: 'timeout',
      detail: expect.stringContaining(code),
    });
  });

  test('a connection reset before the request was read', async () => {
    const { outcome } = await once(never, {}, { onConnect: (socket) => !socket.resetAndDestroy().readable });
    expect(outcome.kind).not.toBe('response');
  });

  test('a body that drips for ever', async () => {
    const timers: NodeJS.Timeout[] = [];
    const { outcome } = await once(
      (socket) => {
        socket.write(`${head}transfer-encoding: chunked\r\n\r\n`);
        timers.push(setInterval(() => socket.write('1\r\n \r\n'), 20));
      },
      { timeouts: FAST },
    );
    timers.forEach(clearInterval);
    expect(outcome).toMatchObject({ kind: 'unknown', cause: 'timeout' });
  });

  test.each([
    ['announced', (socket: Parameters<RawHandler>[0]) => socket.end(answer(200, {}, 'x'.repeat(2_000)))],
    [
      'chunked',
      (socket: Parameters<RawHandler>[0]) =>
        socket.end(`${head}transfer-encoding: chunked\r\n\r\n7d0\r\n${'x'.repeat(2_000)}\r\n0\r\n\r\n`),
    ],
  ])('a body over the cap, %s', async (_, handler) => {
    const { outcome } = await once(handler, { maxResponseBytes: 1_000 });
    expect(outcome).toMatchObject({ kind: 'unknown', cause: 'too-large' });
  });

  test('a caller that gives up after the request went', async () => {
    const server = await serve(never);
    const giveUp = new AbortController();
    const sent = connect(server.url).send(post(), giveUp.signal);
    await vi.waitFor(() => expect(server.requests).toHaveLength(1));
    giveUp.abort();
    expect(await sent).toMatchObject({ kind: 'unknown', cause: 'aborted' });
  });

  test('a transport that closes: what ran is unknown, what waited was not sent', async () => {
    const server = await serve(never);
    const transport = connect(server.url, { connections: 1 });
    const outcomes = [transport.send(post()), transport.send(post())];
    await vi.waitFor(() => expect(server.requests).toHaveLength(1));
    await transport.close();
    expect(await Promise.all(outcomes)).toMatchObject([
      { kind: 'unknown', cause: 'closed' },
      { kind: 'not-sent', cause: 'closed' },
    ]);
  });
});

describe('a request is written once', () => {
  test('a reused connection that dies on the second request', async () => {
    const server = await serve((socket, request) =>
      request.onConnection === 1 ? socket.write(jsonAnswer({})) : socket.destroy(),
    );
    const transport = connect(server.url, { connections: 1 });
    expect(await transport.send(post('"a"'))).toMatchObject({ kind: 'response' });
    expect(await transport.send(post('"b"'))).toMatchObject({ kind: 'unknown', cause: 'reset' });
    expect(server.requests.map((request) => request.body)).toEqual(['"a"', '"b"']);
    expect(server.connections()).toBe(1);
  });

  test('an idle connection that the server closed is replaced', async () => {
    const server = await serve((socket) => socket.end(jsonAnswer({})));
    const transport = connect(server.url, { connections: 1 });
    expect(await transport.send(post())).toMatchObject({ kind: 'response' });
    await vi.waitFor(async () => expect(await transport.send(post())).toMatchObject({ kind: 'response' }));
  });

  test('connections that the server closes around each answer never make two of one', async () => {
    const endings: ((socket: Parameters<RawHandler>[0]) => void)[] = [
      (socket) => socket.end(),
      (socket) => socket.destroy(),
      (socket) => setImmediate(() => socket.destroy()),
      (socket) => setImmediate(() => setImmediate(() => socket.resetAndDestroy())),
      (socket) => setTimeout(() => socket.end(), 1),
      () => undefined,
    ];
    const server = await serve((socket, request) =>
      socket.write(jsonAnswer({}), () => endings[request.number % endings.length]?.(socket)),
    );
    const transport = connect(server.url, { connections: 2 });
    const kinds = new Map<string, string>();
    const sender = async (name: string): Promise<void> => {
      for (let at = 0; at < 150; at++) {
        const body = `"${name}${at}"`;
        kinds.set(body, (await transport.send(post(body))).kind);
      }
    };
    await Promise.all([sender('a'), sender('b'), sender('c')]);
    const seen = server.requests.map((request) => request.body);
    expect(new Set(seen).size).toBe(seen.length);
    for (const [body, kind] of kinds) {
      if (kind === 'response') expect(seen).toContain(body);
      if (kind === 'not-sent') expect(seen).not.toContain(body);
    }
    expect([...kinds.values()].filter((kind) => kind === 'response').length).toBeGreaterThan(100);
  });

  test('neither a redirect nor a busy answer is followed by another request', async () => {
    const statuses = [301, 307, 308, 429, 500, 503];
    const server = await serve((socket, request) =>
      socket.write(
        answer(statuses[request.number - 1] ?? 500, { location: '/again', 'retry-after': '0' }, ''),
      ),
    );
    const transport = connect(server.url);
    for (const status of statuses) expect(await transport.send(post())).toMatchObject({ status });
    expect(server.requests).toHaveLength(statuses.length);
  });
});

describe('answers', () => {
  test('connections are kept and requests arrive as written', async () => {
    const server = await serve((socket) => socket.write(jsonAnswer({ ok: true })));
    const transport = connect(server.url, { connections: 1 });
    const outcome = await transport.send({
      method: 'POST',
      path: '/a?b=c',
      headers: { 'content-type': 'application/json', authorization: 'Basic x' },
      body: '{"text":"আপনার বিল"}',
    });
    expect(outcome).toMatchObject({ kind: 'response', status: 200, body: '{"ok":true}' });
    await transport.send({ method: 'GET', path: '/d', headers: {} });
    expect(server.requests[0]).toMatchObject({ body: '{"text":"আপনার বিল"}' });
    expect(server.requests[0]?.head).toMatch(/^POST \/a\?b=c HTTP\/1\.1\r\nhost: 127\.0\.0\.1:\d+\r\n/);
    expect(server.requests[1]?.head).toMatch(/^GET \/d HTTP\/1\.1\r\n/);
    expect(server.connections()).toBe(1);
  });

  test('a byte order mark and broken UTF-8 do not lose the rest', async () => {
    const body = Buffer.concat([Buffer.from('\uFEFF{"a":"'), Buffer.from([0xff, 0xe0]), Buffer.from('ক"}')]);
    const head = `HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\n\r\n`;
    const { outcome } = await once((socket) => socket.write(Buffer.concat([Buffer.from(head), body])));
    expect(outcome).toMatchObject({ kind: 'response', body: '{"a":"\uFFFD\uFFFDক"}' });
  });

  test('characters that are split between packets stay whole', async () => {
    const body = Buffer.from('"বাংলা"');
    const { outcome } = await once((socket) => {
      socket.setNoDelay(true);
      socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\n\r\n`);
      [...body].forEach((byte, at) => setTimeout(() => socket.write(Buffer.from([byte])), at));
    });
    expect(outcome).toMatchObject({ kind: 'response', body: '"বাংলা"' });
  });

  test('early hints come before the answer, not instead of it', async () => {
    const { outcome } = await once((socket) => {
      socket.write('HTTP/1.1 103 Early Hints\r\ndate: Thu, 01 Jan 2015 00:00:00 GMT\r\n\r\n');
      socket.write(answer(204, { date: 'Mon, 23 Feb 2015 17:41:11 GMT' }, ''));
    });
    expect(outcome).toMatchObject({ kind: 'response', status: 204, headers: { date: 1_424_713_271_000 } });
  });

  test('headers that are missing or nonsense', async () => {
    const { outcome } = await once((socket) => socket.write(answer(200, { date: 'tomorrow' }, '{}')));
    expect(outcome).toMatchObject({
      headers: { date: null, contentType: null, retryAfter: null, location: null },
    });
  });
});
