import { type AppError, appError, type ErrorFacts } from '#shared/errors.ts';
import { A_WEB_PAGE } from './gateway.ts';
import { type HttpOutcome, printable } from './http-outcome.ts';

/** An answer of the server. */
export type HttpAnswer = Extract<HttpOutcome, { kind: 'response' }>;

/** How long a busy gateway that names no time is left alone, in ms. */
const DEFAULT_RETRY_MS = 5_000;
/** Longest wait that a gateway may ask for, in ms. */
const MAX_RETRY_MS = 24 * 3_600_000;

/** Elements that no answer of the API has and every web page has one of. */
const PAGE_ELEMENT = /<(html|head|body|title|meta|script|style|link|form|center|div|h1|p)\b/i;

/**
 * Whether an answer is a web page (login page of a hotel network, block page of a proxy) and not the API's. Plain text and XML
 * that a server labels as a page are not.
 */
export function isWebPage(answer: HttpAnswer): boolean {
  const start = answer.body.slice(0, 2_000).trimStart();
  if (start.startsWith('{') || start.startsWith('[')) return false;
  return /^<(!doctype html|html)\b/i.test(start) || (isLabelledPage(answer) && PAGE_ELEMENT.test(start));
}

function isLabelledPage(answer: HttpAnswer): boolean {
  return /\bhtml\b/i.test(answer.headers.contentType ?? '') && !/^\s*[{[]/.test(answer.body);
}

/**
 * The typed error of an answer outside 2xx. `said` is what the service itself says in it, without secrets.
 *
 * 401 and 403 → `GATEWAY_AUTH` (a web page with 403 comes from a filter on the way, not from the account, and is `GATEWAY_REFUSED`);
 * 429 → `GATEWAY_BUSY`; a redirect → `GATEWAY_REFUSED` naming the host it points to; other 4xx → `GATEWAY_REFUSED` with the
 * service's own text; 408 and 5xx → `GATEWAY_BUSY`, since the same request may work later.
 */
export function answerError(answer: HttpAnswer, said: string | null): AppError {
  const { status } = answer;
  const facts: ErrorFacts = { httpStatus: status };
  const detail = detailOf(answer, said);
  if (detail !== '') facts.detail = detail;
  if (status === 401 || (status === 403 && !isWebPage(answer) && !isLabelledPage(answer))) {
    return appError('GATEWAY_AUTH', facts);
  }
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

function detailOf(answer: HttpAnswer, said: string | null): string {
  const { status } = answer;
  if (status >= 300 && status < 400) return `redirect to ${redirectHost(answer.headers.location)}`;
  return isWebPage(answer) ? A_WEB_PAGE : printable(said ?? '');
}

function redirectHost(location: string | null): string {
  if (location === null || !URL.canParse(location)) return 'another path of the same server';
  return printable(new URL(location).host);
}
