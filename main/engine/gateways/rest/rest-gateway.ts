import { readServerAddress } from '#shared/accounts/server-address.ts';
import { type AppError, appError } from '#shared/errors.ts';
import type { Money } from '#shared/money.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { Log } from '../../../logging/log.ts';
import type { Clock } from '../../clock.ts';
import type { Gateway, GatewayAddress, RawBody, SubmitOutcome, SubmitRequest } from '../gateway.ts';
import { createHttpTransport, type HttpRequest, type HttpTimeouts } from '../http.ts';
import type { HttpOutcome } from '../http-outcome.ts';
import { answerError, type HttpAnswer, isWebPage, retryAfterMs } from './answer-errors.ts';
import { basicAuthorization } from './authorization.ts';
import { logsPath, reportsPath } from './queries.ts';
import { readBalance, readSubmitAnswer } from './read-answer.ts';
import { readReports } from './read-reports.ts';

/** Recipients in one request unless the account says otherwise; the document names no limit. */
const RECIPIENTS_PER_REQUEST = 100;
/** Entries of one page at most (facts of the platform, "Reports" and "Logs"). */
const PAGE_LIMIT = 1_000;
/** "SMS logs are available for the last 48 hours" (API document, "Getting SMS logs"). */
const LOG_WINDOW_MS = 48 * 3_600_000;

/** What {@link createRestGateway} may be told. */
export type RestOptions = {
  readonly clock: Clock;
  /** Gets one line for each exchange, without query, headers and bodies. */
  readonly log?: Log;
  readonly timeouts?: Partial<HttpTimeouts>;
  /** Recipients that one submit request may carry; `null` for the default of 100. */
  readonly recipientsPerRequest?: number | null;
  /** Connections kept open at most; 8 by default. */
  readonly connections?: number;
};

/** An exchange as the calls below see it: `unprepared` when the address or the credentials were missing. */
type Exchange = HttpOutcome | { readonly kind: 'unprepared'; readonly error: AppError };

/** An exchange and the secrets of its request, which an error text of the server must not repeat. */
type Exchanged = { readonly outcome: Exchange; readonly hide: readonly string[] };

/**
 * The gateway of an account that speaks the REST API in JSON: `POST /sms/1/text/single`, `GET /sms/1/reports`,
 * `GET /sms/1/logs` (API document) and `GET /account/1/balance`. A bad address or missing consent does not throw: every call answers with it.
 *
 * Reads fail with `GATEWAY_UNREACHABLE` (not sent, or no answer), `GATEWAY_AUTH`, `GATEWAY_BUSY` (429, 408, 5xx),
 * `GATEWAY_REFUSED` (redirects, other 4xx), `GATEWAY_UNREADABLE` (cut, too large, a web page, not the expected JSON),
 * or with what the credentials failed with. A submit request that met 408, 5xx or an unreadable 2xx is `unknown`.
 */
export function createRestGateway(address: GatewayAddress, options: RestOptions): Gateway {
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

  async function exchange(
    request: Pick<HttpRequest, 'method' | 'path' | 'body'>,
    signal: AbortSignal | undefined,
  ): Promise<Exchanged> {
    if (!base.ok || transport === null) return unprepared(base.ok ? appError('UNEXPECTED') : base.error);
    const credentials = await address.credentials();
    if (!credentials.ok) return unprepared(credentials.error);
    const { userName, password } = credentials.value;
    const authorization = basicAuthorization(userName, password);
    if (!authorization.ok) return unprepared(authorization.error);
    const path = base.value.address.slice(base.value.origin.length) + request.path;
    const started = clock.monotonic();
    const outcome = await transport.send(
      {
        ...request,
        path,
        headers: {
          authorization: authorization.value,
          accept: 'application/json',
          'accept-encoding': 'identity',
          'user-agent': 'MiM-SMS-Desktop',
          ...(request.body !== undefined && { 'content-type': 'application/json' }),
        },
      },
      signal,
    );
    if (outcome.kind === 'response' && outcome.headers.date !== null && !isWebPage(outcome)) {
      // The header has whole seconds: half of one more is the better guess.
      clockOffset = outcome.headers.date + 500 - outcome.receivedAt;
    }
    const answered = outcome.kind === 'response' && outcome.status < 300;
    options.log?.[answered ? 'debug' : 'warn']('gateway.exchange', {
      method: request.method,
      path: path.replace(/\?.*$/s, ''),
      outcome: outcome.kind === 'response' ? `http-${outcome.status}` : `${outcome.kind} ${outcome.cause}`,
      ms: Math.round(clock.monotonic() - started),
    });
    return { outcome, hide: [authorization.value.replace('Basic ', ''), password] };
  }

  async function read(path: string, signal: AbortSignal | undefined): Promise<Result<HttpAnswer, AppError>> {
    const { outcome, hide } = await exchange({ method: 'GET', path }, signal);
    if (outcome.kind === 'unprepared') return err(outcome.error);
    if (outcome.kind === 'not-sent') return err(appError('GATEWAY_UNREACHABLE', facts(outcome)));
    if (outcome.kind === 'unknown') {
      const unreadable = ['truncated', 'too-large', 'malformed'].includes(outcome.cause);
      return err(appError(unreadable ? 'GATEWAY_UNREADABLE' : 'GATEWAY_UNREACHABLE', facts(outcome)));
    }
    if (outcome.status < 200 || outcome.status > 299) return err(answerError(outcome, hide));
    if (outcome.body.trim() === '') return err(appError('GATEWAY_UNREADABLE', { detail: 'an empty answer' }));
    if (isWebPage(outcome)) return err(appError('GATEWAY_UNREADABLE', { detail: 'a web page' }));
    return ok(outcome);
  }

  async function readRaw(path: string, signal: AbortSignal | undefined): Promise<Result<RawBody, AppError>> {
    const answer = await read(path, signal);
    return answer.ok ? ok({ body: answer.value.body, receivedAt: answer.value.receivedAt }) : answer;
  }

  return {
    capabilities: {
      recipientsPerRequest: options.recipientsPerRequest ?? RECIPIENTS_PER_REQUEST,
      ownMessageIds: false,
      pageLimit: PAGE_LIMIT,
      logWindowMs: LOG_WINDOW_MS,
    },
    async submit(request, signal) {
      const { outcome, hide } = await exchange(
        { method: 'POST', path: '/sms/1/text/single', body: submitBody(request) },
        signal,
      );
      return submitOutcome(outcome, hide, request.recipients);
    },
    async balance(signal): Promise<Result<Money, AppError>> {
      const answer = await read('/account/1/balance', signal);
      return answer.ok ? readBalance(answer.value.body) : answer;
    },
    fetchReports: (query, signal) => readRaw(reportsPath(query), signal),
    fetchLogs: (query, signal) => readRaw(logsPath(query), signal),
    parseReports: readReports,
    clockOffsetMs: () => clockOffset,
    close: async () => transport?.close(),
  };
}

/** One recipient goes as text and several as a list, as in the document's sample and the platform's manual. */
function submitBody({ sender, text, recipients }: SubmitRequest): string {
  return JSON.stringify({ from: sender, to: recipients.length === 1 ? recipients[0] : recipients, text });
}

function submitOutcome(
  outcome: Exchange,
  hide: readonly string[],
  recipients: readonly string[],
): SubmitOutcome {
  if (outcome.kind === 'unprepared') return { kind: 'not-sent', error: outcome.error };
  if (outcome.kind === 'not-sent') {
    return { kind: 'not-sent', error: appError('GATEWAY_UNREACHABLE', facts(outcome)) };
  }
  if (outcome.kind === 'unknown') return { kind: 'unknown', cause: outcome.cause };
  const { status } = outcome;
  // A proxy that timed out may have passed the request on: 408 proves as little as 5xx.
  if (status >= 500 || status === 408) return { kind: 'unknown', cause: `http-${status}` };
  if (status >= 300) {
    const wait = status === 429 ? retryAfterMs(outcome) : null;
    return { kind: 'refused', error: answerError(outcome, hide), retryAfterMs: wait };
  }
  const answer = isWebPage(outcome) ? null : readSubmitAnswer(outcome.body, recipients);
  return answer === null ? { kind: 'unknown', cause: 'unreadable' } : { kind: 'answered', ...answer };
}

function unprepared(error: AppError): Exchanged {
  return { outcome: { kind: 'unprepared', error }, hide: [] };
}

function facts(outcome: { readonly cause: string; readonly detail: string }): { readonly detail: string } {
  return { detail: `${outcome.cause}: ${outcome.detail}` };
}
