import { randomUUID } from 'node:crypto';
import type { AccountOptions } from '#shared/accounts/options.ts';
import type { Capabilities } from '#shared/accounts/capabilities.ts';
import { type AppError, appError } from '#shared/errors.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { textLimits } from '#shared/sms/text-limits.ts';
import type { Clock } from '../../clock.ts';
import type { Gateway, GatewayAddress, RawBody, SubmitRequest } from '../gateway.ts';
import {
  createHttpExchange,
  type HttpCall,
  type HttpExchangeOptions,
  type WriteCall,
} from '../http-exchange.ts';
import { addressSecrets } from '../http-redact.ts';
import { encodeParameters, type Parameter, withQuery } from '../parameters.ts';
import { refuseSchedule } from '../refuse-schedule.ts';
import { legacyLookups } from './lookups.ts';
import { dataOf, readCredits } from './read-answers.ts';
import { legacyRequest, type LegacyRequest, type LegacyVariant } from './requests.ts';
import { readSendAnswer } from './send-answer.ts';
import { legacyDate } from './times.ts';

/** Recipients in one request unless the account says otherwise; no document names a limit. */
const RECIPIENTS_PER_REQUEST = 100;
/** The same where they stand in the address, which servers cut after some thousand characters. */
const RECIPIENTS_PER_GET = 20;
/** Reports are handed out all at once; the collector asks again when it got this many. */
const PAGE_LIMIT = 1_000;

const FORM = 'application/x-www-form-urlencoded';
const NO_REPORTS = '<DeliveryReport></DeliveryReport>';
const NO_MESSAGES = '{"inboxMessages":[]}';

/** What {@link createLegacyGateway} may be told. */
export type LegacyGatewayOptions = Omit<HttpExchangeOptions, 'explain'> & {
  readonly clock: Clock;
  readonly variant: LegacyVariant;
  readonly options?: AccountOptions;
  /** Recipients that one submit request may carry; `null` for the default of 100. */
  readonly recipientsPerRequest?: number | null;
  /** Currency of the balance, which the API does not name; `BDT` by default. */
  readonly currency?: string;
};

/**
 * The gateway of an account that speaks the legacy HTTP API (API document, "Our API Documentation is as follows"; facts of the
 * platform, "HTTP Plain send" to "Delivery reports (legacy)"). Credentials travel in the body where the platform takes a
 * POST, and in the query where only GET is known: balance, number lookups and inbox.
 *
 * Errors are those of `HttpExchange`; the server answers 200 to everything, so wrong logins come as codes: `GATEWAY_AUTH`.
 * A text beyond the document's limit is `refused` without asking, and so is a later time where the call knows none.
 */
export function createLegacyGateway(address: GatewayAddress, settings: LegacyGatewayOptions): Gateway {
  const { clock, variant, options = {}, recipientsPerRequest, currency = 'BDT', ...http } = settings;
  const exchange = createHttpExchange(address, { ...http, clock });
  const useGet = options.useGet === true && (variant === 'plain-v1' || variant === 'plain-v3');

  function called(path: string, parameters: readonly Parameter[], get: boolean): HttpCall {
    if (get) return { method: 'GET', path: withQuery(path, parameters) };
    return { method: 'POST', path, contentType: FORM, body: encodeParameters(parameters) };
  }

  async function readData(
    empty: string,
    write: WriteCall,
    signal: AbortSignal | undefined,
  ): Promise<Result<RawBody, AppError>> {
    const answer = await exchange.read(write, signal);
    if (!answer.ok) return answer;
    const data = dataOf(answer.value.body, empty);
    return data.ok ? ok({ body: data.value, receivedAt: answer.value.receivedAt }) : data;
  }

  const unsupported = <T>(): Promise<Result<T, AppError>> => Promise.resolve(err(appError('NOT_SUPPORTED')));

  return {
    capabilities: capabilitiesOf(
      variant,
      recipientsPerRequest ?? (useGet ? RECIPIENTS_PER_GET : RECIPIENTS_PER_REQUEST),
    ),
    async submit(asked, signal) {
      const later = variant === 'xml-v1' ? refuseSchedule(asked.options, clock.now(), 0) : null;
      if (later !== null) return later;
      const tooLong = refuseLength(asked);
      if (tooLong !== null) return { kind: 'refused', error: tooLong, retryAfterMs: null };
      const request = variant === 'xml-v1' ? withIds(asked) : asked;
      let endpoint: LegacyRequest['endpoint'] | null = null;
      return exchange.submit(
        (login) => {
          const written = legacyRequest(variant, login, request, { now: clock.now(), appId: options.appId });
          if (written === null)
            return err(appError('NOT_SUPPORTED', { detail: 'several texts in one request' }));
          endpoint = written.endpoint;
          return ok({ ...callOf(written, useGet), secrets: addressSecrets(request.options?.notify?.url) });
        },
        (answer) => (endpoint === null ? null : readSendAnswer(endpoint, answer.body, request.messages)),
        signal,
      );
    },
    async balance(signal) {
      const answer = await exchange.read(
        ({ userName, password }) =>
          ok(
            called(
              '/api/command',
              [
                ['username', userName],
                ['password', password],
                ['cmd', 'Credits'],
              ],
              true,
            ),
          ),
        signal,
      );
      return answer.ok ? readCredits(answer.value.body, currency) : answer;
    },
    fetchReports: (query, signal) =>
      readData(
        NO_REPORTS,
        ({ userName, password }) =>
          ok(
            called(
              variant === 'xml-v1' ? '/api/dlrpull' : '/api/v3/dr/pull',
              [
                ['user', userName],
                ['password', password],
                [variant === 'xml-v1' ? 'messageId' : 'messageid', query.messageIds],
                ['appid', variant.endsWith('-v3') ? options.appId : undefined],
              ],
              useGet,
            ),
          ),
        signal,
      ),
    fetchLogs: unsupported,
    fetchInbox: (query, signal) =>
      readData(
        NO_MESSAGES,
        ({ userName, password }) =>
          ok(
            called(
              '/api/v3/command/inbox',
              [
                ['user', userName],
                ['password', password],
                ['limit', String(query.limit ?? 0)],
                ['output', 'json'],
                ['ReceivedDateTime', query.since === undefined ? undefined : legacyDate(query.since)],
              ],
              true,
            ),
          ),
        signal,
      ),
    lookups: legacyLookups(exchange),
    bulks: null,
    preview: unsupported,
    stream: null,
    clockOffsetMs: () => exchange.clockOffsetMs(),
    close: () => exchange.close(),
  };
}

function callOf({ path, body }: LegacyRequest, useGet: boolean): HttpCall {
  if (body.kind === 'json') return { method: 'POST', path, contentType: 'application/json', body: body.json };
  if (useGet) return { method: 'GET', path: `${path}?${body.form}` };
  return { method: 'POST', path, contentType: FORM, body: body.form };
}

/** Ids for the first XML call, whose answer tells none: without them no report could be matched to its message. */
function withIds(request: SubmitRequest): SubmitRequest {
  return {
    ...request,
    messages: request.messages.map((message) => ({
      ...message,
      ownId: message.ownId ?? randomUUID().replaceAll('-', ''),
    })),
  };
}

/** The document's limit of 1,080 characters ("Long SMS"): what a server does with more is not known. */
function refuseLength({ messages, options }: SubmitRequest): AppError | null {
  if (options?.binary !== undefined) return null;
  for (const { text } of messages) {
    const length = textLimits(text);
    if (!length.ok) {
      const { limit, length: actual } = length.error;
      return appError('TEXT_TOO_LONG', { limit, actual, httpStatus: 400 });
    }
  }
  return null;
}

/**
 * What each variant can do. The first calls take no ids of ours (an answer of the first XML call only counts what was taken, so
 * that one message a request is the most that can be told apart), and the first XML call no schedule.
 */
function capabilitiesOf(variant: LegacyVariant, recipientsPerRequest: number): Capabilities {
  return {
    recipientsPerRequest: variant === 'xml-v1' ? 1 : recipientsPerRequest,
    differentTexts: variant === 'xml-v3' || variant === 'json-v3',
    ownMessageIds: variant.endsWith('-v3'),
    schedule: variant === 'xml-v1' ? null : { horizonMs: null, cancel: false },
    flash: true,
    validity: true,
    transactionClass: false,
    reports: 'pull',
    logs: false,
    pageLimit: PAGE_LIMIT,
    logWindowMs: 0,
    balance: true,
    lookup: 'sync-and-async',
    inbox: 'pull',
    preview: false,
  };
}
