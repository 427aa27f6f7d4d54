import type { FastifyReply } from 'fastify';
import { answerOrFail, failureBefore, reset, type Answer } from '../answering.ts';
import type { ReadFault, SendFault } from '../core/faults.ts';

/** How a protocol words the HTTP errors that faults play. */
export type WordFailure = (status: 429 | 500 | 503) => Answer;

/** An answer that holds nothing but a text. */
export function plain(body: string): Answer {
  return { type: 'text/plain; charset=utf-8', body };
}

/** Plays the faults that keep a request from being carried out. Gives whether there is nothing more to do. */
export function failBefore(
  reply: FastifyReply,
  fault: SendFault | ReadFault | null,
  word: WordFailure,
): boolean {
  const failure = failureBefore(fault);
  if (failure === null) return false;
  if (failure === 'reset') reset(reply);
  else sendFailure(reply, failure, word);
  return true;
}

/**
 * Gives an answer that is already decided, or fails to in the way of a fault. A `delay` lasts `delay.ms`;
 * `delay.closing` ends it when the gateway stops.
 */
export async function finish(
  reply: FastifyReply,
  answer: Answer,
  fault: SendFault | ReadFault | null,
  word: WordFailure,
  delay: { readonly ms: number; readonly closing: AbortSignal },
): Promise<void> {
  const failed = await answerOrFail(reply, answer, fault, delay);
  if (failed !== null) sendFailure(reply, failed, word);
}

function sendFailure(reply: FastifyReply, status: 429 | 500 | 503, word: WordFailure): void {
  const { type, body } = word(status);
  if (status !== 500) reply.header('retry-after', '1');
  void reply.code(status).type(type).send(body);
}
