/** Decimal digits of Arabic, Persian, Devanagari, Bangla and full-width writing. */
const FOREIGN_DIGIT = /[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u09e6-\u09ef\uff10-\uff19]/g;

/** Each row of ten starts at a multiple of 16, the two Indic ones six later. */
function asciiDigit(digit: string): string {
  const code = digit.charCodeAt(0);
  return String((code < 0x0900 || code > 0x09ff ? code : code - 6) & 0x0f);
}

/** Writes every decimal digit of those scripts as 0–9 and changes nothing else, so indexes into the text stay. */
export const foldDigits = (text: string): string => text.replace(FOREIGN_DIGIT, asciiDigit);
