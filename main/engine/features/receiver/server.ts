import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createRateCap } from './rate-cap.ts';

/** What is received at an address. */
export type Kind = 'reports' | 'inbound' | 'lookups';

/** A request to a known address, its body read. `query` has the parameters of a GET, and nobody else's. */
export type Received = {
  readonly account: string;
  readonly kind: Kind;
  readonly method: 'GET' | 'POST';
  readonly query: URLSearchParams;
  readonly body: string;
};

/** What is answered, and what the user is told of it: fixed words, never a part of the address. */
export type Verdict = {
  readonly status: 200 | 400 | 503;
  readonly accepted: boolean;
  readonly note: string;
};

/** How a server is run. */
export type ServerOptions = {
  readonly host: string;
  readonly port: number;
  readonly monotonic: () => number;
  /** The account that an unguessable path belongs to. */
  readonly accountOf: (path: string) => string | null;
  /** Answers a request once what it brought is stored. May throw: answered with 503. */
  readonly receive: (request: Received) => Verdict;
  /** Patience with a head and with a whole request, in ms; 5 s and 10 s when not given. */
  readonly patience?: { readonly head: number; readonly request: number };
  /** A request was answered. */
  readonly answered: (accepted: boolean, note: string) => void;
};

/** Bytes of a body at most. */
const LARGEST_BODY = 1024 * 1024;
const LARGEST_HEAD = 16 * 1024;
const PATIENCE = { head: 5_000, request: 10_000 };
/** How often slow requests are looked for, in ms. */
const LOOK_MS = 1_000;
const IDLE_MS = 5_000;
const CONNECTIONS = 64;
const METHODS: Readonly<Record<Kind, readonly string[]>> = {
  reports: ['POST'],
  inbound: ['GET', 'POST'],
  lookups: ['POST'],
};
/** A path of ours, behind whatever a proxy puts before it. */
const ADDRESS = /(?:^|\/)([A-Za-z0-9_-]{43})\/(reports|inbound|lookups)$/;

/**
 * Listens for pushes. What does not name an address of ours gets the same empty 404 at once, without its body being read; its
 * rate is capped apart, so that strangers who come through the same tunnel do not keep the gateway out.
 *
 * Rejects with the error of the operating system when it cannot listen.
 */
export async function openServer(options: ServerOptions): Promise<Server> {
  const { monotonic } = options;
  const gatewayCap = createRateCap(monotonic, { burst: 200, perSecond: 50 }, { burst: 400, perSecond: 100 });
  const strangerCap = createRateCap(monotonic, { burst: 40, perSecond: 5 }, { burst: 200, perSecond: 20 });

  const onRequest = (request: IncomingMessage, response: ServerResponse): void => {
    const refuse = (status: number, note: string, headers: Record<string, string> = {}) => {
      // Its body is of no interest: closing is what ends the sending of it.
      response.writeHead(status, { 'content-length': '0', connection: 'close', ...headers }).end();
      request.resume();
      options.answered(false, note);
    };
    const remote = request.socket.remoteAddress ?? '';
    const [path = '', search = ''] = splitTarget(request.url ?? '');
    const address = ADDRESS.exec(path);
    const account = address ? options.accountOf(address[1] ?? '') : null;
    const kind = account === null ? null : kindOf(address?.[2]);
    if (account === null || kind === null) {
      if (strangerCap(remote)) refuse(404, 'wrong address');
      else refuse(429, 'too many requests', { 'retry-after': '10' });
      return;
    }
    if (!gatewayCap(remote)) return refuse(429, 'too many requests', { 'retry-after': '1' });
    const { method } = request;
    if ((method !== 'GET' && method !== 'POST') || !METHODS[kind].includes(method))
      return refuse(405, 'wrong method', { allow: METHODS[kind].join(', ') });
    if ((request.headers['content-encoding'] ?? 'identity') !== 'identity')
      return refuse(415, 'compressed body');
    if (Number(request.headers['content-length'] ?? 0) > LARGEST_BODY) return refuse(413, 'too large');

    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= LARGEST_BODY) chunks.push(chunk);
      else if (!response.headersSent) {
        chunks.length = 0;
        refuse(413, 'too large');
        request.socket.destroySoon();
      }
    });
    request.on('end', () => {
      if (response.headersSent) return;
      const body = decode(Buffer.concat(chunks), request.headers['content-type'] ?? '');
      const query = new URLSearchParams(method === 'GET' ? search : '');
      const verdict = receiveOr503(options, { account, kind, method, query, body });
      const text = verdict.status === 200 ? 'OK' : '';
      response
        .writeHead(verdict.status, {
          'content-type': 'text/plain',
          'content-length': String(text.length),
          ...(verdict.status === 503 ? { 'retry-after': '60' } : {}),
        })
        .end(text);
      options.answered(verdict.accepted, verdict.note);
    });
    // A sender that goes away half way left nothing that could be stored.
    request.on('error', () => request.destroy());
  };

  const { head, request } = options.patience ?? PATIENCE;
  const server = createServer(
    {
      maxHeaderSize: LARGEST_HEAD,
      headersTimeout: head,
      requestTimeout: request,
      keepAliveTimeout: IDLE_MS,
      connectionsCheckingInterval: Math.min(LOOK_MS, head),
    },
    onRequest,
  );
  server.maxConnections = CONNECTIONS;
  server.timeout = request;
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (error.code !== 'ECONNRESET') options.answered(false, 'not readable');
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n');
    else socket.destroy();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: options.host, port: options.port, exclusive: true }, resolve);
  });
  return server;
}

function receiveOr503(options: ServerOptions, request: Received): Verdict {
  try {
    return options.receive(request);
  } catch {
    // Whoever throws has said so in the log; the gateway keeps what it sent and comes again.
    return { status: 503, accepted: false, note: 'not stored' };
  }
}

function splitTarget(target: string): [path: string, search: string] {
  // A proxy may send the whole address.
  const path = target.replace(/^https?:\/\/[^/?#]*/i, '');
  const at = path.indexOf('?');
  return at < 0 ? [path, ''] : [path.slice(0, at), path.slice(at + 1)];
}

const kindOf = (name: string | undefined): Kind | null =>
  name === 'reports' || name === 'inbound' || name === 'lookups' ? name : null;

/** The body in the charset that its Content-Type names; UTF-8 when it names none that is known. */
function decode(body: Buffer, contentType: string): string {
  const charset = /charset\s*=\s*"?([\w-]+)/i.exec(contentType)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(charset).decode(body);
  } catch {
    return new TextDecoder().decode(body);
  }
}
