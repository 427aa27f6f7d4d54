import smpp from 'smpp';

/** Longest PDU taken, in octets: what the codec decodes at most, far more than the longest text needs. */
export const LONGEST_PDU = 16_384;

/**
 * A PDU with every field as it was sent: texts stay octets and times stay strings, so that the gateway reads them by
 * its own rules and its own clock.
 */
export class RawPdu extends smpp.PDU {
  protected override _filter(): void {
    // The codec would decode texts and times here, by its own clock and with an undeclared variable on the way.
  }
}

/** Decodes the octets of one PDU, or gives `null` when fields in it reach beyond its end. */
export function decode(octets: Buffer): RawPdu | null {
  try {
    return new RawPdu(octets);
  } catch (error) {
    // Reading past the end of a buffer is how the codec meets a damaged PDU.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** An optional parameter that the codec has no name for. */
export type VendorTlv = { readonly tag: number; readonly value: string };

/** The octets of a PDU with optional parameters of the vendor at its end. */
export function encode(pdu: smpp.PDU, tlvs: readonly VendorTlv[] = []): Buffer {
  const more = tlvs.map(({ tag, value }) => {
    const text = Buffer.from(`${value}\0`, 'ascii');
    const head = Buffer.alloc(4);
    head.writeUInt16BE(tag, 0);
    head.writeUInt16BE(text.length, 2);
    return Buffer.concat([head, text]);
  });
  const octets = Buffer.concat([pdu.toBuffer(), ...more]);
  octets.writeUInt32BE(octets.length, 0);
  return octets;
}

/** `generic_nack` for a request (SMPP 3.4 §4.3). */
export function genericNack(sequence: number, status: number): smpp.PDU {
  return new smpp.PDU('generic_nack', { sequence_number: sequence, command_status: status });
}
