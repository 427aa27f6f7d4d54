import { readServerAddress, type ServerAddress } from '#shared/accounts/server-address.ts';
import { type AppError, appError } from '#shared/errors.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { Log } from '../../logging/log.ts';
import type { Clock } from '../clock.ts';
import { answerError, type HttpAnswer, isWebPage, retryAfterMs } from './answer-errors.ts';
import { A_WEB_PAGE, type Exchange, type GatewayAddress, type SubmitOutcome } from './gateway.ts';
import { createHttpTransport, type HttpRequest, type HttpTimeouts } from './http.ts';
import type { HttpOutcome } from './http-outcome.ts';
import { createRedactor, type Redactor } from './http-redact.ts';

/** User name and password, or key, of an account. */
export type Credentials = { readonly userName: string; readonly password: string };

/** One request. `path` begins with a slash, stands behind the account's own address and may hold a query. */
export type HttpCall = {
  readonly method: HttpRequest['method'];
  readonly path: string;
  readonly accept?: string;
  readonly authorization?: string;
  readonly contentType?: string;
  readonly body?: string;
  /** What must not be kept of the request beside the credentials, such as an unguessable address. */
  readonly secrets?: readonly string[];
};

/** Writes a request; the credentials go wherever the protocol wants them. May fail with what they cannot be written as. */
export type WriteCall = (credentials: Credentials) => Result<HttpCall, AppError>;

/** What {@link createHttpExchange} may be told. */
export type HttpExchangeOptions = {
  readonly clock: Clock;
  /** Gets one line for each exchange, without query, headers and bodies. */
  readonly log?: Log;
  readonly timeouts?: Partial<HttpTimeouts>;
  /** Connections kept open at most; 32 by default, each opened when a request needs it. */
  readonly connections?: number;
  /** Gets every exchange, the reads too, for the diagnostics. */
  readonly record?: (exchange: Exchange) => void;
  /** What the service itself says in the body of a 4xx or 5xx; `null` when nothing is understood. */
  readonly explain?: (body: string) => string | null;
};

/** A submit outcome before its exchange is attached. */
export type SubmitReading =
  | Omit<Extract<SubmitOutcome, { kind: 'answered' }>, 'exchange'>
  | Omit<Extract<SubmitOutcome, { kind: 'refused' }>, 'exchange'>
  | Omit<Extract<SubmitOutcome, { kind: 'unknown' }>, 'exchange'>;

/** HTTP with one account's gateway, as every protocol over it needs it. */
export type HttpExchange = {
  /**
   * Asks for something and gives the 2xx answer with its body. Fails with `GATEWAY_UNREACHABLE` (not sent, or no answer),
   * `GATEWAY_AUTH`, `GATEWAY_BUSY` (429, 408, 5xx), `GATEWAY_REFUSED` (redirects, other 4xx), `GATEWAY_UNREADABLE` (cut, too
   * large, empty, a web page), or with what the address, the credentials or `write` failed with.
   */
  read(write: WriteCall, signal?: AbortSignal): Promise<Result<HttpAnswer, AppError>>;
  /**
   * Submits messages. `readAnswer` gets a 2xx answer that is no web page and gives what it says, or `null` when it cannot be
   * understood; then, and after 408 and 5xx, the outcome is `unknown`. Other answers took nothing and are `refused`.
   */
  submit(
    write: WriteCall,
    readAnswer: (answer: HttpAnswer) => SubmitReading | null,
    signal?: AbortSignal,
  ): Promise<SubmitOutcome>;
  /** See `Gateway.clockOffsetMs`. */
  clockOffsetMs(): number;
  close(): Promise<void>;
};

/** What became of a request: `unprepared` when it could not even be written. */
type Asked =
  | { readonly kind: 'unprepared'; readonly error: AppError }
  | {
      readonly kind: 'asked';
      readonly outcome: HttpOutcome;
      readonly exchange: Exchange;
      readonly redactor: Redactor;
    };

/** Opens the connections to an account's gateway. A bad address or missing consent does not throw: every call answers with it. */
export function createHttpExchange(address: GatewayAddress, options: HttpExchangeOptions): HttpExchange {
  const { clock } = options;
  const base = readServerAddress(address.serverAddress, address.allowHttp);
  const transport = base.ok
    ? createHttpTransport(new URL(base.value.origin), {
        clock,
        ...(options.timeouts && { timeouts: options.timeouts }),
        ...(options.connections !== undefined && { connections: options.connections }),
      })
    : null;
  let clockOffset = 0;
  let known: { readonly of: string; readonly redactor: Redactor } | null = null;

  /** The written forms of secrets are worked out when they change: it takes longer than most of what is done with them. */
  function redactorOf({ userName, password }: Credentials, secrets: readonly string[]): Redactor {
    const of = JSON.stringify([userName, password, secrets]);
    if (known?.of !== of) known = { of, redactor: createRedactor(userName, password, secrets) };
    return known.redactor;
  }

  async function ask(write: WriteCall, signal: AbortSignal | undefined): Promise<Asked> {
    if (!base.ok || transport === null) return unprepared(base.ok ? appError('UNEXPECTED') : base.error);
    const credentials = await address.credentials();
    if (!credentials.ok) return unprepared(credentials.error);
    const call = write(credentials.value);
    if (!call.ok) return unprepared(call.error);
    const redactor = redactorOf(credentials.value, call.value.secrets ?? []);
    const request = requestOf(base.value, call.value);
    const startedAt = clock.now();
    const started = clock.monotonic();
    const outcome = await transport.send(request, signal);
    const ms = Math.round(clock.monotonic() - started);
    if (outcome.kind === 'response' && outcome.headers.date !== null && !isWebPage(outcome)) {
      // The header has whole seconds: half of one more is the better guess.
      clockOffset = outcome.headers.date + 500 - outcome.receivedAt;
    }
    const answered = outcome.kind === 'response' && outcome.status < 300;
    options.log?.[answered ? 'debug' : 'warn']('gateway.exchange', {
      method: request.method,
      path: request.path.replace(/\?.*$/s, ''),
      outcome: outcome.kind === 'response' ? `http-${outcome.status}` : `${outcome.kind} ${outcome.cause}`,
      ms,
    });
    const exchange: Exchange = {
      startedAt,
      ms,
      ...recordOf(request, outcome, redactor),
      target: redactor.keep(base.value.origin + request.path),
    };
    options.record?.(exchange);
    return { kind: 'asked', outcome, exchange, redactor };
  }

  function failed(answer: HttpAnswer, redactor: Redactor): AppError {
    const said = isWebPage(answer) ? null : (options.explain?.(answer.body) ?? null);
    return answerError(answer, said === null ? null : redactor.redact(said));
  }

  return {
    async read(write, signal) {
      const asked = await ask(write, signal);
      if (asked.kind === 'unprepared') return err(asked.error);
      const { outcome, redactor } = asked;
      if (outcome.kind === 'not-sent') return err(appError('GATEWAY_UNREACHABLE', facts(outcome)));
      if (outcome.kind === 'unknown') {
        const unreadable = ['truncated', 'too-large', 'malformed'].includes(outcome.cause);
        return err(appError(unreadable ? 'GATEWAY_UNREADABLE' : 'GATEWAY_UNREACHABLE', facts(outcome)));
      }
      if (outcome.status < 200 || outcome.status > 299) return err(failed(outcome, redactor));
      if (outcome.body.trim() === '')
        return err(appError('GATEWAY_UNREADABLE', { detail: 'an empty answer' }));
      if (isWebPage(outcome)) return err(appError('GATEWAY_UNREADABLE', { detail: A_WEB_PAGE }));
      return ok(outcome);
    },
    async submit(write, readAnswer, signal) {
      const asked = await ask(write, signal);
      if (asked.kind === 'unprepared') return { kind: 'not-sent', error: asked.error };
      const { outcome, exchange, redactor } = asked;
      if (outcome.kind === 'not-sent') {
        return { kind: 'not-sent', error: appError('GATEWAY_UNREACHABLE', facts(outcome)), exchange };
      }
      if (outcome.kind === 'unknown') return { kind: 'unknown', cause: outcome.cause, exchange };
      const { status } = outcome;
      // A proxy that timed out may have passed the request on: 408 proves as little as 5xx.
      if (status >= 500 || status === 408) return { kind: 'unknown', cause: `http-${status}`, exchange };
      if (status >= 300) {
        const retryAfter = status === 429 ? retryAfterMs(outcome) : null;
        return { kind: 'refused', error: failed(outcome, redactor), retryAfterMs: retryAfter, exchange };
      }
      const reading = isWebPage(outcome) ? null : readAnswer(outcome);
      return reading === null ? { kind: 'unknown', cause: 'unreadable', exchange } : { ...reading, exchange };
    },
    clockOffsetMs: () => clockOffset,
    close: async () => transport?.close(),
  };
}

function requestOf(base: ServerAddress, call: HttpCall): HttpRequest {
  return {
    method: call.method,
    path: base.address.slice(base.origin.length) + call.path,
    headers: {
      ...(call.authorization !== undefined && { authorization: call.authorization }),
      accept: call.accept ?? '*/*',
      'accept-encoding': 'identity',
      'user-agent': 'MiM-SMS-Desktop',
      ...(call.contentType !== undefined && { 'content-type': call.contentType }),
    },
    ...(call.body !== undefined && { body: call.body }),
  };
}

function recordOf(
  request: HttpRequest,
  outcome: HttpOutcome,
  redactor: Redactor,
): Omit<Exchange, 'startedAt' | 'ms' | 'target'> {
  const response = outcome.kind === 'response' ? outcome : null;
  return {
    method: request.method,
    requestHeaders: Object.entries(request.headers).map(([name, value]) => [name, redactor.redact(value)]),
    requestBody: redactor.keep(request.body ?? ''),
    status: response?.status ?? null,
    answerBody: response === null ? null : redactor.keep(response.body),
    outcome: outcome.kind === 'response' ? 'answered' : outcome.cause,
  };
}

function unprepared(error: AppError): Asked {
  return { kind: 'unprepared', error };
}

function facts(outcome: { readonly cause: string; readonly detail: string }): { readonly detail: string } {
  return { detail: `${outcome.cause}: ${outcome.detail}` };
}
