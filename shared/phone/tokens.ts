import type { Result } from '../result.ts';
import { plainWriting } from './clean.ts';
import { normaliseMsisdn, type NormalNumber, type RejectReason } from './msisdn.ts';

/** What always ends a number: line ends, tabs, commas and semicolons of several scripts, danda, slash, pipe, ampersand. */
const HARD_SEPARATOR =
  /[\n\r\t\v\f\u0085\u2028\u2029,\u060c\u3001\uff0c;\u061b\uff1b\u0964\u0965/\u2044|&\u2022]+/;

const BLANK = /\s/;

/** Longest text that is tried as one number although it has blanks inside. */
const LONGEST_NUMBER = 40;
/** Most pieces a single number is written in: +971 50 123 45 67. */
const MOST_WORDS = 6;
/** Longest word that can be a piece of a number, marks and dashes included. */
const LONGEST_FRAGMENT = 10;
/** So many digits are a number of their own, not a piece of one. */
const OWN_NUMBER = 7;

/** A piece of a list as it was written, and the number it is or the reason it is none. */
export type ReadNumber = { readonly input: string; readonly number: Result<NormalNumber, RejectReason> };

/**
 * Cuts a typed or pasted list into the pieces that each stand for one number, and reads them. A blank separates only
 * where that is unambiguous: `01712 345678` stays one, two whole numbers become two, and a number followed by a stray
 * group of digits stays together, so that half of a mistyped number is never sent to. Only separators are left out.
 */
export function readNumbers(input: string): ReadNumber[] {
  const found: ReadNumber[] = [];
  for (const piece of input.split(HARD_SEPARATOR)) {
    const text = piece.trim();
    if (text === '') continue;
    const number = text.length <= LONGEST_NUMBER || !BLANK.test(text) ? normaliseMsisdn(text) : null;
    if (number && (number.ok || !BLANK.test(text))) push(found, text, number);
    else readAtBlanks(text.split(/\s+/), found);
  }
  return found;
}

/** Adds a piece, unless it is made of invisible marks alone. */
function push(found: ReadNumber[], input: string, number: Result<NormalNumber, RejectReason>): void {
  if (number.ok || plainWriting(input) !== '') found.push({ input, number });
}

function readAtBlanks(words: readonly string[], found: ReadNumber[]): void {
  let pending: string[] = [];
  const flush = (): void => {
    if (pending.length > 0) push(found, pending.join(' '), normaliseMsisdn(pending.join(' ')));
    pending = [];
  };
  for (let at = 0; at < words.length;) {
    const good = numberAt(words, at);
    if (!good) {
      const word = words[at] ?? '';
      if (digitsIn(word) >= OWN_NUMBER && pending.some((one) => digitsIn(one) >= OWN_NUMBER)) flush();
      pending.push(word);
      at++;
      continue;
    }
    let end = at + good.words;
    while (isFragment(words[end] ?? '') && !numberAt(words, end)) end++;
    flush();
    const input = words.slice(at, end).join(' ');
    push(found, input, end === at + good.words ? good.number : normaliseMsisdn(input));
    at = end;
  }
  flush();
}

/** The good number that begins at `at`, in the fewest words that make one; `null` when none does. */
function numberAt(
  words: readonly string[],
  at: number,
): { words: number; number: Result<NormalNumber, never> } | null {
  for (let taken = 1; taken <= MOST_WORDS && at + taken <= words.length; taken++) {
    const number = normaliseMsisdn(words.slice(at, at + taken).join(' '));
    if (number.ok) return { words: taken, number };
  }
  return null;
}

function digitsIn(word: string): number {
  return plainWriting(word).replace(/\D/g, '').length;
}

/** A few digits alone: a piece of a number rather than a number. */
function isFragment(word: string): boolean {
  return (
    word.length <= LONGEST_FRAGMENT && /^[-.\d]+$/.test(plainWriting(word)) && digitsIn(word) < OWN_NUMBER
  );
}
