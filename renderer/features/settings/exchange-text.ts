import type { ExchangeView } from '#shared/ipc/diagnostics.ts';

/** JSON on one line is unreadable; anything else stays as it came. */
function readable(body: string): string {
  const text = body.trim();
  if (!text.startsWith('{') && !text.startsWith('[')) return body;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    /* Cut or not JSON after all: word for word is what is wanted then. */
    return body;
  }
}

/** A request as text: first line, headers, an empty line, body. */
export const requestText = ({ method, target, requestHeaders, requestBody }: ExchangeView): string =>
  [`${method} ${target}`, ...requestHeaders.map(([name, value]) => `${name}: ${value}`)].join('\n') +
  (requestBody === '' ? '' : `\n\n${readable(requestBody)}`);

/** An answer as text: its status and outcome, an empty line, body. */
export const answerText = ({ status, outcome, answerBody }: ExchangeView): string =>
  (status === null ? outcome : `${status} ${outcome}`) +
  (answerBody === null || answerBody === '' ? '' : `\n\n${readable(answerBody)}`);
