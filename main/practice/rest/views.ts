import type { Receipt } from '../core/submission.ts';
import { statusView } from '../core/catalogue.ts';
import { standingAt, type Message } from '../core/message.ts';
import { mccmncOf } from '../core/networks.ts';
import type { Settings } from '../core/settings.ts';
import { writeDate } from './dates.ts';

const MICROS_IN_UNIT = 1_000_000;

/** A message of the answer to a send. */
export function receiptView(receipt: Receipt): Record<string, unknown> {
  return {
    to: receipt.to,
    status: statusView(receipt.statusId),
    smsCount: receipt.parts,
    ...(receipt.messageId === null ? {} : { messageId: receipt.messageId }),
  };
}

/** A delivery report, with the fields and the order of the document's sample. */
export function reportView(message: Message, settings: Settings): Record<string, unknown> {
  const { status, error, doneAt } = standingAt(message, settings.now());
  return {
    bulkId: message.bulkId,
    messageId: message.id,
    to: message.to,
    ...times(message, doneAt, settings),
    smsCount: message.parts,
    price: price(message, settings),
    ...(message.callbackData === null ? {} : { callbackData: message.callbackData }),
    status,
    error,
  };
}

/** A log entry: a report and sender, text and network besides; without `mccmnc` where the network is not known. */
export function logView(message: Message, settings: Settings): Record<string, unknown> {
  const { status, error, doneAt } = standingAt(message, settings.now());
  const mccmnc = mccmncOf(message.to);
  return {
    bulkId: message.bulkId,
    messageId: message.id,
    to: message.to,
    from: message.from,
    text: message.text,
    ...times(message, doneAt, settings),
    smsCount: message.parts,
    ...(mccmnc === null ? {} : { mccmnc }),
    price: price(message, settings),
    status,
    error,
  };
}

/** An amount of micros as the decimal number that answers carry. */
export function decimal(micros: number): number {
  return micros / MICROS_IN_UNIT;
}

function price(message: Message, settings: Settings): Record<string, unknown> {
  return { pricePerMessage: decimal(message.pricePerPartMicros), currency: settings.currency };
}

function times(message: Message, doneAt: number | null, settings: Settings): Record<string, string> {
  const write = (time: number): string => writeDate(time, settings.timeZoneOffsetMinutes);
  return { sentAt: write(message.receivedAt), ...(doneAt === null ? {} : { doneAt: write(doneAt) }) };
}
