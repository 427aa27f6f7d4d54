import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Account } from '../core/account.ts';
import type { PracticeState } from '../core/state.ts';
import { troubleOf } from '../core/trouble.ts';
import { sendAnswer } from '../answering.ts';
import { failBefore, finish, sendRefusal } from './answer.ts';
import { login } from './login.ts';
import type { Query } from './query.ts';
import { findLogs, readLogQuery, readReportQuery, takeReports } from './read.ts';
import { badRequest, RefusedRequest, REFUSALS, type Refusal } from './refusals.ts';
import { acceptSingleText, readSingleText } from './send.ts';
import { decimal } from './views.ts';

type Read = { Querystring: Query };

/**
 * Adds the JSON calls of the REST API: send, reports, logs and balance. `closing` tells answers that are held back
 * that the gateway stops.
 */
export function addRestRoutes(app: FastifyInstance, state: PracticeState, closing: AbortSignal): void {
  const { settings } = state;

  app.setErrorHandler((error, _request, reply) => {
    sendRefusal(reply, error instanceof RefusedRequest ? error.refusal : refusalFor(error));
  });

  app.post('/sms/1/text/single', async (request, reply) => {
    const account = enter(request);
    const single = readSingleText(request.headers['content-type'], request.body);
    const { fault, traits } = troubleOf(single.to, account.user, state);
    note(request, fault);
    if (failBefore(reply, fault)) return reply;
    const json = acceptSingleText(account, single, traits, state, request.seen);
    await finish(reply, { type: 'application/json', body: json }, fault, { ms: state.dice.delayMs, closing });
    return reply;
  });

  app.get<Read>('/sms/1/reports', async (request, reply) => {
    const account = enter(request);
    const query = readReportQuery(request.query);
    return read(request, reply, () => {
      const results = takeReports(account, query, settings);
      state.counts.reportsHandedOut += results.length;
      return results;
    });
  });

  app.get<Read>('/sms/1/logs', async (request, reply) => {
    const account = enter(request);
    const query = readLogQuery(request.query);
    return read(request, reply, () => findLogs(account, query, settings));
  });

  app.get('/account/1/balance', (request, reply) => {
    const account = enter(request);
    const balance = decimal(account.balanceMicros);
    sendAnswer(reply, {
      type: 'application/json',
      body: JSON.stringify({ balance, currency: settings.currency }),
    });
  });

  /** Checks login and `Accept`, before anything else of a request is looked at. */
  function enter(request: Pick<FastifyRequest, 'headers' | 'seen'>): Account {
    const account = login(state.accounts, request.headers.authorization);
    if (account === null) throw new RefusedRequest(REFUSALS.unauthorized);
    request.seen.user = account.user;
    if (!givesJson(request.headers.accept)) throw new RefusedRequest(REFUSALS.notAcceptable);
    return account;
  }

  function note(request: Pick<FastifyRequest, 'seen'>, fault: FastifyRequest['seen']['fault']): void {
    request.seen.fault = fault;
    if (fault !== null) state.counts.faults += 1;
  }

  async function read(
    request: Pick<FastifyRequest, 'seen'>,
    reply: FastifyReply,
    results: () => readonly unknown[],
  ): Promise<FastifyReply> {
    const fault = state.dice.read();
    note(request, fault);
    if (failBefore(reply, fault)) return reply;
    await finish(reply, { type: 'application/json', body: JSON.stringify({ results: results() }) }, fault, {
      ms: 0,
      closing,
    });
    return reply;
  }
}

/** Whether an `Accept` header leaves room for JSON ("Content-Type & Accept header"). */
function givesJson(accept: string | undefined): boolean {
  return accept === undefined || /(^|[\s,])(application\/(json|\*)|\*\/\*|\*)\s*(;|,|$)/i.test(accept);
}

/** The refusal for an error that the HTTP server raised; 500 only for what is no fault of the request. */
export function refusalFor(error: unknown): Refusal {
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : 500;
  if (status === 413) return REFUSALS.tooLarge;
  if (status === 415) return REFUSALS.unsupportedType;
  return typeof status === 'number' && status >= 400 && status < 500 ? badRequest() : REFUSALS.general;
}
