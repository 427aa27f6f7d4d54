import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendAnswer } from '../answering.ts';
import type { Account } from '../core/account.ts';
import type { PracticeState } from '../core/state.ts';
import type { LegacySettings } from '../legacy/settings.ts';
import { sendRefusal } from '../rest/answer.ts';
import { TYPES } from '../rest/formats.ts';
import { login } from '../rest/login.ts';
import { badRequest, RefusedRequest, REFUSALS } from '../rest/refusals.ts';
import { refusalFor } from '../rest/routes.ts';
import { FaultsChange, Inbound, readBody, SettingsChange } from './requests.ts';
import { statusOf, type GatewayAddresses } from './status.ts';

/**
 * Adds the calls by which the app looks into the gateway and plays the world around it. They belong to no API of the
 * document; any user of the gateway may use them, by Basic authorization, and faults never hit them.
 */
export function addControlRoutes(
  app: FastifyInstance,
  state: PracticeState,
  settings: LegacySettings,
  addresses: GatewayAddresses,
): void {
  const startedAt = state.settings.now();
  app.setErrorHandler((error, _request, reply) => {
    sendRefusal(reply, error instanceof RefusedRequest ? error.refusal : refusalFor(error), 'json');
  });

  const add = (
    method: 'GET' | 'POST',
    url: string,
    call: (account: Account, body: unknown) => unknown,
  ): void => {
    app.route({
      method,
      url,
      handler: (request: Pick<FastifyRequest, 'headers' | 'body'>, reply: FastifyReply) => {
        const account = login(state.accounts, request.headers.authorization);
        if (account === null) throw new RefusedRequest(REFUSALS.unauthorized);
        sendAnswer(reply, { type: TYPES.json, body: JSON.stringify(call(account, request.body)) });
      },
    });
  };

  add('GET', '/practice/status', (account) => statusOf(state, account, { startedAt, addresses, settings }));

  add('POST', '/practice/inbound', (account, body) => {
    const { to = account.inboxNumbers[0] ?? '', ...draft } = readBody(Inbound, body);
    const { id, receivedAt } = account.inbox.receive({ ...draft, to });
    return { id, receivedAt };
  });

  add('POST', '/practice/settings', (_account, body) =>
    Object.assign(settings, readBody(SettingsChange, body)),
  );

  add('POST', '/practice/faults', (_account, body) => {
    const { plan } = readBody(FaultsChange, body);
    try {
      state.play(plan);
    } catch (error) {
      if (error instanceof RangeError) throw new RefusedRequest(badRequest('plan', error.message));
      throw error;
    }
    return { plan };
  });
}
