import type { FastifyReply } from 'fastify';
import { answerOrFail, failureBefore, reset, type Answer } from '../answering.ts';
import type { ReadFault, SendFault } from '../core/faults.ts';
import { TYPES, type Format } from './formats.ts';
import { RefusedRequest, REFUSALS, refusalBody, type Refusal } from './refusals.ts';

/** Answers with a refusal in a format; 429 and 503 say that a second try makes sense after a second. */
export function sendRefusal(reply: FastifyReply, refusal: Refusal, format: Format): void {
  if (refusal.status === 429 || refusal.status === 503) reply.header('retry-after', '1');
  if (refusal.status === 401) reply.header('www-authenticate', 'Basic realm="MiM SMS practice"');
  void reply.code(refusal.status).type(TYPES[format]).send(refusalBody(refusal, format));
}

/**
 * Plays the faults that keep a request from being carried out. Gives whether there is nothing more to do; throws
 * {@link RefusedRequest} for those that answer.
 */
export function failBefore(reply: FastifyReply, fault: SendFault | ReadFault | null): boolean {
  switch (failureBefore(fault)) {
    case 'reset':
      reset(reply);
      return true;
    case 429:
      throw new RefusedRequest(REFUSALS.tooManyRequests);
    case 500:
      throw new RefusedRequest(REFUSALS.general);
    case 503:
      throw new RefusedRequest(REFUSALS.unavailable);
    case null:
      return false;
  }
}

/** Answers 200, or fails to in the way of a fault; throws {@link RefusedRequest} for one that answers. */
export async function finish(
  reply: FastifyReply,
  answer: Answer,
  fault: SendFault | ReadFault | null,
  delay: { readonly ms: number; readonly closing: AbortSignal },
): Promise<void> {
  const failed = await answerOrFail(reply, answer, fault, delay);
  if (failed !== null) throw new RefusedRequest(REFUSALS.general);
}
