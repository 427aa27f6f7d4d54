import fastify, { type FastifyInstance } from 'fastify';
import type { PracticeState, RequestEntry } from './core/state.ts';
import { addControlRoutes } from './control/routes.ts';
import type { GatewayAddresses } from './control/status.ts';
import { unlistedEntry } from './control/unlisted.ts';
import { addKeyRoutes } from './key/routes.ts';
import { addLegacyRoutes } from './legacy/routes.ts';
import { usualSettings } from './legacy/settings.ts';
import { sendRefusal } from './rest/answer.ts';
import { formatFor } from './rest/desk.ts';
import { badRequest, REFUSALS, refusalBody } from './rest/refusals.ts';
import { addRestRoutes, refusalFor } from './rest/routes.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** What the gateway's journal says of this request. */
    seen: RequestEntry;
  }
}

const BODY_LIMIT = 1_048_576;

/**
 * The HTTP server that all HTTP protocols of the gateway share: it reads bodies as bytes whatever their type, writes
 * the journal of requests, and answers in the document's error shape where no route does. `addresses` is what the
 * status tells; the caller fills it in.
 */
export function openHttp(
  state: PracticeState,
  closing: AbortSignal,
  addresses: GatewayAddresses,
): FastifyInstance {
  const app = fastify({
    bodyLimit: BODY_LIMIT,
    forceCloseConnections: true,
    // A HEAD made out of GET /sms/1/reports would use reports up without showing them.
    exposeHeadRoutes: false,
    frameworkErrors: (error, request, reply) =>
      sendRefusal(reply, refusalFor(error), formatFor(request.headers)),
    clientErrorHandler(_error, socket) {
      const body = refusalBody(badRequest(), 'json');
      if (socket.writable) {
        socket.end(
          `HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
        );
      }
    },
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.decorateRequest('seen');
  app.addHook('onRequest', (request, _reply, done) => {
    const [path = '', query = ''] = request.url.split(/\?(.*)/s, 2);
    // The app looks into the gateway all the time: its control calls are no part of what it looks at.
    request.seen = path.startsWith('/practice/')
      ? unlistedEntry(request.method, path, state.settings.now())
      : state.see(request.method, path, { query });
    done();
  });
  app.addHook('preHandler', (request, _reply, done) => {
    if (request.body instanceof Uint8Array) state.keepBody(request.seen, request.body);
    done();
  });
  app.addHook('onSend', (request, reply, _payload, done) => {
    request.seen.status = reply.statusCode;
    done();
  });
  app.setNotFoundHandler((request, reply) =>
    sendRefusal(reply, REFUSALS.notFound, formatFor(request.headers)),
  );
  app.register((rest, _options, done) => {
    addRestRoutes(rest, state, closing);
    done();
  });
  const legacySettings = usualSettings();
  app.register((legacy, _options, done) => {
    addLegacyRoutes(legacy, state, legacySettings, closing);
    done();
  });
  app.register((key, _options, done) => {
    addKeyRoutes(key, state, closing);
    done();
  });
  app.register((control, _options, done) => {
    addControlRoutes(control, state, legacySettings, addresses);
    done();
  });
  return app;
}
