import { appError } from '#shared/errors.ts';
import type { OutgoingMessage, SubmittedMessage } from '../gateway.ts';
import type { SubmitReading } from '../http-exchange.ts';
import { firstXmlCode, sendCode, type SendCode, statusOfCode, wordsOf } from './codes.ts';
import type { SendEndpoint } from './requests.ts';
import { readSendBody, type SendResult } from './send-results.ts';

type Sent = Pick<OutgoingMessage, 'to' | 'ownId'>;

/** A result with its code looked up and the message it is about; `null` for a result that belongs to none. */
type Judged = { readonly result: SendResult; readonly code: SendCode; readonly message: Sent | null };

/** Codes that can only be about the whole request, also when they stand there once for many numbers. */
const ABOUT_ALL: ReadonlySet<string> = new Set([
  'NOT_ENOUGH_CREDITS',
  'MISSING_DESTINATION_ADDRESS',
  'MISSING_SMS_TEXT',
  'MISSING_SENDER_NAME',
  'SENDER_NOT_ALLOWED',
  'NO_RECIPIENTS',
]);

/**
 * What the answer to a send request says. The shape is chosen by the body's first character and the table of codes by the
 * endpoint, because the first XML call uses the same numbers for other things (facts of the platform, "Replies").
 *
 * A wrong login is `refused` with `GATEWAY_AUTH`; a code about the request itself with `GATEWAY_REFUSED` and the HTTP status
 * 400 that it stands for, since the server answers 200 to everything; one about the account with `GATEWAY_REFUSED` alone. When all of it is unclear the outcome is `unknown`;
 * a message with an unclear code among others has neither status nor id. `null` for a body that cannot be understood.
 */
export function readSendAnswer(
  endpoint: SendEndpoint,
  body: string,
  messages: readonly Sent[],
): SubmitReading | null {
  const answer = readSendBody(body, endpoint);
  if (answer === null) return null;
  if (answer.kind === 'count') return countReading(answer.status, messages);
  const lookUp = endpoint === 'xml-v1' ? firstXmlCode : sendCode;
  const judged = answer.results.map((result, index, { length }): Judged => ({
    result,
    code: lookUp(result.code),
    message: messageOf(result, messages, length === messages.length ? index : -1),
  }));
  const [only] = judged;
  if (only !== undefined && judged.length === 1 && messages.length > 1 && only.message === null) {
    return wholeReading(only.code, messages);
  }
  return requestRefusal(judged.map(({ code }) => code)) ?? answered(judged.map(submitted));
}

/** The first XML call: how many messages were taken, or a code for all of them. It tells no ids: ours are used. */
function countReading(count: number, messages: readonly Sent[]): SubmitReading {
  if (count <= 0) return wholeReading(firstXmlCode(count), messages);
  // Fewer than were sent: nobody can say which, so none of them is answered.
  if (count < messages.length) return answered([]);
  return answered(messages.map((message) => submittedAs(message, sendCode(0))));
}

function wholeReading(code: SendCode, messages: readonly Sent[]): SubmitReading {
  const refusal = requestRefusal([code]);
  if (refusal !== null) return refusal;
  return answered(ABOUT_ALL.has(code.name) ? messages.map((message) => submittedAs(message, code)) : []);
}

/** The outcome when the codes are about the request or say nothing clear, and nothing in them was taken. */
function requestRefusal(codes: readonly SendCode[]): SubmitReading | null {
  const kinds = new Set(codes.map(({ meaning }) => meaning.kind));
  const first = (kind: string): string => {
    const code = codes.find(({ meaning }) => meaning.kind === kind);
    return code === undefined ? '' : wordsOf(code);
  };
  if (kinds.size === 1 && kinds.has('unclear')) return { kind: 'unknown', cause: first('unclear') };
  if (kinds.has('taken') || kinds.has('unclear')) return null;
  if (kinds.has('login')) {
    return {
      kind: 'refused',
      error: appError('GATEWAY_AUTH', { detail: first('login') }),
      retryAfterMs: null,
    };
  }
  if (kinds.has('account')) {
    const error = appError('GATEWAY_REFUSED', { detail: first('account') });
    return { kind: 'refused', error, retryAfterMs: null };
  }
  if (kinds.size !== 1 || !kinds.has('request')) return null;
  const error = appError('GATEWAY_REFUSED', { httpStatus: 400, detail: first('request') });
  return { kind: 'refused', error, retryAfterMs: null };
}

function answered(messages: readonly (SubmittedMessage | null)[]): SubmitReading {
  return {
    kind: 'answered',
    bulkId: null,
    messages: messages.filter((message) => message !== null),
  };
}

function messageOf(result: SendResult, messages: readonly Sent[], index: number): Sent | null {
  const { destination, messageId } = result;
  if (destination !== null) {
    const digits = destination.replace(/\D/g, '');
    return (
      messages.find(({ to, ownId }) => to === digits && (ownId === null || ownId === messageId)) ??
      messages.find(({ to }) => to === digits) ?? { to: destination, ownId: null }
    );
  }
  const own = messageId === null ? undefined : messages.find(({ ownId }) => ownId === messageId);
  return own ?? messages[index] ?? null;
}

function submitted({ result, code, message }: Judged): SubmittedMessage | null {
  if (message === null) return null;
  return submittedAs(message, code, result);
}

function submittedAs(message: Sent, code: SendCode, result?: SendResult): SubmittedMessage {
  const known = result?.messageId ?? null;
  const { kind } = code.meaning;
  return {
    to: result?.destination ?? message.to,
    gatewayMessageId: kind === 'unclear' ? null : kind === 'taken' ? (known ?? message.ownId) : known,
    parts: null,
    status: statusOfCode(code),
  };
}
