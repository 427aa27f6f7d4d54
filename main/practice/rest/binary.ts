import type { SubmissionItem } from '../core/submission.ts';
import { mayNumber, mayObject, needText, refuseField, type Body } from './body.ts';

const UCS2 = 8;
const HAS_HEADER = 0x40;

/**
 * Reads `binary`: `hex` in byte pairs, with or without blanks between them, `dataCoding` and `esmClass`, 0 when absent
 * (facts of the platform, "Binary"). The text of the item is what a phone would show of data coding 8, otherwise the hex.
 */
export function readBinary(body: Body): Pick<SubmissionItem, 'text' | 'binary'> {
  const given = mayObject(body, 'binary') ?? refuseField('binary', 'must be an object');
  const hex = needText(given, 'hex').replaceAll(/\s/g, '').toUpperCase();
  if (hex === '' || hex.length % 2 !== 0 || !/^[0-9A-F]+$/.test(hex)) {
    refuseField('hex', 'must be pairs of hexadecimal digits');
  }
  const dataCoding = octet(given, 'dataCoding');
  const esmClass = octet(given, 'esmClass');
  const plain = dataCoding === UCS2 && (esmClass & HAS_HEADER) === 0 && hex.length % 4 === 0;
  return { text: plain ? ucs2Text(hex) : hex, binary: { hex, dataCoding, esmClass } };
}

function octet(body: Body, name: string): number {
  const value = mayNumber(body, name) ?? 0;
  return value > 255 ? refuseField(name, 'must be from 0 to 255') : value;
}

function ucs2Text(hex: string): string {
  return Buffer.from(hex, 'hex').swap16().toString('utf16le');
}
