import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyReply } from 'fastify';
import type { ReadFault, SendFault } from '../core/faults.ts';

/** The body of an answer and its media type. */
export type Answer = { readonly type: string; readonly body: string };

/** How a protocol words the HTTP errors that faults play. */
export type WordFailure = (status: 429 | 500 | 503) => Answer;

/** An answer that holds nothing but a text. */
export function plain(body: string): Answer {
  return { type: 'text/plain; charset=utf-8', body };
}

/** Answers 200. */
export function sendAnswer(reply: FastifyReply, answer: Answer): void {
  void reply.code(200).type(answer.type).send(answer.body);
}

/** Plays the faults that keep a request from being accepted. Gives whether there is nothing more to do. */
export function failBefore(reply: FastifyReply, fault: SendFault | null, word: WordFailure): boolean {
  switch (fault) {
    case 'resetBefore':
      reply.hijack();
      reply.raw.socket?.resetAndDestroy();
      return true;
    case 'http429':
      sendFailure(reply, 429, word);
      return true;
    case 'http500Before':
      sendFailure(reply, 500, word);
      return true;
    case 'http503Before':
      sendFailure(reply, 503, word);
      return true;
    default:
      return false;
  }
}

/**
 * Gives an answer that is already decided, or fails to in the way of a fault. A `delay` lasts `delay.ms`;
 * `delay.closing` ends it when the gateway stops.
 */
export async function answerOrFail(
  reply: FastifyReply,
  answer: Answer,
  fault: SendFault | ReadFault | null,
  word: WordFailure,
  delay: { readonly ms: number; readonly closing: AbortSignal },
): Promise<void> {
  switch (fault) {
    case 'drop':
    case 'dropAfter':
      reply.hijack();
      reply.raw.socket?.destroy();
      return;
    case 'truncate':
    case 'truncated':
      reply.hijack();
      cutShort(reply, answer);
      return;
    case 'http500':
    case 'http500After':
      sendFailure(reply, 500, word);
      return;
    case 'notJson':
      void reply.code(200).type('text/html').send('<html><body><h1>It works!</h1></body></html>');
      return;
    case 'delay':
      if (await waited(delay.ms, delay.closing)) sendAnswer(reply, answer);
      else reply.hijack();
      return;
    default:
      sendAnswer(reply, answer);
  }
}

function sendFailure(reply: FastifyReply, status: 429 | 500 | 503, word: WordFailure): void {
  const { type, body } = word(status);
  if (status !== 500) reply.header('retry-after', '1');
  void reply.code(status).type(type).send(body);
}

/** Promises the whole body, sends half of it and ends the connection. */
function cutShort(reply: FastifyReply, { type, body }: Answer): void {
  const bytes = Buffer.from(body);
  reply.raw.writeHead(200, { 'content-type': type, 'content-length': bytes.length });
  reply.raw.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => reply.raw.socket?.destroy());
}

async function waited(ms: number, closing: AbortSignal): Promise<boolean> {
  try {
    await wait(ms, undefined, { signal: closing });
    return true;
  } catch (error) {
    if (closing.aborted) return false;
    throw error;
  }
}
