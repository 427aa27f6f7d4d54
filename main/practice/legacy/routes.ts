import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { PracticeState } from '../core/state.ts';
import { creditsOf } from './credits.ts';
import { formOf, sendServerError, textOf, xmlOf } from './exchange.ts';
import { forwardInbound } from './forward.ts';
import { addReadRoutes } from './read-routes.ts';
import { writeReports } from './reports.ts';
import { readFirstXmlRequest, readJsonRequest, readPlainRequest, readXmlRequest } from './requests.ts';
import { outputOf, writeCount, writeFirstResults, writeResults } from './results.ts';
import { answerSend, type SendCall } from './send.ts';
import type { LegacySettings } from './settings.ts';

/**
 * Adds the legacy HTTP API: the send calls of both versions, and what `addReadRoutes` adds. It teaches the gateway to
 * push reports as XML, and forwards inbound messages. `closing` tells that the gateway stops.
 */
export function addLegacyRoutes(
  app: FastifyInstance,
  state: PracticeState,
  settings: LegacySettings,
  closing: AbortSignal,
): void {
  app.setErrorHandler((error, _request, reply) => sendServerError(error, reply));
  state.pushes.writers.set('legacy-xml', (message) => writeReports([message], state.settings, settings));
  forwardInbound(state, settings, closing);
  addReadRoutes(app, state, settings, closing);

  type Request = Pick<FastifyRequest, 'raw' | 'headers' | 'body' | 'seen'>;
  const add = (
    methods: ('GET' | 'POST')[],
    url: string,
    protocol: string,
    callOf: (request: Request) => SendCall,
  ): void => {
    app.route({
      method: methods,
      url,
      handler: (request: Request, reply: FastifyReply) => {
        request.seen.protocol = protocol;
        return answerSend(callOf(request), { state, settings, closing }, request, reply);
      },
    });
  };

  add(['GET', 'POST'], '/api/sendsms/plain', 'plain-v1', (request) => ({
    read: () => readPlainRequest(formOf(request)),
    ids: 'short',
    write: writeFirstResults,
  }));

  add(['GET', 'POST'], '/api/v3/sendsms/plain', 'plain-v3', (request) => {
    let output = outputOf(undefined);
    return {
      read: () => {
        const form = formOf(request);
        output = outputOf(form.get('output'));
        return readPlainRequest(form);
      },
      ids: 'digits18',
      write: (results, odd) => writeResults(results, output, odd),
    };
  });

  add(['POST'], '/api/sendsms/xml', 'xml-v1', (request) => ({
    read: () => readFirstXmlRequest(xmlOf(request)),
    ids: 'short',
    write: (results, _odd, account) => writeCount(results, account === null ? '0' : creditsOf(account)),
  }));

  add(['POST'], '/api/v3/sendsms/xml', 'xml-v3', (request) => ({
    read: () => readXmlRequest(xmlOf(request)),
    ids: 'digits18',
    write: (results, odd) => writeResults(results, 'xml', odd),
  }));

  add(['POST'], '/api/v3/sendsms/json', 'json-v3', (request) => ({
    read: () => readJsonRequest(textOf(request)),
    ids: 'digits18',
    write: (results, odd) => writeResults(results, 'json', odd),
  }));
}
