/**
 * How many parts the gateway bills for a text. Written for the practice gateway alone, so that a wrong count in
 * the client's part meter shows as a different `smsCount`.
 */

const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
  '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const EXTENSION = '\f^{}\\[~]|€';

/** Septets a UTF-16 unit takes in the GSM 7-bit alphabet (3GPP TS 23.038 §6.2.1); absent: not in the alphabet. */
const SEPTETS: ReadonlyMap<string, number> = new Map([
  ...[...BASIC].map((char) => [char, 1] as const),
  ...[...EXTENSION].map((char) => [char, 2] as const),
]);

/** How a text fills its parts. */
export type Filling = {
  readonly parts: number;
  /** Units of the alphabet (septets, or UTF-16 units) that still go into the last part. */
  readonly remaining: number;
};

/**
 * How a text fills SMS parts: 160 septets in one part or 153 in each of several when every character is in the GSM
 * alphabet, otherwise 70 or 67 UTF-16 units. An escape pair or a surrogate pair is never cut in two. `unicode` forces
 * the one (true) or the other (false; a character that is not in the alphabet becomes one septet).
 */
export function fillParts(text: string, unicode: boolean | null = null): Filling {
  const septets = unicode === true ? null : gsmWidths(text);
  if (septets !== null) return fill(septets, 160, 153);
  if (unicode === false)
    return fill(
      [...text].map((char) => SEPTETS.get(char) ?? 1),
      160,
      153,
    );
  return fill(ucs2Widths(text), 70, 67);
}

/** Number of SMS parts of a text; see {@link fillParts}. */
export function partCount(text: string, unicode: boolean | null = null): number {
  return fillParts(text, unicode).parts;
}

/** Number of SMS parts of that many octets of user data: 140 in one part, or 134 in each of several. */
export function octetPartCount(octets: number): number {
  return octets <= 140 ? 1 : Math.ceil(octets / 134);
}

function gsmWidths(text: string): number[] | null {
  const widths: number[] = [];
  for (const char of text) {
    const width = SEPTETS.get(char);
    if (width === undefined) return null;
    widths.push(width);
  }
  return widths;
}

function ucs2Widths(text: string): number[] {
  const widths: number[] = [];
  for (const char of text) widths.push(char.length);
  return widths;
}

function fill(widths: readonly number[], single: number, each: number): Filling {
  let total = 0;
  for (const width of widths) total += width;
  if (total <= single) return { parts: 1, remaining: single - total };
  let parts = 1;
  let used = 0;
  for (const width of widths) {
    if (used + width > each) {
      parts += 1;
      used = 0;
    }
    used += width;
  }
  return { parts, remaining: each - used };
}
