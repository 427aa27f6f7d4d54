import { SEPTETS } from './gsm7.ts';

/** How a text travels: seven-bit GSM characters, or UTF-16 code units for everything else (3GPP TS 23.038 §4). */
export type Encoding = 'GSM-7' | 'UCS-2';

/** What a text costs, in the units the network bills. */
export type PartCount = {
  readonly encoding: Encoding;
  /** Septets in GSM-7 (extension characters are two), UTF-16 code units in UCS-2. */
  readonly units: number;
  /** SMS parts that are sent and paid. An empty text has none. */
  readonly parts: number;
  /** Units one part holds at this length: 160 or 153 in GSM-7, 70 or 67 in UCS-2. */
  readonly perPart: number;
  /** Units that still fit at the end without another part. */
  readonly unitsLeft: number;
};

/** One part of a text. `start` and `end` (exclusive) are UTF-16 indexes into the whole text. */
export type Part = {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly units: number;
};

/** A text cut the way it is sent. An empty text has no parts. */
export type SplitText = { readonly encoding: Encoding; readonly parts: readonly Part[] };

/*
 * 140 octets of user data are 160 septets or 70 code units; in a text of several parts six octets of each are the
 * concatenation header (3GPP TS 23.040 §9.2.3.24.1), which leaves 153 or 67.
 */
const GSM_SINGLE = 160;
const GSM_MULTI = 153;
const UCS_SINGLE = 70;
const UCS_MULTI = 67;

/**
 * Counts the parts of a text as the network bills them. An escape pair or a surrogate pair that would straddle two
 * parts moves to the later one, which can cost a part more than dividing would say. The text is counted as it stands,
 * never normalised: NFC would make Bangla longer.
 *
 * @returns zero units and zero parts for an empty text
 */
export function countParts(text: string): PartCount {
  const length = text.length;
  let units = 0;
  let parts = 1;
  let used = 0;
  for (let i = 0; i < length; i++) {
    const septets = SEPTETS[text.charCodeAt(i)];
    if (!septets) return countUcs2(text);
    units += septets;
    used += septets;
    if (used > GSM_MULTI) {
      parts++;
      used = septets;
    }
  }
  if (units <= GSM_SINGLE) return count('GSM-7', units, units === 0 ? 0 : 1, GSM_SINGLE, units);
  return count('GSM-7', units, parts, GSM_MULTI, used);
}

/** UCS-2 needs no look at each character: only the ones beside a boundary can change where it falls. */
function countUcs2(text: string): PartCount {
  const length = text.length;
  if (length <= UCS_SINGLE) return count('UCS-2', length, 1, UCS_SINGLE, length);
  let parts = 1;
  let start = 0;
  while (length - start > UCS_MULTI) {
    start = ucs2Boundary(text, start);
    parts++;
  }
  return count('UCS-2', length, parts, UCS_MULTI, length - start);
}

function count(
  encoding: Encoding,
  units: number,
  parts: number,
  perPart: number,
  usedInLast: number,
): PartCount {
  return { encoding, units, parts, perPart, unitsLeft: perPart - usedInLast };
}

/** Where the part that begins at `start` ends, in a text that goes on beyond it. */
function ucs2Boundary(text: string, start: number): number {
  const end = start + UCS_MULTI;
  const before = text.charCodeAt(end - 1);
  if (before < 0xd800 || before > 0xdbff) return end;
  const after = text.charCodeAt(end);
  return after >= 0xdc00 && after <= 0xdfff ? end - 1 : end;
}

/**
 * Cuts a text into the parts that {@link countParts} counts, to draw their boundaries. The parts joined are the text;
 * no escape pair and no surrogate pair is divided; a lone surrogate counts as one unit.
 */
export function splitParts(text: string): SplitText {
  const { encoding, units, parts: total } = countParts(text);
  if (total === 0) return { encoding, parts: [] };
  if (total === 1) return { encoding, parts: [{ text, start: 0, end: text.length, units }] };
  return { encoding, parts: encoding === 'GSM-7' ? splitGsm7(text) : splitUcs2(text) };
}

function splitGsm7(text: string): Part[] {
  const parts: Part[] = [];
  let start = 0;
  let used = 0;
  for (let i = 0; i < text.length; i++) {
    const septets = SEPTETS[text.charCodeAt(i)] ?? 0;
    if (used + septets > GSM_MULTI) {
      parts.push({ text: text.slice(start, i), start, end: i, units: used });
      start = i;
      used = 0;
    }
    used += septets;
  }
  parts.push({ text: text.slice(start), start, end: text.length, units: used });
  return parts;
}

function splitUcs2(text: string): Part[] {
  const parts: Part[] = [];
  let start = 0;
  while (start < text.length) {
    const end = text.length - start > UCS_MULTI ? ucs2Boundary(text, start) : text.length;
    parts.push({ text: text.slice(start, end), start, end, units: end - start });
    start = end;
  }
  return parts;
}
