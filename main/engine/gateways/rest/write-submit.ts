import { type AppError, appError } from '#shared/errors.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { OutgoingMessage, SubmitOptions, SubmitRequest } from '../gateway.ts';
import { requestTime } from './request-time.ts';
import type { Payload, PayloadValue, RestFormat } from './write-body.ts';

/** How a server takes messages. */
export type SubmitStyle = {
  readonly format: RestFormat;
  /** Whether it has `multi` and `advanced`, which the API document does not describe. */
  readonly advanced: boolean;
  /** Unit of `validityPeriod`; servers differ (facts of the platform, "Advanced"). */
  readonly validityUnit: 'minutes' | 'milliseconds';
};

/** A submit request, ready to be written in its format. */
export type SubmitCall = { readonly path: string; readonly payload: Payload };

/**
 * Chooses the least special call that carries a request: `single` for one text, `multi` for several, `advanced` as soon as
 * there are own ids or options (API document, "Send SMS"; facts of the platform, "Single" to "Binary"). Messages with the same text share
 * one message object, since only a request with one can be rescheduled.
 *
 * Error: `NOT_SUPPORTED` where the server has only `single` and the request needs more: different texts, or a later time. Own ids and
 * options that only change how a message looks are left out there.
 */
export function submitCall(request: SubmitRequest, style: SubmitStyle): Result<SubmitCall, AppError> {
  const options = request.options ?? {};
  const groups = groupsOf(request.messages, options);
  if (!style.advanced && (groups.length > 1 || options.sendAt !== undefined)) {
    const field = options.sendAt === undefined ? 'messages' : 'sendAt';
    return err(appError('NOT_SUPPORTED', { field }));
  }
  const kind = options.binary ? 'binary' : 'text';
  if (style.advanced && isSpecial(request)) {
    const messages = groups.map((group) => advancedMessage(request.sender, group, options, style));
    return ok({ path: `/sms/1/${kind}/advanced`, payload: { bulkId: options.bulkId, messages } });
  }
  const objects = groups.map((group) => ({
    from: request.sender,
    to: recipientsOf(group, style.format),
    ...content(group, options),
  }));
  const [only] = objects;
  if (only !== undefined && objects.length === 1) return ok({ path: `/sms/1/${kind}/single`, payload: only });
  return ok({
    path: `/sms/1/${kind}/multi`,
    payload: { messages: style.format === 'json' ? objects : { messages: objects } },
  });
}

function isSpecial({ messages, options = {} }: SubmitRequest): boolean {
  const { binary, transactionClass, ...special } = options;
  return (
    Object.values(special).some((value) => value !== undefined && value !== false) ||
    messages.some((message) => message.ownId !== null)
  );
}

/** Messages by their text, in the order of the first of each; with bytes of their own there is one group. */
function groupsOf(
  messages: readonly OutgoingMessage[],
  options: SubmitOptions,
): readonly (readonly OutgoingMessage[])[] {
  if (options.binary) return [messages];
  const groups = new Map<string, OutgoingMessage[]>();
  for (const message of messages) {
    const group = groups.get(message.text);
    if (group) group.push(message);
    else groups.set(message.text, [message]);
  }
  return [...groups.values()];
}

/** In JSON one number goes as text and several as a list; in XML every number is wrapped twice. */
function recipientsOf(group: readonly OutgoingMessage[], format: RestFormat): PayloadValue {
  const numbers = group.map((message) => message.to);
  if (format === 'xml') return { to: numbers };
  return numbers.length === 1 ? numbers[0] : numbers;
}

function content(group: readonly OutgoingMessage[], { binary }: SubmitOptions): Payload {
  if (!binary) return { text: group[0]?.text ?? '' };
  const hex = binary.hex.match(/../g)?.join(' ') ?? '';
  return { binary: { hex, dataCoding: binary.dataCoding, esmClass: binary.esmClass } };
}

function advancedMessage(
  sender: string,
  group: readonly OutgoingMessage[],
  options: SubmitOptions,
  { validityUnit }: SubmitStyle,
): Payload {
  const { sendAt, validityMinutes: minutes, languageCode, deliveryWindow } = options;
  return {
    from: sender,
    destinations: group.map(({ to, ownId }) => ({ to, messageId: ownId ?? undefined })),
    ...content(group, options),
    flash: options.flash || undefined,
    language: languageCode === undefined ? undefined : { languageCode },
    transliteration: options.transliteration,
    notifyUrl: options.notify?.url,
    notifyContentType: options.notify?.contentType,
    callbackData: options.callbackData,
    validityPeriod: minutes === undefined ? undefined : inUnit(minutes, validityUnit),
    sendAt: sendAt === undefined ? undefined : requestTime(sendAt),
    deliveryTimeWindow: deliveryWindow && {
      from: { ...deliveryWindow.from },
      to: { ...deliveryWindow.to },
      days: deliveryWindow.days,
    },
  };
}

/** A validity in the unit that the server counts in. */
export function inUnit(minutes: number, unit: SubmitStyle['validityUnit']): number {
  return unit === 'minutes' ? minutes : minutes * 60_000;
}
