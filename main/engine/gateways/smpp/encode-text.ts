import smpp from 'smpp';
import { isGsm7 } from '#shared/sms/gsm7.ts';
import { splitParts } from '#shared/sms/parts.ts';

/** A text as octets. `dataCoding` is the field of SMPP 3.4 §5.2.19. */
export type EncodedText = {
  readonly dataCoding: number;
  /** The octets of each part, without headers; never empty. */
  readonly parts: readonly Buffer[];
  /** The octets of the whole text. */
  readonly whole: Buffer;
};

/** How a text is to be encoded: `gsmCoding` is the `data_coding` of texts in the GSM alphabet. */
export type TextCoding = { readonly flash: boolean; readonly gsmCoding: 0 | 1 | 3 };

/** `data_coding` of messages that are shown at once, class 0 (3GPP TS 23.038 §4, group 00xx with a class). */
const FLASH_GSM = 0x10;
const FLASH_UCS2 = 0x18;
const LATIN1 = 0x03;
const UCS2 = 0x08;

/**
 * Encodes a text and cuts it where it is counted. The GSM alphabet goes unpacked, one octet a septet; as Latin-1 only where every
 * character has a place in it and no class is asked for, which `data_coding` 3 cannot carry; all else in UCS-2.
 */
export function encodeText(text: string, { flash, gsmCoding }: TextCoding): EncodedText {
  if (!isGsm7(text)) return encoded(text, flash ? FLASH_UCS2 : UCS2, smpp.encodings.UCS2.encode);
  if (flash) return encoded(text, FLASH_GSM, smpp.encodings.ASCII.encode);
  if (gsmCoding !== LATIN1) return encoded(text, gsmCoding, smpp.encodings.ASCII.encode);
  // What Latin-1 lacks of the GSM alphabet: Greek capitals and the euro sign.
  if (/[^\0-\u00ff]/.test(text)) return encoded(text, 0, smpp.encodings.ASCII.encode);
  return encoded(text, LATIN1, smpp.encodings.LATIN1.encode);
}

function encoded(text: string, dataCoding: number, encode: (text: string) => Buffer): EncodedText {
  const parts = splitParts(text).parts.map((part) => encode(part.text));
  return { dataCoding, parts: parts.length === 0 ? [Buffer.alloc(0)] : parts, whole: Buffer.concat(parts) };
}

/** Decodes what a phone sent, by its `data_coding`. Octets of no alphabet, such as pictures and ring tones, are given as hex. */
export function decodeText(octets: Buffer, dataCoding: number): string {
  switch (alphabetOf(dataCoding)) {
    case 'gsm':
      // An escape that stands before nothing of the extension table is shown as a blank (3GPP TS 23.038 §6.2.1).
      return smpp.encodings.ASCII.decode(octets).replaceAll('\u001b', ' ');
    case 'ucs2':
      return smpp.encodings.UCS2.decode(octets);
    case 'latin1':
      return smpp.encodings.LATIN1.decode(octets);
    case 'octets':
      return octets.toString('hex');
  }
}

function alphabetOf(dataCoding: number): 'gsm' | 'ucs2' | 'latin1' | 'octets' {
  // Group 1111: a class, and bit 2 for 8-bit data (3GPP TS 23.038 §4).
  if ((dataCoding & 0xf0) === 0xf0) return (dataCoding & 0x04) === 0 ? 'gsm' : 'octets';
  // Groups 0001 to 0111: bits 3 and 2 are the alphabet.
  if (dataCoding >= 0x10) {
    const alphabet = dataCoding & 0x0c;
    return alphabet === 0x08 ? 'ucs2' : alphabet === 0x04 ? 'octets' : 'gsm';
  }
  if (dataCoding <= 1) return 'gsm';
  if (dataCoding === UCS2) return 'ucs2';
  return dataCoding === 2 || dataCoding === 4 ? 'octets' : 'latin1';
}
