/** Decimal digits of Arabic, Persian, Devanagari, Bangla and full-width writing. */
const FOREIGN_DIGIT = /[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u09e6-\u09ef\uff10-\uff19]/g;

/** The lowest code of each of those rows of ten, highest first. */
const ZEROS = [0xff10, 0x09e6, 0x0966, 0x06f0, 0x0660];

function asciiDigit(digit: string): string {
  const code = digit.charCodeAt(0);
  const zero = ZEROS.find((start) => start <= code) ?? code;
  return String(code - zero);
}

/** Writes every decimal digit of those scripts as 0–9 and changes nothing else, so indexes into the text stay. */
export const foldDigits = (text: string): string => text.replace(FOREIGN_DIGIT, asciiDigit);
