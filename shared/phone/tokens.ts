import { plainWriting } from './clean.ts';
import { normaliseMsisdn } from './msisdn.ts';

/** What always ends a number: line ends, tabs, commas and semicolons of several scripts, danda, slash, pipe, ampersand. */
const HARD_SEPARATOR =
  /[\n\r\t\v\f\u0085\u2028\u2029,\u060c\u3001\uff0c;\u061b\uff1b\u0964\u0965/\u2044|&\u2022]+/;

/** Longest text that is tried as one number although it has blanks inside. */
const LONGEST_NUMBER = 40;
/** Most pieces a single number is written in: +971 50 123 45 67. */
const MOST_WORDS = 6;
/** So many digits are a number of their own, not a piece of one. */
const OWN_NUMBER = 7;

/**
 * Cuts a typed or pasted list into the texts that each stand for one number, as they were written. A blank separates only
 * where that is unambiguous: `01712 345678` stays one, two whole numbers become two, and a number followed by a stray
 * group of digits stays together, so that half of a mistyped number is never sent to. Nothing but separators is left out.
 */
export function splitNumbers(input: string): string[] {
  const tokens: string[] = [];
  for (const piece of input.split(HARD_SEPARATOR)) {
    const text = piece.trim();
    if (text === '') continue;
    if (!/\s/.test(text) || (text.length <= LONGEST_NUMBER && normaliseMsisdn(text).ok)) tokens.push(text);
    else splitAtBlanks(text.split(/\s+/), tokens);
  }
  return tokens.filter((token) => plainWriting(token) !== '');
}

function splitAtBlanks(words: readonly string[], tokens: string[]): void {
  let pending: string[] = [];
  const flush = (): void => {
    if (pending.length > 0) tokens.push(pending.join(' '));
    pending = [];
  };
  for (let at = 0; at < words.length;) {
    let taken = numberAt(words, at);
    if (taken === 0) {
      const word = words[at] ?? '';
      if (digitsIn(word) >= OWN_NUMBER && pending.some((one) => digitsIn(one) >= OWN_NUMBER)) flush();
      pending.push(word);
      at++;
      continue;
    }
    while (isFragment(words[at + taken] ?? '') && numberAt(words, at + taken) === 0) taken++;
    flush();
    tokens.push(words.slice(at, at + taken).join(' '));
    at += taken;
  }
  flush();
}

/** How many words from `at` on are one good number; the fewest that are. 0 when none are. */
function numberAt(words: readonly string[], at: number): number {
  for (let taken = 1; taken <= MOST_WORDS && at + taken <= words.length; taken++) {
    if (normaliseMsisdn(words.slice(at, at + taken).join(' ')).ok) return taken;
  }
  return 0;
}

function digitsIn(word: string): number {
  return plainWriting(word).replace(/\D/g, '').length;
}

/** A few digits alone: a piece of a number rather than a number. */
function isFragment(word: string): boolean {
  return /^[-.\d]+$/.test(plainWriting(word)) && digitsIn(word) < OWN_NUMBER;
}
