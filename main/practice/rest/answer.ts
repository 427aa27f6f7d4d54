import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyReply } from 'fastify';
import type { ReadFault, SendFault } from '../core/faults.ts';
import { RefusedRequest, REFUSALS, refusalBody, type Refusal } from './refusals.ts';

/** Answers 200 with a JSON text. */
export function sendJson(reply: FastifyReply, json: string): void {
  void reply.code(200).type('application/json').send(json);
}

/** Answers with a refusal; 429 and 503 say that a second try makes sense after a second. */
export function sendRefusal(reply: FastifyReply, refusal: Refusal): void {
  if (refusal.status === 429 || refusal.status === 503) reply.header('retry-after', '1');
  if (refusal.status === 401) reply.header('www-authenticate', 'Basic realm="MiM SMS practice"');
  void reply.code(refusal.status).type('application/json').send(refusalBody(refusal));
}

/** Plays the faults that keep a request from being accepted. Gives whether there is nothing more to do. */
export function failBefore(reply: FastifyReply, fault: SendFault | null): boolean {
  switch (fault) {
    case 'resetBefore':
      reply.hijack();
      reply.raw.socket?.resetAndDestroy();
      return true;
    case 'http429':
      throw new RefusedRequest(REFUSALS.tooManyRequests);
    case 'http500Before':
      throw new RefusedRequest(REFUSALS.general);
    case 'http503Before':
      throw new RefusedRequest(REFUSALS.unavailable);
    default:
      return false;
  }
}

/** Answers 200 with a JSON text, or fails to in the way of a fault. `closing` ends a delay when the gateway stops. */
export async function answerOrFail(
  reply: FastifyReply,
  json: string,
  fault: SendFault | ReadFault | null,
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
      cutShort(reply, json);
      return;
    case 'http500':
    case 'http500After':
      throw new RefusedRequest(REFUSALS.general);
    case 'notJson':
      void reply.code(200).type('text/html').send('<html><body><h1>It works!</h1></body></html>');
      return;
    case 'delay':
      if (await waited(delay.ms, delay.closing)) sendJson(reply, json);
      else reply.hijack();
      return;
    default:
      sendJson(reply, json);
  }
}

/** Promises the whole body, sends half of it and ends the connection. */
function cutShort(reply: FastifyReply, json: string): void {
  const body = Buffer.from(json);
  reply.raw.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
  reply.raw.write(body.subarray(0, Math.floor(body.length / 2)), () => reply.raw.socket?.destroy());
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
