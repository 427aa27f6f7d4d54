import type { AccountOptions } from '#shared/accounts/options.ts';
import type { Capabilities } from '#shared/accounts/capabilities.ts';
import { type AppError, appError } from '#shared/errors.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { Clock } from '../../clock.ts';
import type { Gateway, GatewayAddress, SubmitOutcome, SubmitRequest } from '../gateway.ts';
import { createHttpExchange, type HttpExchangeOptions } from '../http-exchange.ts';
import { withQuery } from '../parameters.ts';
import { refuseSchedule } from '../refuse-schedule.ts';
import { readKeyAnswer, readKeyBalance } from './answers.ts';
import { wordsOfCode } from './codes.ts';
import { askDelivery } from './delivery.ts';
import { keySendRequest, type KeyVersion } from './requests.ts';
import { readKeySend } from './send-answer.ts';

/** Numbers in one request: no document names a limit for the first version; clients of the second one stop at 500 texts. */
const RECIPIENTS: Readonly<Record<KeyVersion, number>> = { v1: 100, v2: 500 };
/** Messages that one call asks about at most. */
const PAGE_LIMIT = 50;

const JSON_TYPE = 'application/json';

/** What {@link createKeyGateway} may be told. */
export type KeyGatewayOptions = Omit<HttpExchangeOptions, 'explain'> & {
  readonly clock: Clock;
  readonly version: KeyVersion;
  readonly options?: AccountOptions;
  /** Recipients that one submit request may carry; `null` for the usual number, which it cannot exceed. */
  readonly recipientsPerRequest?: number | null;
  /** Currency of the balance, which the API does not name; `BDT` by default. */
  readonly currency?: string;
};

/**
 * The gateway of an account that speaks MiM's key API (facts of the platform, "MiM SMS today"); the account's password is the
 * key. Errors are those of `HttpExchange`, and the same by the code in the answer, which comes with HTTP 200. Reports exist in
 * the second version only and are asked for message by message.
 */
export function createKeyGateway(address: GatewayAddress, settings: KeyGatewayOptions): Gateway {
  const { clock, version, options = {}, recipientsPerRequest, currency = 'BDT', ...http } = settings;
  const exchange = createHttpExchange(address, { ...http, clock, explain });
  const unsupported = <T>(): Promise<Result<T, AppError>> => Promise.resolve(err(appError('NOT_SUPPORTED')));

  async function submit(request: SubmitRequest, signal?: AbortSignal): Promise<SubmitOutcome> {
    const later = refuseSchedule(request.options, clock.now(), 0);
    if (later !== null) return later;
    let split = false;
    const outcome = await exchange.submit(
      (login) => {
        const written = keySendRequest(version, login, request, options.campaignId);
        if (written === null)
          return err(appError('NOT_SUPPORTED', { detail: 'several texts in one request' }));
        return ok({
          method: 'POST',
          path: written.path,
          accept: JSON_TYPE,
          contentType: JSON_TYPE,
          body: written.json,
        });
      },
      (answer) => {
        const read = readKeySend(answer.body, request.messages);
        split = read?.kind === 'split';
        return read?.kind === 'split' ? { kind: 'answered', bulkId: null, messages: [] } : read;
      },
      signal,
    );
    return split ? halves(request, signal) : outcome;
  }

  /**
   * Finds the wrong number among several by sending them again in two halves: the gateway had taken none of them. What the second
   * half says counts only when it was answered; otherwise its messages are in no answer, and so are uncertain.
   */
  async function halves(request: SubmitRequest, signal?: AbortSignal): Promise<SubmitOutcome> {
    const middle = Math.ceil(request.messages.length / 2);
    const first = await submit({ ...request, messages: request.messages.slice(0, middle) }, signal);
    if (first.kind !== 'answered') return first;
    const second = await submit({ ...request, messages: request.messages.slice(middle) }, signal);
    return {
      ...second,
      kind: 'answered',
      bulkId: null,
      messages: [...first.messages, ...(second.kind === 'answered' ? second.messages : [])],
    };
  }

  return {
    capabilities: capabilitiesOf(version, recipientsPerRequest ?? null),
    submit,
    async balance(signal) {
      const answer = await exchange.read(
        ({ userName, password }) =>
          ok(
            version === 'v2'
              ? {
                  method: 'GET',
                  path: withQuery('/api/V2/BalanceCheck', [
                    ['apiKey', password],
                    ['userName', userName],
                  ]),
                  accept: JSON_TYPE,
                }
              : {
                  method: 'POST',
                  path: '/api/SmsSending/balanceCheck',
                  accept: JSON_TYPE,
                  contentType: JSON_TYPE,
                  body: JSON.stringify({ UserName: userName, Apikey: password }),
                },
          ),
        signal,
      );
      return answer.ok ? readKeyBalance(answer.value.body, currency) : answer;
    },
    fetchReports(query, signal) {
      if (version === 'v1') return unsupported();
      return askDelivery(exchange, query.messageIds ?? [], clock, signal);
    },
    fetchLogs: unsupported,
    fetchInbox: unsupported,
    lookups: null,
    bulks: null,
    preview: unsupported,
    stream: null,
    clockOffsetMs: () => exchange.clockOffsetMs(),
    close: () => exchange.close(),
  };
}

/** The code of an answer with an HTTP error, under its own name. */
function explain(body: string): string | null {
  const answer = readKeyAnswer(body);
  return answer === null ? null : wordsOfCode(answer.code);
}

function capabilitiesOf(version: KeyVersion, recipients: number | null): Capabilities {
  const most = RECIPIENTS[version];
  return {
    recipientsPerRequest: Math.min(recipients ?? most, most),
    differentTexts: version === 'v2',
    ownMessageIds: false,
    schedule: null,
    flash: false,
    validity: false,
    transactionClass: true,
    reports: version === 'v2' ? 'ask' : 'none',
    logs: false,
    pageLimit: PAGE_LIMIT,
    logWindowMs: 0,
    balance: true,
    lookup: 'none',
    inbox: 'none',
    preview: false,
  };
}
