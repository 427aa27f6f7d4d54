import { type AppError, appError } from '#shared/errors.ts';
import type { OutgoingMessage, SubmittedMessage } from '../gateway.ts';
import type { SubmitReading } from '../http-exchange.ts';
import { type KeyAnswer, keyError, readKeyAnswer } from './answers.ts';
import {
  BAD_NUMBER,
  type KeyCode,
  keyCode,
  refusedStatus,
  SEND_FAILED,
  TAKEN,
  wordsOfCode,
} from './codes.ts';
import { messageIdOf } from './message-ids.ts';

/** `split`: one number among several is wrong, nobody says which, and nothing was taken. */
export type SendReading = SubmitReading | { readonly kind: 'split' };

/**
 * What the answer to a send says of each message. Who is named as sent was sent, whatever the common code is. Codes about the
 * whole request refuse it: 401 with `GATEWAY_AUTH`, its form with `GATEWAY_REFUSED` and the HTTP status 400 that they stand
 * for, settings of the account with `GATEWAY_REFUSED` alone. Unclear codes, and failing ones beside a sign that something was
 * taken, are `unknown`. `null` for a body that cannot be understood.
 */
export function readKeySend(body: string, messages: readonly OutgoingMessage[]): SendReading | null {
  const answer = readKeyAnswer(body);
  if (answer === null) return null;
  const { code } = answer;
  if (answer.doubtful) return { kind: 'unknown', cause: 'failed beside 200' };
  if (!answer.namesSent) {
    const error = requestError(code);
    if (error !== null) return { kind: 'refused', error, retryAfterMs: null };
    if (code.code === BAD_NUMBER && messages.length > 1 && !answer.namesFailed) {
      // To send again is safe only where nothing at all hints at a message that was taken.
      const nothingTaken = answer.trackingId === null && (answer.recipientCount ?? 0) === 0;
      return nothingTaken ? { kind: 'split' } : { kind: 'unknown', cause: wordsOfCode(code) };
    }
  }
  const submitted = messages.flatMap((message) => submittedOf(answer, message, messages) ?? []);
  if (submitted.length === 0 && code.meaning.kind !== 'taken') {
    return { kind: 'unknown', cause: wordsOfCode(code) };
  }
  return { kind: 'answered', bulkId: answer.trackingId, messages: submitted };
}

/** The error of a code that refuses the whole request; `null` for the others. */
function requestError(code: KeyCode): AppError | null {
  const { kind } = code.meaning;
  if (kind === 'login') return keyError(code);
  if (kind !== 'request' && kind !== 'account') return null;
  return appError('GATEWAY_REFUSED', {
    ...(kind === 'request' && { httpStatus: 400 }),
    detail: wordsOfCode(code),
  });
}

/** `null` when the answer leaves open what became of the message. */
function submittedOf(
  answer: KeyAnswer,
  { to }: OutgoingMessage,
  messages: readonly OutgoingMessage[],
): SubmittedMessage | null {
  const { code } = answer;
  const failure = answer.failed(to);
  const sent = answer.sent(to);
  if (failure !== null) {
    if (sent !== null || failure.code?.meaning.kind === 'unclear') return null;
    const own = failure.code ?? (code.meaning.kind === 'refused' ? code : keyCode(SEND_FAILED));
    return refusal(to, own);
  }
  if (sent === null) {
    if (answer.namesSent || code.meaning.kind === 'unclear') return null;
    if (code.meaning.kind !== 'taken') return isAboutAll(answer, messages) ? refusal(to, code) : null;
  }
  const trackingId = sent?.trackingId ?? answer.trackingId;
  return {
    to,
    gatewayMessageId: trackingId === null ? null : messageIdOf(trackingId, to),
    parts: sent?.parts ?? partsEach(answer, messages),
    status: TAKEN,
  };
}

const refusal = (to: string, code: KeyCode): SubmittedMessage => ({
  to,
  gatewayMessageId: null,
  parts: null,
  status: refusedStatus(code),
});

/** Whether a common failing code is about every message that is not named. */
function isAboutAll(answer: KeyAnswer, messages: readonly OutgoingMessage[]): boolean {
  if (messages.length === 1) return true;
  if ((answer.recipientCount ?? 0) > 0) return false;
  // Others have their failures named one by one: the common code is then not about this number.
  return !(answer.namesFailed && answer.code.code === BAD_NUMBER);
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
