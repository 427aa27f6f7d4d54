import { readFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';

/** A request as it came over the wire; `number` counts from 1 over all connections, `onConnection` over its own. */
export type RawRequest = {
  readonly head: string;
  readonly body: string;
  readonly number: number;
  readonly onConnection: number;
};

/** What a test server does with a complete request; it owns the socket and may break it in any way. */
export type RawHandler = (socket: Socket, request: RawRequest) => void;

/** A server on loopback that shows every byte and fault exactly. */
export type RawServer = {
  readonly port: number;
  readonly url: string;
  readonly requests: readonly RawRequest[];
  connections(): number;
  close(): Promise<void>;
};

/** How the server treats connections; without `onConnect` they are read as HTTP. */
export type RawServerOptions = {
  readonly tls?: boolean;
  /** Called for each TCP connection; `true` keeps it from being read. */
  readonly onConnect?: (socket: Socket) => boolean;
};

/** Starts a server whose handler is called once for each complete request. */
export async function startRawServer(
  handler: RawHandler,
  options: RawServerOptions = {},
): Promise<RawServer> {
  const requests: RawRequest[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;

  const accept = (socket: Socket): void => {
    connections += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // The faults of a test end in resets here, too.
    socket.on('error', () => socket.destroy());
    if (options.onConnect?.(socket)) return;
    let pending = '';
    let onConnection = 0;
    socket.on('data', (chunk) => {
      pending += chunk.toString('latin1');
      for (;;) {
        const end = pending.indexOf('\r\n\r\n');
        const length = Number(/content-length: (\d+)/i.exec(pending.slice(0, end))?.[1] ?? 0);
        if (end < 0 || pending.length < end + 4 + length) return;
        onConnection += 1;
        const request = {
          head: pending.slice(0, end),
          body: Buffer.from(pending.slice(end + 4, end + 4 + length), 'latin1').toString('utf8'),
          number: requests.length + 1,
          onConnection,
        };
        pending = pending.slice(end + 4 + length);
        requests.push(request);
        handler(socket, request);
      }
    });
  };

  const server = options.tls ? createTlsServer(certificate(), accept) : createServer(accept);
  server.on('tlsClientError', (_, socket: Socket) => socket.destroy());
  await listen(server);
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    port,
    url: `${options.tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    requests,
    connections: () => connections,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

/** A complete HTTP/1.1 answer with its length. */
export function answer(status: number, headers: Readonly<Record<string, string>>, body: string): Buffer {
  const bytes = Buffer.from(body);
  const lines = Object.entries({ 'content-length': String(bytes.length), ...headers });
  const head = [`HTTP/1.1 ${status} Test`, ...lines.map(([name, value]) => `${name}: ${value}`), '', ''];
  return Buffer.concat([Buffer.from(head.join('\r\n')), bytes]);
}

/** An answer with a JSON body. */
export function jsonAnswer(body: unknown, status = 200): Buffer {
  return answer(status, { 'content-type': 'application/json' }, JSON.stringify(body));
}

/** A port on loopback where nobody listens. */
export async function closedPort(): Promise<number> {
  const server = await startRawServer((socket) => socket.destroy());
  await server.close();
  return server.port;
}

function listen(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve());
  });
}

function certificate(): { readonly key: Buffer; readonly cert: Buffer } {
  const read = (name: string): Buffer => readFileSync(new URL(`../../fixtures/tls/${name}`, import.meta.url));
  return { key: read('self-signed.key.pem'), cert: read('self-signed.cert.pem') };
}
