import * as v from 'valibot';
import type { RawPdu } from './pdu.ts';

const Text = v.fallback(v.string(), '');
const Octet = v.fallback(v.number(), 0);
/** Octets as hex without blanks. */
const Hex = v.fallback(v.pipe(v.string(), v.regex(/^(?:[0-9a-f]{2})*$/i)), '');

/**
 * A `deliver_sm` as it is stored, with the names of SMPP 3.4 §4.6.1: octets as hex, optional parameters by their tag in hex
 * (`001e`). `received_at` is ours, in ms since the epoch. Whatever is missing or of another type counts as empty.
 */
export const SmppFacts = v.object({
  received_at: v.fallback(v.nullable(v.number()), null),
  service_type: Text,
  source_addr_ton: Octet,
  source_addr_npi: Octet,
  source_addr: Text,
  dest_addr_ton: Octet,
  dest_addr_npi: Octet,
  destination_addr: Text,
  esm_class: Octet,
  protocol_id: Octet,
  priority_flag: Octet,
  schedule_delivery_time: Text,
  validity_period: Text,
  registered_delivery: Octet,
  replace_if_present_flag: Octet,
  data_coding: Octet,
  sm_default_msg_id: Octet,
  short_message: Hex,
  tlvs: v.fallback(v.record(v.string(), Hex), {}),
});
export type SmppFacts = v.InferOutput<typeof SmppFacts>;

/** Octets of the mandatory parameters of `deliver_sm` that have one octet each, `sm_length` among them (SMPP 3.4 §4.6.1). */
const SINGLE_OCTETS = 12;
const HEADER = 16;

/** The facts of a `deliver_sm`. Parameters that a short PDU leaves out are empty. */
export function factsOf(pdu: RawPdu, frame: Buffer, receivedAt: number): SmppFacts {
  const octets = Buffer.isBuffer(pdu.short_message) ? pdu.short_message : Buffer.alloc(0);
  const strings = {
    service_type: pdu.service_type ?? '',
    source_addr: pdu.source_addr ?? '',
    destination_addr: pdu.destination_addr ?? '',
    schedule_delivery_time: textOf(pdu.schedule_delivery_time),
    validity_period: textOf(pdu.validity_period),
  };
  const lengths = Object.values(strings).map((text) => text.length + 1);
  const mandatory = HEADER + SINGLE_OCTETS + lengths.reduce((sum, length) => sum + length, octets.length);
  return {
    received_at: receivedAt,
    ...strings,
    source_addr_ton: pdu.source_addr_ton ?? 0,
    source_addr_npi: pdu.source_addr_npi ?? 0,
    dest_addr_ton: pdu.dest_addr_ton ?? 0,
    dest_addr_npi: pdu.dest_addr_npi ?? 0,
    esm_class: pdu.esm_class ?? 0,
    protocol_id: pdu.protocol_id ?? 0,
    priority_flag: pdu.priority_flag ?? 0,
    registered_delivery: pdu.registered_delivery ?? 0,
    replace_if_present_flag: pdu.replace_if_present_flag ?? 0,
    data_coding: pdu.data_coding ?? 0,
    sm_default_msg_id: pdu.sm_default_msg_id ?? 0,
    short_message: octets.toString('hex'),
    tlvs: tlvsOf(frame, mandatory),
  };
}

function textOf(value: string | Date | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** Optional parameters from an offset on: tag, length, value (SMPP 3.4 §3.2.4.1). The first of a repeated tag counts. */
function tlvsOf(frame: Buffer, start: number): Record<string, string> {
  const tlvs: Record<string, string> = {};
  let offset = start;
  while (offset + 4 <= frame.length) {
    const tag = frame.toString('hex', offset, offset + 2);
    const end = offset + 4 + frame.readUInt16BE(offset + 2);
    tlvs[tag] ??= frame.toString('hex', offset + 4, end);
    offset = end;
  }
  return tlvs;
}

/** Tags of the optional parameters that anything here reads (SMPP 3.4 §5.3.2). */
export const TLV = {
  receiptedMessageId: 0x001e,
  sarReference: 0x020c,
  sarTotal: 0x020e,
  sarSequence: 0x020f,
  networkErrorCode: 0x0423,
  messagePayload: 0x0424,
  messageState: 0x0427,
} as const;

/** The octets of an optional parameter; `null` when it is not there. */
export function tlvOf(facts: SmppFacts, tag: number): Buffer | null {
  const hex = facts.tlvs[tag.toString(16).padStart(4, '0')];
  return hex === undefined ? null : Buffer.from(hex, 'hex');
}

/** Where a part stands in its message. */
export type Concatenation = { readonly reference: number; readonly total: number; readonly sequence: number };

/** The octets of a short message without its header, and what the header says. */
export type UserData = { readonly octets: Buffer; readonly part: Concatenation | null };

const UDH_INDICATOR = 0x40;
/** Information elements of concatenation, with references of 8 and 16 bits (3GPP TS 23.040 §9.2.3.24.1, §9.2.3.24.8). */
const CONCATENATION_8 = 0x00;
const CONCATENATION_16 = 0x08;

/** Takes a short message, or its `message_payload`, apart; the header of a part stands in it or in `sar_` parameters. */
export function userDataOf(facts: SmppFacts): UserData {
  const short = Buffer.from(facts.short_message, 'hex');
  const whole = short.length > 0 ? short : (tlvOf(facts, TLV.messagePayload) ?? short);
  const headerEnd = (whole[0] ?? 0) + 1;
  if ((facts.esm_class & UDH_INDICATOR) === 0 || headerEnd > whole.length) {
    return { octets: whole, part: sarOf(facts) };
  }
  return { octets: whole.subarray(headerEnd), part: udhOf(whole.subarray(1, headerEnd)) ?? sarOf(facts) };
}

function udhOf(header: Buffer): Concatenation | null {
  let offset = 0;
  while (offset + 2 <= header.length) {
    const element = header[offset];
    const end = offset + 2 + (header[offset + 1] ?? 0);
    const value = header.subarray(offset + 2, end);
    if (element === CONCATENATION_8 && value.length === 3) {
      return partOf(value.readUInt8(0), value.readUInt8(1), value.readUInt8(2));
    }
    if (element === CONCATENATION_16 && value.length === 4) {
      return partOf(value.readUInt16BE(0), value.readUInt8(2), value.readUInt8(3));
    }
    offset = end;
  }
  return null;
}

function sarOf(facts: SmppFacts): Concatenation | null {
  const reference = tlvOf(facts, TLV.sarReference);
  const total = tlvOf(facts, TLV.sarTotal)?.[0];
  const sequence = tlvOf(facts, TLV.sarSequence)?.[0];
  if (reference?.length !== 2 || total === undefined || sequence === undefined) return null;
  return partOf(reference.readUInt16BE(0), total, sequence);
}

/** A header that makes no sense makes the message one of its own (3GPP TS 23.040 §9.2.3.24.1). */
function partOf(reference: number, total: number, sequence: number): Concatenation | null {
  return total > 1 && sequence >= 1 && sequence <= total ? { reference, total, sequence } : null;
}

/** `report` for receipts of any kind, `inbox` for what a phone sent. */
export function kindOf(facts: SmppFacts): 'report' | 'inbox' {
  // Message types in bits 5 to 2 (SMPP 3.4 §5.2.12); some servers leave them out and only add the optional parameter.
  if ((facts.esm_class & 0x3c) !== 0) return 'report';
  return tlvOf(facts, TLV.receiptedMessageId) === null ? 'inbox' : 'report';
}
