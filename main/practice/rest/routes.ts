import type { FastifyInstance } from 'fastify';
import type { PracticeState } from '../core/state.ts';
import { sendRefusal } from './answer.ts';
import { addBulkRoutes } from './bulk-routes.ts';
import { formatFor, openDesk } from './desk.ts';
import { addInboxRoutes } from './inbox-routes.ts';
import { addNumberRoutes } from './number-routes.ts';
import { addPreviewRoute } from './preview-routes.ts';
import { addReadRoutes } from './read-routes.ts';
import { badRequest, RefusedRequest, REFUSALS, type Refusal } from './refusals.ts';
import { addSendRoutes } from './send-routes.ts';

/**
 * Adds all calls of the REST API, in JSON and in XML. `closing` tells answers that are held back that the gateway
 * stops.
 */
export function addRestRoutes(app: FastifyInstance, state: PracticeState, closing: AbortSignal): void {
  app.setErrorHandler((error, request, reply) => {
    const refusal = error instanceof RefusedRequest ? error.refusal : refusalFor(error);
    sendRefusal(reply, refusal, formatFor(request.headers));
  });
  const desk = openDesk(state, closing);
  addSendRoutes(app, desk);
  addReadRoutes(app, desk);
  addInboxRoutes(app, desk);
  addNumberRoutes(app, desk);
  addBulkRoutes(app, desk);
  addPreviewRoute(app, desk);
}

/** The refusal for an error that the HTTP server raised; 500 only for what is no fault of the request. */
export function refusalFor(error: unknown): Refusal {
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : 500;
  if (status === 413) return REFUSALS.tooLarge;
  if (status === 415) return REFUSALS.unsupportedType;
  return typeof status === 'number' && status >= 400 && status < 500 ? badRequest() : REFUSALS.general;
}
