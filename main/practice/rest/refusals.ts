import type { Format } from './formats.ts';
import { writeXml } from './xml-write.ts';

/** An error answer of the REST API: the HTTP status, the `messageId` of the body and its text. */
export type Refusal = { readonly status: number; readonly messageId: string; readonly text: string };

const refusal = (status: number, messageId: string, text: string): Refusal => ({ status, messageId, text });

/** The error answers that do not depend on the request. */
export const REFUSALS = {
  unauthorized: refusal(401, 'UNAUTHORIZED', 'Invalid login details'),
  notFound: refusal(404, 'NOT_FOUND', 'Requested URL not found'),
  notAcceptable: refusal(406, 'NOT_ACCEPTABLE', 'Only application/json and application/xml can be given'),
  tooLarge: refusal(413, 'REQUEST_ENTITY_TOO_LARGE', 'Request body is larger than 1 MiB'),
  unsupportedType: refusal(
    415,
    'UNSUPPORTED_MEDIA_TYPE',
    'Only application/json and application/xml are understood',
  ),
  tooManyRequests: refusal(429, 'TOO_MANY_REQUESTS', 'Too many requests'),
  general: refusal(500, 'GENERAL_ERROR', 'General error'),
  unavailable: refusal(503, 'SERVICE_UNAVAILABLE', 'Service unavailable'),
} as const;

/** 400 BAD_REQUEST, with the field and the reason where one field is to blame: `[to : must not be empty]`. */
export function badRequest(field?: string, reason?: string): Refusal {
  return refusal(
    400,
    'BAD_REQUEST',
    field === undefined ? 'Bad request' : `[${field} : ${reason ?? 'invalid'}]`,
  );
}

/** 404 NOT_FOUND for something that the request names. */
export function notFound(what: string): Refusal {
  return refusal(404, 'NOT_FOUND', `${what} not found`);
}

/** The body of an error answer: `{"requestError":{"serviceException":{…}}}`, or the same in XML. */
export function refusalBody({ messageId, text }: Refusal, format: Format): string {
  const serviceException = { messageId, text };
  if (format === 'xml') return writeXml('requestError', { serviceException }, 'flat');
  return JSON.stringify({ requestError: { serviceException } });
}

/** Thrown inside a route to answer with a refusal; caught once, by the error handler of the REST routes. */
export class RefusedRequest extends Error {
  readonly refusal: Refusal;

  constructor(reason: Refusal) {
    super(reason.text);
    this.name = 'RefusedRequest';
    this.refusal = reason;
  }
}
