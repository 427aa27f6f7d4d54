import { partOf, readUserData, type PartOf, type UserData } from './concatenation.ts';
import type { RawPdu } from './pdus.ts';
import { ESME } from './statuses.ts';
import { codingOf, decodeText, type Coding } from './text.ts';
import { readTime } from './times.ts';

/** An address with its type of number and numbering plan (SMPP 3.4 §5.2.5, §5.2.6). */
export type Address = { readonly ton: number; readonly npi: number; readonly digits: string };

/** What a `submit_sm` asks for, its form checked. Times in ms. */
export type SubmitRequest = {
  readonly serviceType: string;
  readonly from: Address;
  readonly to: Address;
  readonly coding: Coding;
  readonly flash: boolean;
  /** The message without its header. */
  readonly octets: Buffer;
  /** The message with its header, and `esm_class` as it came. */
  readonly userData: Buffer;
  readonly esmClass: number;
  /** `null`: the PDU holds the whole message. */
  readonly part: PartOf | null;
  /** 0: no receipt, 1: always one, 2: only when the message was not delivered. */
  readonly registered: number;
  readonly sendAt: number | null;
  readonly validityMs: number | null;
};

/** `service_type` that asks for a number lookup instead of a message: a convention of the practice gateway alone. */
export const LOOKUP_SERVICE = 'NQ';

const NPIS: ReadonlySet<number> = new Set([0, 1, 3, 4, 6, 8, 9, 10, 14, 18]);
const LONGEST_ADDRESS = 20;
const LONGEST_SHORT_MESSAGE = 254;
const ALPHANUMERIC = 5;
const UDH_INDICATOR = 0x40;
/** Bits of `esm_class` that say what kind of message it is; a submitted one has none. */
const MESSAGE_TYPE = 0x3c;

/** Reads a `submit_sm` at a time (`now`, ms). Gives the `command_status` of the refusal when something is wrong with it. */
export function readSubmit(pdu: RawPdu, pduOctets: Buffer, now: number): SubmitRequest | number {
  const { short_message: short, esm_class: esmClass = 0, service_type: serviceType = '' } = pdu;
  // A PDU that ends before its last mandatory field lacks the field.
  if (!Buffer.isBuffer(short)) return ESME.commandLength;
  const from = readAddress(pdu.source_addr_ton, pdu.source_addr_npi, pdu.source_addr);
  const to = readAddress(pdu.dest_addr_ton, pdu.dest_addr_npi, pdu.destination_addr);
  const badAddress = refuseAddresses(from, to);
  if (badAddress !== null) return badAddress;
  if ((esmClass & MESSAGE_TYPE) !== 0) return ESME.esmClass;
  if ((pdu.priority_flag ?? 0) > 3) return ESME.priority;
  const registered = (pdu.registered_delivery ?? 0) & 0x03;
  if (registered === 3) return ESME.registeredDelivery;
  const times = readTimes(pdu, now);
  if (typeof times === 'number') return times;
  const rest = { serviceType, from, to, registered, ...times };

  const coding = codingOf(pdu.data_coding ?? 0);
  if (coding === null) return ESME.invalidCoding;
  const userData = wholeUserData(pdu, pduOctets, short);
  if (userData === null) return ESME.messageLength;
  const content = readContent(pdu, esmClass, coding, userData);
  if (typeof content === 'number') return content;
  if (content.octets.length === 0 && serviceType !== LOOKUP_SERVICE) return ESME.messageLength;
  return {
    ...rest,
    ...content,
    coding,
    flash: coding.flash || pdu.dest_addr_subunit === 1,
    userData,
    esmClass,
  };
}

function readAddress(ton = 0, npi = 0, digits = ''): Address {
  return { ton, npi, digits };
}

function refuseAddresses(from: Address, to: Address): number | null {
  if (from.ton > 6) return ESME.sourceTon;
  if (!NPIS.has(from.npi)) return ESME.sourceNpi;
  if (to.ton > 6 || to.ton === ALPHANUMERIC) return ESME.destinationTon;
  if (!NPIS.has(to.npi)) return ESME.destinationNpi;
  if (from.digits.length > LONGEST_ADDRESS) return ESME.sourceAddress;
  if (to.digits.length > LONGEST_ADDRESS) return ESME.destinationAddress;
  return null;
}

function readTimes(pdu: RawPdu, now: number): Pick<SubmitRequest, 'sendAt' | 'validityMs'> | number {
  const sendAt = readTime(timeField(pdu.schedule_delivery_time), now);
  if (sendAt === 'wrong') return ESME.schedule;
  const validity = timeField(pdu.validity_period);
  const end = readTime(validity, now);
  if (end === 'wrong') return ESME.expiry;
  if (end === null) return { sendAt, validityMs: null };
  // A relative validity counts from the time of sending ("facts of the platform, Scheduling").
  const validityMs = end - (validity.endsWith('R') ? now : Math.max(sendAt ?? now, now));
  return validityMs > 0 ? { sendAt, validityMs } : ESME.expiry;
}

function timeField(field: RawPdu['validity_period']): string {
  return typeof field === 'string' ? field : '';
}

/** The message, from the one of its two places it is in; `null` when it is in both, or its length is a wrong one. */
function wholeUserData(pdu: RawPdu, pduOctets: Buffer, short: Buffer): Buffer | null {
  const payload = pdu.message_payload;
  if (pduOctets[lengthAt(pdu)] !== short.length || short.length > LONGEST_SHORT_MESSAGE) return null;
  if (!Buffer.isBuffer(payload)) return short;
  return short.length === 0 ? payload : null;
}

/** Where `sm_length` stands in the octets of a `submit_sm`: the codec does not tell when fewer octets follow. */
function lengthAt(pdu: RawPdu): number {
  const strings = [
    pdu.service_type,
    pdu.source_addr,
    pdu.destination_addr,
    timeField(pdu.schedule_delivery_time),
    timeField(pdu.validity_period),
  ];
  const HEADER_AND_FIXED = 16 + 2 + 2 + 3 + 4;
  return strings.reduce((sum, text) => sum + (text ?? '').length + 1, HEADER_AND_FIXED);
}

function readContent(pdu: RawPdu, esmClass: number, coding: Coding, userData: Buffer): UserData | number {
  const headed = (esmClass & UDH_INDICATOR) !== 0;
  const content = headed ? readUserData(userData) : { octets: userData, part: null };
  if (content === null) return ESME.esmClass;
  const headerLength = userData.length - content.octets.length;
  if (headed && !fits(coding, headerLength, content.octets.length)) return ESME.messageLength;
  if (decodeText(coding.alphabet, content.octets) === null) {
    return coding.alphabet === 'ucs2' ? ESME.messageLength : ESME.invalidCoding;
  }
  const sar = readSar(pdu);
  if (sar === 'wrong' || (sar !== null && content.part !== null)) return ESME.parameterValue;
  const part = content.part ?? sar;
  return { octets: content.octets, part: part?.total === 1 ? null : part };
}

/** Whether a part fits the 140 octets of a short message, with GSM text packed behind its header. */
function fits(coding: Coding, header: number, length: number): boolean {
  return coding.alphabet === 'gsm' ? Math.ceil((header * 8) / 7) + length <= 160 : header + length <= 140;
}

function readSar(pdu: RawPdu): PartOf | null | 'wrong' {
  const { sar_msg_ref_num: reference, sar_total_segments: total, sar_segment_seqnum: number } = pdu;
  if (reference === undefined && total === undefined && number === undefined) return null;
  if (reference === undefined) return 'wrong';
  return partOf(`sar:${reference}`, total, number) ?? 'wrong';
}
