/** An error answer of the REST API: the HTTP status, the `messageId` of the body and its text. */
export type Refusal = { readonly status: number; readonly messageId: string; readonly text: string };

const refusal = (status: number, messageId: string, text: string): Refusal => ({ status, messageId, text });

/** The error answers that do not depend on the request. */
export const REFUSALS = {
  unauthorized: refusal(401, 'UNAUTHORIZED', 'Invalid login details'),
  notFound: refusal(404, 'NOT_FOUND', 'Requested URL not found'),
  notAcceptable: refusal(406, 'NOT_ACCEPTABLE', 'Only application/json can be given'),
  tooLarge: refusal(413, 'REQUEST_ENTITY_TOO_LARGE', 'Request body is larger than 1 MiB'),
  unsupportedType: refusal(415, 'UNSUPPORTED_MEDIA_TYPE', 'Only application/json is understood'),
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

/** The body of an error answer: `{"requestError":{"serviceException":{…}}}`. */
export function refusalBody({ messageId, text }: Refusal): string {
  return JSON.stringify({ requestError: { serviceException: { messageId, text } } });
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
