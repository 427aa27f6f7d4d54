import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Answer } from '../answering.ts';
import { plain } from './answer.ts';
import { readForm, type Form } from './form.ts';
import { UnreadableRequest } from './unreadable.ts';

/** How the legacy calls word the HTTP errors that faults play: as text, like everything in front of an old server. */
export function wordFailure(status: 429 | 500 | 503): Answer {
  switch (status) {
    case 429:
      return plain('Too many requests');
    case 500:
      return plain('General error');
    case 503:
      return plain('Service unavailable');
  }
}

/** Answers what the HTTP server itself refused, such as a body over 1 MiB, without a word of the request. */
export function sendServerError(error: unknown, reply: FastifyReply): void {
  const given = error instanceof Error && 'statusCode' in error ? error.statusCode : 500;
  const status = typeof given === 'number' && given >= 400 && given < 500 ? given : 500;
  const { type, body } = plain(status === 413 ? 'Request body is larger than 1 MiB' : 'General error');
  void reply.code(status).type(type).send(body);
}

type Received = Pick<FastifyRequest, 'raw' | 'headers' | 'body'>;

/** The parameters of a request, from its query and its form. Throws {@link UnreadableRequest} like {@link readForm}. */
export function formOf({ raw, headers, body }: Received): Form {
  const type = headers['content-type']?.trim().toLowerCase() ?? '';
  const isForm = type === '' || type.startsWith('application/x-www-form-urlencoded');
  const [, query = ''] = raw.url?.split(/\?(.*)/s, 2) ?? [];
  return readForm(query, isForm && Buffer.isBuffer(body) ? body.toString('latin1') : '');
}

/** The body as UTF-8 text; throws {@link UnreadableRequest} for bytes that are not. */
export function textOf({ body }: Received): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.isBuffer(body) ? body : new Uint8Array());
  } catch (error) {
    if (error instanceof TypeError) throw new UnreadableRequest('The body is not UTF-8');
    throw error;
  }
}

/**
 * The XML of a request: the raw body, or the form's parameter `XML`. Throws {@link UnreadableRequest} when there is
 * neither.
 */
export function xmlOf(request: Received): string {
  const text = textOf(request);
  if (text.trimStart().startsWith('<')) return text;
  const xml = readForm('', Buffer.from(text).toString('latin1')).get('xml');
  if (xml === undefined) throw new UnreadableRequest('There is no XML');
  return xml.trimStart();
}
