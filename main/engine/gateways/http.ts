import { type Dispatcher, Pool } from 'undici';
import type { Clock } from '../clock.ts';
import { type HttpHeaders, type HttpOutcome, notSent, unknown } from './http-outcome.ts';

/** Patience, in ms. */
export type HttpTimeouts = {
  /** DNS, TCP and TLS together. */
  readonly connect: number;
  /** From the written request to the response headers. */
  readonly headers: number;
  /** Between two pieces of the response body. */
  readonly body: number;
  /** The whole exchange from the first written byte, so that a server that drips bytes cannot hold a connection for ever. */
  readonly total: number;
};

/** 10 s to connect, 30 s for headers, 30 s between pieces of a body, 120 s in all. */
export const DEFAULT_TIMEOUTS: HttpTimeouts = {
  connect: 10_000,
  headers: 30_000,
  body: 30_000,
  total: 120_000,
};

/** Largest response body that is read, in bytes. */
export const MAX_RESPONSE_BYTES = 16 * 1024 * 1024;

/** One HTTP request; `path` begins with a slash and may hold a query. */
export type HttpRequest = {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
};

/** The connections to one server. */
export type HttpTransport = {
  /** Performs one exchange. Never throws, never repeats, never follows a redirect. */
  send(request: HttpRequest, signal?: AbortSignal): Promise<HttpOutcome>;
  /** Drops all connections: waiting requests end as `not-sent`, running ones as `unknown`. */
  close(): Promise<void>;
};

/** What {@link createHttpTransport} may be told. */
export type HttpOptions = {
  readonly clock: Clock;
  readonly timeouts?: Partial<HttpTimeouts>;
  /** Connections kept open at most. */
  readonly connections?: number;
  readonly maxResponseBytes?: number;
};

/**
 * Opens a keep-alive pool to one origin. Certificates are always verified, whatever the environment says.
 *
 * A request is reported as `not-sent` exactly when the pool failed before it announced the request's start, which it
 * does synchronously before the first byte is written. Everything after that is `unknown`, also on a reused connection
 * that the server closed at the same moment: nothing proves that the bytes were not read.
 */
export function createHttpTransport(origin: URL, options: HttpOptions): HttpTransport {
  const timeouts = { ...DEFAULT_TIMEOUTS, ...options.timeouts };
  const encrypted = origin.protocol === 'https:';
  const pool = new Pool(origin.origin, {
    connections: options.connections ?? 32,
    pipelining: 1,
    allowH2: false,
    headersTimeout: timeouts.headers,
    bodyTimeout: timeouts.body,
    maxResponseSize: options.maxResponseBytes ?? MAX_RESPONSE_BYTES,
    connect: { timeout: timeouts.connect, rejectUnauthorized: true },
  });

  return {
    send(request, signal) {
      return new Promise((resolve) => {
        let settled = false;
        let controller: Dispatcher.DispatchController | null = null;
        let deadline: NodeJS.Timeout | undefined;
        let status = 0;
        let headers: HttpHeaders | null = null;
        const chunks: Buffer[] = [];

        const settle = (outcome: HttpOutcome): void => {
          if (settled) return;
          settled = true;
          clearTimeout(deadline);
          signal?.removeEventListener('abort', abort);
          resolve(outcome);
        };
        const stop = (cause: 'aborted' | 'timeout', detail: string): void => {
          if (controller === null) {
            settle({ kind: 'not-sent', cause: 'aborted', detail });
            return;
          }
          settle({ kind: 'unknown', cause, detail });
          controller.abort(new Error(detail));
        };
        const abort = (): void => stop('aborted', 'stopped by the caller');

        if (signal?.aborted) {
          abort();
          return;
        }
        signal?.addEventListener('abort', abort);

        pool.dispatch(
          { ...request, body: request.body ?? null, idempotent: false },
          {
            onRequestStart(started) {
              // Throwing here keeps the request off the wire and the connection open; aborting would drop the connection.
              if (settled) throw new Error('the caller is gone');
              if (controller !== null) {
                settle({ kind: 'unknown', cause: 'repeat-stopped', detail: 'the connection was lost' });
                throw new Error('a request is written once');
              }
              controller = started;
              deadline = setTimeout(() => stop('timeout', 'the exchange took too long'), timeouts.total);
            },
            onResponseStart(_, statusCode, received) {
              if (statusCode < 200) return;
              status = statusCode;
              headers = readHeaders(received);
            },
            onResponseData(_, chunk) {
              chunks.push(chunk);
            },
            onResponseEnd() {
              if (headers === null) return;
              const body = new TextDecoder().decode(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks));
              settle({ kind: 'response', status, headers, body, receivedAt: options.clock.now() });
            },
            onResponseError(_, error) {
              settle(controller === null ? notSent(error, encrypted) : unknown(error, headers !== null));
            },
          },
        );
      });
    },
    close: () => pool.destroy(),
  };
}

type ReceivedHeaders = Readonly<Record<string, string | string[] | undefined>>;

function readHeaders(received: ReceivedHeaders): HttpHeaders {
  const one = (name: string): string | null => {
    const value = received[name];
    return (Array.isArray(value) ? value[0] : value) ?? null;
  };
  const date = Date.parse(one('date') ?? '');
  return {
    contentType: one('content-type'),
    date: Number.isNaN(date) ? null : date,
    retryAfter: one('retry-after'),
    location: one('location'),
  };
}
