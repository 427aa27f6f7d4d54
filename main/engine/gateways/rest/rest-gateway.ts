import { type AppError, appError } from '#shared/errors.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { basicAuthorization } from '../authorization.ts';
import type { Bulks, Gateway, GatewayAddress, Lookups, RawBody } from '../gateway.ts';
import {
  createHttpExchange,
  type HttpCall,
  type HttpExchangeOptions,
  type SubmitReading,
  type WriteCall,
} from '../http-exchange.ts';
import type { HttpAnswer } from '../answer-errors.ts';
import { addressSecrets } from '../http-redact.ts';
import { withQuery } from '../parameters.ts';
import { reading } from '../reading/reading.ts';
import {
  readBalance,
  readBulkStatus,
  readBulkTime,
  readPreview,
  readServiceException,
  readSubmitAnswer,
} from './read-answer.ts';
import { inboxPath, logsPath, reportsPath } from './read-paths.ts';
import { requestTime } from './request-time.ts';
import { DOCUMENT_ABILITIES, restCapabilities, type RestCapabilityOptions } from './rest-capabilities.ts';
import { MEDIA_TYPES, type Payload, type RestFormat, writeBody } from './write-body.ts';
import { submitQuery } from './write-query.ts';
import { submitCall } from './write-submit.ts';

/** Numbers in one synchronous number context request (facts of the platform, "Number Context"). */
const NUMBERS_PER_LOOKUP = 1_000;

/** What {@link createRestGateway} may be told. */
export type RestOptions = Omit<HttpExchangeOptions, 'explain'> &
  RestCapabilityOptions & {
    /** JSON when absent. */
    readonly format?: RestFormat;
    /** Unit that the server reads `validityPeriod` in; minutes when absent. */
    readonly validityUnit?: 'minutes' | 'milliseconds';
  };

/** A REST account's gateway, with the one call that other protocols have nothing like. */
export type RestGateway = Gateway & {
  /** `GET /number/1/logs`: past number context answers of the account, repeatably. */
  lookupLogs(limit: number, signal?: AbortSignal): Promise<Result<RawBody, AppError>>;
};

/**
 * The gateway of an account that speaks the REST API in JSON or XML (API document, "SMS API"; facts of the platform, "REST API"). A bad
 * address or missing consent does not throw: every call answers with it. Reads fail as `HttpExchange.read` says; a submit request
 * that could not be written (`INVALID_INPUT`, `NOT_SUPPORTED`) is `refused` without having been sent.
 */
export function createRestGateway(address: GatewayAddress, options: RestOptions): RestGateway {
  const format = options.format ?? 'json';
  const abilities = options.abilities ?? DOCUMENT_ABILITIES;
  const style = { format, advanced: abilities.advanced, validityUnit: options.validityUnit ?? 'minutes' };
  const http = createHttpExchange(address, { ...options, explain });

  const get = (path: string): WriteCall => withBasic({ method: 'GET', path, accept: MEDIA_TYPES[format] });

  /** A request with a body; the error of the body comes before anything is sent. */
  function write(
    method: 'POST' | 'PUT',
    path: string,
    payload: Payload,
    secrets: readonly string[] = [],
  ): Result<WriteCall, AppError> {
    const body = writeBody(format, payload);
    if (!body.ok) return body;
    const type = MEDIA_TYPES[format];
    return ok(withBasic({ method, path, accept: type, contentType: type, body: body.value, secrets }));
  }

  function submission(request: Parameters<Gateway['submit']>[0]): Result<WriteCall, AppError> {
    const secrets = addressSecrets(request.options?.notify?.url);
    if (options.useGet) {
      const path = submitQuery(request, style.validityUnit);
      if (!path.ok) return path;
      return ok((login) =>
        ok({ method: 'GET', path: path.value(login), accept: MEDIA_TYPES[format], secrets }),
      );
    }
    const call = submitCall(request, style);
    return call.ok ? write('POST', call.value.path, call.value.payload, secrets) : call;
  }

  async function read<T>(
    call: Result<WriteCall, AppError>,
    readBody: (body: string) => Result<T, AppError>,
    signal?: AbortSignal,
  ): Promise<Result<T, AppError>> {
    const answer = call.ok ? await http.read(call.value, signal) : call;
    return answer.ok ? readBody(answer.value.body) : answer;
  }

  async function readRaw(path: string, signal: AbortSignal | undefined): Promise<Result<RawBody, AppError>> {
    const answer = await http.read(get(path), signal);
    return answer.ok ? ok({ body: answer.value.body, receivedAt: answer.value.receivedAt }) : answer;
  }

  function lookUp(
    path: string,
    numbers: readonly string[],
    notifyUrl: string | undefined,
    signal: AbortSignal | undefined,
  ): ReturnType<Lookups['query']> {
    const to = format === 'xml' ? { to: numbers } : numbers;
    const push = notifyUrl === undefined ? {} : { notifyUrl, notifyContentType: MEDIA_TYPES[format] };
    const call = write('POST', path, { to, ...push }, addressSecrets(notifyUrl));
    return read(call, readLookups, signal);
  }

  const lookups: Lookups = {
    async query(numbers, signal) {
      if (numbers.length === 0) return ok([]);
      if (numbers.length > NUMBERS_PER_LOOKUP) {
        const facts = { field: 'numbers', limit: NUMBERS_PER_LOOKUP, actual: numbers.length };
        return err(appError('INVALID_INPUT', facts));
      }
      return lookUp('/number/1/query', numbers, undefined, signal);
    },
    notify: (numbers, notifyUrl, signal) => lookUp('/number/1/notify', numbers, notifyUrl, signal),
  };

  const bulkPath = (bulkId: string): string => withQuery('/sms/1/bulks', [['bulkId', bulkId]]);
  const statusPath = (bulkId: string): string => withQuery('/sms/1/bulks/status', [['bulkId', bulkId]]);
  const bulks: Bulks = {
    get: (bulkId) => read(ok(get(bulkPath(bulkId))), readBulkTime),
    reschedule: (bulkId, sendAt) =>
      read(write('PUT', bulkPath(bulkId), { sendAt: requestTime(sendAt) }), readBulkTime),
    status: (bulkId) => read(ok(get(statusPath(bulkId))), readBulkStatus),
    setStatus: (bulkId, status) => read(write('PUT', statusPath(bulkId), { status }), readBulkStatus),
  };

  return {
    capabilities: restCapabilities(options),
    async submit(request, signal) {
      const call = submission(request);
      if (!call.ok) return { kind: 'refused', error: call.error, retryAfterMs: null };
      const recipients = request.messages.map((message) => message.to);
      return http.submit(call.value, (answer) => readSubmitted(answer, recipients), signal);
    },
    balance: (signal) => read(ok(get('/account/1/balance')), readBalance, signal),
    async acceptsOwnIds(signal) {
      // A request for nobody: a server that has the call says that messages are missing, others that there is no such path.
      const call = write('POST', '/sms/1/text/advanced', { messages: [] });
      const answer = call.ok ? await http.read(call.value, signal) : call;
      if (answer.ok) return ok(true);
      const { httpStatus } = answer.error.facts ?? {};
      if (httpStatus === 400 || httpStatus === 422) return ok(true);
      return httpStatus === 404 || httpStatus === 405 || httpStatus === 501 ? ok(false) : answer;
    },
    fetchReports: (query, signal) => readRaw(reportsPath(query), signal),
    fetchLogs: async (query, signal) => (abilities.logs ? readRaw(logsPath(query), signal) : notSupported()),
    fetchInbox: async (query, signal) =>
      abilities.inbox ? readRaw(inboxPath(query), signal) : notSupported(),
    lookups: abilities.lookup ? lookups : null,
    lookupLogs: async (limit, signal) =>
      abilities.lookup
        ? readRaw(withQuery('/number/1/logs', [['limit', String(limit)]]), signal)
        : notSupported(),
    bulks: abilities.advanced ? bulks : null,
    preview: async (text, signal) =>
      abilities.advanced
        ? read(write('POST', '/sms/1/preview', { text }), readPreview, signal)
        : notSupported(),
    stream: null,
    clockOffsetMs: () => http.clockOffsetMs(),
    close: () => http.close(),
  };
}

function withBasic(call: HttpCall): WriteCall {
  return ({ userName, password }) => {
    const authorization = basicAuthorization(userName, password);
    return authorization.ok ? ok({ ...call, authorization: authorization.value }) : authorization;
  };
}

function explain(body: string): string | null {
  const exception = readServiceException(body);
  return exception && [exception.messageId, exception.text].filter(Boolean).join(': ');
}

function readSubmitted(answer: HttpAnswer, recipients: readonly string[]): SubmitReading | null {
  const read = readSubmitAnswer(answer.body, recipients);
  return read && { kind: 'answered', ...read };
}

function readLookups(body: string): Awaited<ReturnType<Lookups['query']>> {
  const read = reading.lookups(body);
  return read.ok ? ok(read.value.answers) : read;
}

function notSupported(): Result<never, AppError> {
  return err(appError('NOT_SUPPORTED'));
}
