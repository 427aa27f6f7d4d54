import { appError } from '#shared/errors.ts';
import type { OutgoingMessage, SubmittedMessage } from '../gateway.ts';
import type { SubmitReading } from '../http-exchange.ts';
import { type KeyAnswer, keyError, readKeyAnswer } from './answers.ts';
import { BAD_NUMBER, keyCode, refusedStatus, SEND_FAILED, TAKEN, wordsOfCode } from './codes.ts';
import { messageIdOf } from './message-ids.ts';

/** `split`: one number among several is wrong, nobody says which, and nothing was taken. */
export type SendReading = SubmitReading | { readonly kind: 'split' };

/**
 * What the answer to a send says of each message. Codes about the whole request refuse it: 401 with `GATEWAY_AUTH`, those about
 * its form with `GATEWAY_REFUSED` and the HTTP status 400 that they stand for. Unclear codes are `unknown`. `null` for a body
 * that cannot be understood.
 */
export function readKeySend(body: string, messages: readonly OutgoingMessage[]): SendReading | null {
  const answer = readKeyAnswer(body);
  if (answer === null) return null;
  const { code } = answer;
  if (answer.doubtful) return { kind: 'unknown', cause: 'failed beside 200' };
  if (code.meaning.kind === 'login') return { kind: 'refused', error: keyError(code), retryAfterMs: null };
  if (code.meaning.kind === 'request') {
    const error = appError('GATEWAY_REFUSED', { httpStatus: 400, detail: wordsOfCode(code) });
    return { kind: 'refused', error, retryAfterMs: null };
  }
  if (code.code === BAD_NUMBER && messages.length > 1 && !answer.namesFailed) return { kind: 'split' };
  const submitted = messages.flatMap((message) => submittedOf(answer, message, messages) ?? []);
  if (submitted.length === 0 && code.meaning.kind === 'unclear') {
    return { kind: 'unknown', cause: wordsOfCode(code) };
  }
  return { kind: 'answered', bulkId: answer.trackingId, messages: submitted };
}

/** `null` when the answer leaves open what became of the message. */
function submittedOf(
  answer: KeyAnswer,
  { to }: OutgoingMessage,
  messages: readonly OutgoingMessage[],
): SubmittedMessage | null {
  const { code } = answer;
  const failure = answer.failed(to);
  if (failure !== null) {
    if (failure.code?.meaning.kind === 'unclear') return null;
    const own = failure.code ?? (code.meaning.kind === 'refused' ? code : keyCode(SEND_FAILED));
    return { to, gatewayMessageId: null, parts: null, status: refusedStatus(own) };
  }
  if (code.meaning.kind === 'unclear') return null;
  if (code.meaning.kind !== 'taken') {
    // Others have their failures named one by one: the common code is then not about this number.
    if (answer.namesFailed && code.code === BAD_NUMBER && messages.length > 1) return null;
    return { to, gatewayMessageId: null, parts: null, status: refusedStatus(code) };
  }
  const sent = answer.sent(to);
  if (sent === null && answer.namesSent) return null;
  const trackingId = sent?.trackingId ?? answer.trackingId;
  return {
    to,
    gatewayMessageId: trackingId === null ? null : messageIdOf(trackingId, to),
    parts: sent?.parts ?? partsEach(answer, messages),
    status: TAKEN,
  };
}

/** Parts of each message where the sum can be divided: one message, or the same text for all. */
function partsEach(
  { smsCount, recipientCount }: KeyAnswer,
  messages: readonly OutgoingMessage[],
): number | null {
  const [first] = messages;
  const count = recipientCount ?? messages.length;
  if (smsCount === null || count < 1 || !messages.every(({ text }) => text === first?.text)) return null;
  const parts = smsCount / count;
  return Number.isInteger(parts) && parts >= 1 && parts <= 255 ? parts : null;
}
