import smpp from 'smpp';

/** How the gateway reads a `data_coding` (SMPP 3.4 §5.2.19; 3GPP TS 23.038 §4 for those of message class 0). */
export type Coding = {
  readonly alphabet: 'gsm' | 'latin1' | 'ucs2' | 'octets';
  /** Message class 0: shown at once and not kept. */
  readonly flash: boolean;
};

const CODINGS: ReadonlyMap<number, Coding> = new Map([
  [0x00, { alphabet: 'gsm', flash: false }],
  [0x01, { alphabet: 'gsm', flash: false }],
  [0x03, { alphabet: 'latin1', flash: false }],
  [0x04, { alphabet: 'octets', flash: false }],
  [0x08, { alphabet: 'ucs2', flash: false }],
  [0x10, { alphabet: 'gsm', flash: true }],
  [0x18, { alphabet: 'ucs2', flash: true }],
  [0xf0, { alphabet: 'gsm', flash: true }],
]);

/** The meaning of a `data_coding`, or `null` for one the gateway does not take. */
export function codingOf(dataCoding: number): Coding | null {
  return CODINGS.get(dataCoding) ?? null;
}

/** The text of octets: GSM unpacked, one octet a septet. `null` for octets that are no text at all. */
export function decodeText(alphabet: Coding['alphabet'], octets: Buffer): string | null {
  if (alphabet === 'octets') return '';
  if (alphabet === 'latin1') return octets.toString('latin1');
  if (alphabet === 'gsm')
    return octets.some((octet) => octet > 0x7f) ? null : smpp.encodings.ASCII.decode(octets);
  return octets.length % 2 === 0 ? smpp.encodings.UCS2.decode(octets) : null;
}

/** A text cut into parts as they go over the air, each with its header when there are several. */
export type EncodedText = { readonly dataCoding: number; readonly parts: readonly Buffer[] };

/** Octets of a part: alone, and behind a concatenation header of 6 octets (which takes 7 septets). */
const GSM_PART = { alone: 160, each: 153 };
const UCS2_PART = { alone: 140, each: 134 };
const MOST_PARTS = 255;

/** Encodes a text from a phone: GSM when it can be, else UCS-2. `reference` (0 to 255) marks parts of one message. */
export function encodeText(text: string, reference: number): EncodedText {
  const gsm = smpp.encodings.ASCII.match(text);
  const room = gsm ? GSM_PART : UCS2_PART;
  const pieces: Buffer[][] = [[]];
  let [used, whole] = [0, 0];
  for (const char of text) {
    // Character by character: an escape pair or a surrogate pair must not be cut in two.
    const octets = gsm ? smpp.encodings.ASCII.encode(char) : smpp.encodings.UCS2.encode(char);
    if (used + octets.length > room.each) {
      pieces.push([]);
      used = 0;
    }
    pieces.at(-1)?.push(octets);
    used += octets.length;
    whole += octets.length;
  }
  const dataCoding = gsm ? 0x00 : 0x08;
  if (whole <= room.alone) return { dataCoding, parts: [Buffer.concat(pieces.flat())] };
  const kept = pieces.slice(0, MOST_PARTS);
  return {
    dataCoding,
    parts: kept.map((piece, index) =>
      Buffer.concat([Buffer.from([5, 0, 3, reference & 0xff, kept.length, index + 1]), ...piece]),
    ),
  };
}
