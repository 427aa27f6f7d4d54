import type smpp from 'smpp';
import type { SmppOptions } from '#shared/accounts/options.ts';
import { type AppError, appError } from '#shared/errors.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { OutgoingMessage, SubmitOptions } from '../gateway.ts';
import { destinationOf, sourceOf } from './addresses.ts';
import { encodeText } from './encode-text.ts';
import { LONGEST_RELATIVE_MS, relativeTime } from './relative-time.ts';

/** The `submit_sm` of one message, in the order of its parts. */
export type Composed = {
  readonly pdus: readonly smpp.Fields[];
  /** Parts that the network will bill; `null` for octets, which are not counted. */
  readonly parts: number | null;
};

const UDH_INDICATOR = 0x40;
const MOST_PARTS = 255;
/** Longest `short_message` (SMPP 3.4 §5.2.22). */
const LONGEST_SHORT = 254;
/** Longest `message_payload` that is sent: more than 255 parts hold, and less than its length field could tell. */
const LONGEST_PAYLOAD = 60_000;
/** Reports of success and of failure are wanted (SMPP 3.4 §5.2.17). */
const REPORT_WANTED = 1;

/**
 * Writes a message as PDUs: one, or one a part with a header of 8-bit `reference` (3GPP TS 23.040 §9.2.3.24.1), or one with
 * `message_payload`. `now` is in ms since the epoch. Errors: `INVALID_SENDER`, `INVALID_INPUT` with the `field`, `TEXT_TOO_LONG`,
 * `INVALID_SCHEDULE` for a time further than 31 days away.
 */
export function compose(
  sender: string,
  message: OutgoingMessage,
  wanted: SubmitOptions,
  options: SmppOptions,
  reference: number,
  now: number,
): Result<Composed, AppError> {
  const source = sourceOf(sender, options);
  if (source === null) return err(appError('INVALID_SENDER', { field: 'sender' }));
  const destination = destinationOf(message.to, options);
  if (destination === null) return err(appError('INVALID_INPUT', { field: 'to' }));
  const delayMs = Math.max(0, (wanted.sendAt ?? now) - now);
  if (!(delayMs <= LONGEST_RELATIVE_MS)) return err(appError('INVALID_SCHEDULE', { field: 'sendAt' }));
  const validityMs = (wanted.validityMinutes ?? 0) * 60_000;
  const head: smpp.Fields = {
    source_addr_ton: source.ton,
    source_addr_npi: source.npi,
    source_addr: source.address,
    dest_addr_ton: destination.ton,
    dest_addr_npi: destination.npi,
    destination_addr: destination.address,
    registered_delivery: REPORT_WANTED,
    schedule_delivery_time: delayMs > 0 ? relativeTime(delayMs) : '',
    // Both times count from the same moment (SMPP 3.4 §5.2.16), while ours is valid for a while after it was due.
    validity_period: validityMs > 0 ? relativeTime(delayMs + validityMs) : '',
  };
  return wanted.binary
    ? composeBinary(head, wanted.binary)
    : composeText(head, message.text, wanted.flash ?? false, options, reference);
}

function composeText(
  head: smpp.Fields,
  text: string,
  flash: boolean,
  options: SmppOptions,
  reference: number,
): Result<Composed, AppError> {
  const { dataCoding, parts, whole } = encodeText(text, { flash, gsmCoding: options.gsmCoding ?? 0 });
  const total = parts.length;
  if (total > MOST_PARTS) return err(appError('TEXT_TOO_LONG', { limit: MOST_PARTS, actual: total }));
  const common = { ...head, data_coding: dataCoding };
  if (total === 1) return ok({ pdus: [{ ...common, short_message: whole }], parts: 1 });
  if (options.longMessages === 'payload') {
    return ok({ pdus: [{ ...common, message_payload: whole }], parts: total });
  }
  const pdus = parts.map((part, index) => ({
    ...common,
    esm_class: UDH_INDICATOR,
    short_message: Buffer.concat([Buffer.from([5, 0, 3, reference & 0xff, total, index + 1]), part]),
  }));
  return ok({ pdus, parts: total });
}

function composeBinary(
  head: smpp.Fields,
  { hex, dataCoding, esmClass }: NonNullable<SubmitOptions['binary']>,
): Result<Composed, AppError> {
  const octets = Buffer.from(hex, 'hex');
  const isOctet = (value: number): boolean => Number.isInteger(value) && value >= 0 && value <= 0xff;
  if (octets.length * 2 !== hex.length || octets.length > LONGEST_PAYLOAD) {
    return err(appError('INVALID_INPUT', { field: 'binary' }));
  }
  if (!isOctet(dataCoding) || !isOctet(esmClass)) {
    return err(appError('INVALID_INPUT', { field: isOctet(dataCoding) ? 'esmClass' : 'dataCoding' }));
  }
  const body = octets.length > LONGEST_SHORT ? { message_payload: octets } : { short_message: octets };
  return ok({ pdus: [{ ...head, data_coding: dataCoding, esm_class: esmClass, ...body }], parts: null });
}
