/** Letters, signs and digits of the Bengali block, without the taka sign (U+09F3) that English texts use as well. */
const BANGLA = /[\u0980-\u09f1\u09f4-\u09fe]/;

/** Whether the text is written in Bangla, at least in part. A taka sign alone does not make it so. */
export function hasBangla(text: string): boolean {
  return BANGLA.test(text);
}

const PAIRS: Readonly<Record<string, string>> = {
  '\u09af\u09bc': '\u09df',
  '\u09a1\u09bc': '\u09dc',
  '\u09a2\u09bc': '\u09dd',
  '\u09c7\u09be': '\u09cb',
  '\u09c7\u09d7': '\u09cc',
};

/**
 * Writes two-unit Bangla letters and vowel signs as the one unit they are canonically equal to (য + ় = য়, ে + া = ো):
 * the same text to every reader, one unit cheaper each. The opposite of NFC, which takes য় ড় ঢ় apart (Unicode
 * composition exclusions). Joiners are kept.
 */
export function foldBangla(text: string): string {
  return text.replace(/[\u09af\u09a1\u09a2]\u09bc|\u09c7[\u09be\u09d7]/g, (pair) => PAIRS[pair] ?? pair);
}

/**
 * Writes the old spelling of khanda ta (ত + ্ + ZWJ, three units) as ৎ (U+09CE). It looks the same but is not canonically
 * equal, so this is only for an offer that the writer sees and accepts.
 */
export function foldKhandaTa(text: string): string {
  return text.replace(/\u09a4\u09cd\u200d/g, '\u09ce');
}
