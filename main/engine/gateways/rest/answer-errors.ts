import { type AppError, appError, type ErrorFacts } from '#shared/errors.ts';
import { type HttpOutcome, printable } from '../http-outcome.ts';
import { readServiceException } from './read-answer.ts';

/** An answer of the server. */
export type HttpAnswer = Extract<HttpOutcome, { kind: 'response' }>;

/** How long a busy gateway that names no time is left alone, in ms. */
const DEFAULT_RETRY_MS = 5_000;
/** Longest wait that a gateway may ask for, in ms. */
const MAX_RETRY_MS = 24 * 3_600_000;

/** Whether an answer is a web page (login page of a hotel network, block page of a proxy) and not the API's. */
export function isWebPage(answer: HttpAnswer): boolean {
  const start = answer.body.trimStart().slice(0, 15).toLowerCase();
  if (start.startsWith('{') || start.startsWith('[')) return false;
  return (
    start.startsWith('<!doctype html') ||
    start.startsWith('<html') ||
    /\bhtml\b/i.test(answer.headers.contentType ?? '')
  );
}

/**
 * The typed error of an answer outside 2xx. `hide` holds secrets of the request that a server may echo in its text.
 *
 * 401 and 403 → `GATEWAY_AUTH` (a web page with 403 comes from a filter on the way, not from the account, and is `GATEWAY_REFUSED`);
 * 429 → `GATEWAY_BUSY`; a redirect → `GATEWAY_REFUSED` naming the host it points to; other 4xx → `GATEWAY_REFUSED` with the
 * service's own text; 408 and 5xx → `GATEWAY_BUSY`, since the same request may work later.
 */
export function answerError(answer: HttpAnswer, hide: readonly string[]): AppError {
  const { status } = answer;
  const facts: ErrorFacts = { httpStatus: status };
  const detail = detailOf(answer, hide);
  if (detail !== '') facts.detail = detail;
  if (status === 401 || (status === 403 && !isWebPage(answer))) return appError('GATEWAY_AUTH', facts);
  if (status !== 429 && status !== 408 && status < 500) return appError('GATEWAY_REFUSED', facts);
  const wait = retryAfterMs(answer);
  return appError('GATEWAY_BUSY', wait === null ? facts : { ...facts, retryAfter: Math.ceil(wait / 1_000) });
}

/**
 * After how many ms a busy gateway wants another try: `Retry-After` in seconds or as a date by the server's own clock
 * (RFC 9110 §10.2.3), capped at a day. Without one, 5 s for 429 and `null` for others.
 */
export function retryAfterMs(answer: HttpAnswer): number | null {
  const text = answer.headers.retryAfter?.trim() ?? '';
  const fallback = answer.status === 429 ? DEFAULT_RETRY_MS : null;
  const asked = /^\d{1,9}$/.test(text)
    ? Number(text) * 1_000
    : Date.parse(text) - (answer.headers.date ?? answer.receivedAt);
  return Number.isNaN(asked) ? fallback : Math.min(Math.max(asked, 0), MAX_RETRY_MS);
}

function detailOf(answer: HttpAnswer, hide: readonly string[]): string {
  const { status } = answer;
  if (status >= 300 && status < 400) return `redirect to ${redirectHost(answer.headers.location)}`;
  if (isWebPage(answer)) return 'a web page';
  const exception = readServiceException(answer.body);
  let text = [exception?.messageId, exception?.text].filter(Boolean).join(': ');
  for (const secret of hide) if (secret.length > 2) text = text.replaceAll(secret, '•••');
  return printable(text);
}

function redirectHost(location: string | null): string {
  if (location === null || !URL.canParse(location)) return 'another path of the same server';
  return printable(new URL(location).host);
}
