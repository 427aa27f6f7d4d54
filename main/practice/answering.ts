import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyReply } from 'fastify';
import type { ReadFault, SendFault } from './core/faults.ts';

/** The body of a good answer and its `Content-Type`. */
export type Answer = { readonly type: string; readonly body: string };

/**
 * What a fault makes of a request before anything is accepted: `reset` (end it with {@link reset}), an HTTP status
 * to answer in the protocol's own words, or `null` when the request is to be carried out.
 */
export function failureBefore(fault: SendFault | ReadFault | null): 'reset' | 429 | 500 | 503 | null {
  switch (fault) {
    case 'resetBefore':
      return 'reset';
    case 'http429':
      return 429;
    case 'http500':
    case 'http500Before':
      return 500;
    case 'http503Before':
      return 503;
    default:
      return null;
  }
}

/** Resets the connection without an answer. */
export function reset(reply: FastifyReply): void {
  reply.hijack();
  reply.raw.socket?.resetAndDestroy();
}

/**
 * Answers 200, or fails to in the way of a fault after everything was carried out. Gives 500 when the caller has to
 * answer with that status in the protocol's own words, otherwise `null`. `closing` ends a delay when the gateway stops.
 */
export async function answerOrFail(
  reply: FastifyReply,
  answer: Answer,
  fault: SendFault | ReadFault | null,
  delay: { readonly ms: number; readonly closing: AbortSignal },
): Promise<500 | null> {
  switch (fault) {
    case 'drop':
    case 'dropAfter':
      drop(reply);
      return null;
    case 'truncate':
    case 'truncated':
      reply.hijack();
      cutShort(reply, answer);
      return null;
    case 'http500After':
      return 500;
    case 'notJson':
      void reply.code(200).type('text/html').send('<html><body><h1>It works!</h1></body></html>');
      return null;
    case 'delay':
      if (await waited(delay.ms, delay.closing)) sendAnswer(reply, answer);
      else reply.hijack();
      return null;
    default:
      sendAnswer(reply, answer);
      return null;
  }
}

/** Ends the connection without an answer, as if it were lost on the way. */
export function drop(reply: FastifyReply): void {
  reply.hijack();
  reply.raw.socket?.destroy();
}

/** Answers 200. */
export function sendAnswer(reply: FastifyReply, { type, body }: Answer): void {
  void reply.code(200).type(type).send(body);
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
