import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendAnswer } from '../answering.ts';
import type { Account } from '../core/account.ts';
import type { PracticeState } from '../core/state.ts';
import { troubleOf } from '../core/trouble.ts';
import { failBefore, finish } from '../legacy/answer.ts';
import { creditsOf } from '../legacy/credits.ts';
import { formOf, sendServerError } from '../legacy/exchange.ts';
import { UnreadableRequest } from '../legacy/unreadable.ts';
import { wordKeyFailure, writeOutcome, type KeyOutcome, type KeyVersion } from './answers.ts';
import { KEY_CODE } from './codes.ts';
import { readFields, readSend, textField, type KeyFields, type Recipients } from './requests.ts';
import { sendAll } from './send.ts';
import { track } from './track.ts';

type Request = Pick<FastifyRequest, 'raw' | 'headers' | 'body' | 'seen'>;

type KeyCall = {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly version: KeyVersion;
};

/**
 * Adds both versions of the key API (facts of the platform, "MiM SMS today"). Every answer is HTTP 200 and says by its
 * `statusCode` how it went, unless a fault is played. `closing` tells that the gateway stops.
 */
export function addKeyRoutes(app: FastifyInstance, state: PracticeState, closing: AbortSignal): void {
  app.setErrorHandler((error, _request, reply) => sendServerError(error, reply));

  const add = (
    call: KeyCall,
    answer: (account: Account, fields: KeyFields, request: Request, reply: FastifyReply) => Promise<void>,
  ): void => {
    app.route({
      method: call.method,
      url: call.url,
      handler: async (request: Request, reply: FastifyReply) => {
        request.seen.protocol = `key-v${String(call.version)}`;
        const fields = call.method === 'GET' ? queryOf(request) : readFields(request.body);
        const account = fields === null ? null : enter(fields);
        if (fields === null || account === null) {
          const code = fields === null ? KEY_CODE.mismatch : KEY_CODE.wrongKey;
          sendAnswer(reply, writeOutcome(call.version, { code }));
          return reply;
        }
        request.seen.user = account.user;
        await answer(account, fields, request, reply);
        return reply;
      },
    });
  };

  const addSend = (call: KeyCall, recipients: Recipients): void => {
    add(call, async (account, fields, request, reply) => {
      const send = readSend(fields, recipients, call.version === 2);
      if (typeof send === 'string') {
        sendAnswer(reply, writeOutcome(call.version, { code: send }));
        return;
      }
      const numbers = send.messages.map(({ number }) => number);
      const { fault, traits } = troubleOf(numbers, account.user, state);
      note(request, fault);
      if (failBefore(reply, fault, wordKeyFailure)) return;
      const outcome = sendAll(state, account, send, traits, request.seen);
      const answer = writeOutcome(call.version, outcome, traits.oddAnswer === true);
      await finish(reply, answer, fault, wordKeyFailure, { ms: state.dice.delayMs, closing });
    });
  };

  const addBalance = (call: KeyCall): void => {
    add(call, (account, _fields, _request, reply) => {
      const balance = creditsOf(account);
      const outcome: KeyOutcome = { code: KEY_CODE.ok, text: balance, details: { balance } };
      sendAnswer(reply, writeOutcome(call.version, outcome));
      return Promise.resolve();
    });
  };

  addSend({ method: 'POST', url: '/api/SmsSending/SMS', version: 1 }, 'one');
  addSend({ method: 'POST', url: '/api/SmsSending/OneToMany', version: 1 }, 'commas');
  addSend({ method: 'GET', url: '/api/SmsSending/Send', version: 1 }, 'one');
  addBalance({ method: 'POST', url: '/api/SmsSending/balanceCheck', version: 1 });
  addSend({ method: 'POST', url: '/api/V2/SMS', version: 2 }, 'one');
  addSend({ method: 'POST', url: '/api/V2/OneToMany', version: 2 }, 'list');
  addSend({ method: 'POST', url: '/api/V2/DSMS', version: 2 }, 'listWithTexts');
  addBalance({ method: 'GET', url: '/api/V2/BalanceCheck', version: 2 });

  add({ method: 'POST', url: '/api/V2/DlrApi', version: 2 }, async (account, fields, request, reply) => {
    const fault = state.dice.read();
    note(request, fault);
    if (failBefore(reply, fault, wordKeyFailure)) return;
    const outcome = track(account, textField(fields, 'trackingid') ?? '', state.settings.now());
    await finish(reply, writeOutcome(2, outcome), fault, wordKeyFailure, { ms: 0, closing });
  });

  function enter(fields: KeyFields): Account | null {
    const account = state.accounts.get(textField(fields, 'username') ?? '');
    return account !== undefined && account.apiKey === textField(fields, 'apikey') ? account : null;
  }

  function note(request: Request, fault: FastifyRequest['seen']['fault']): void {
    request.seen.fault = fault;
    if (fault !== null) state.counts.faults += 1;
  }
}

function queryOf(request: Request): KeyFields | null {
  try {
    return formOf(request);
  } catch (error) {
    if (error instanceof UnreadableRequest) return null;
    throw error;
  }
}
