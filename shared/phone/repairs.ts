import { bareNumber, hasInvisibleMarks, plainWriting } from './clean.ts';
import { foldDigits } from './digits.ts';
import type { Repair } from './msisdn.ts';

const UNDAMAGED = /^(?:(?:00|\+)?8800?|\+?0)1[3-9]\d{8}$/;
/** Digits and what people divide them with: nothing that a spreadsheet adds. */
const DIVIDED = /^[\d +()-]*$/;
const LOST_ZERO = /^1[3-9]\d{8}$/;
const QUOTES = /["'`=\u2018\u2019\u201c\u201d]/;
const EVERY_QUOTE = new RegExp(QUOTES, 'g');
const TRAILING_ZERO = /^[+\d\s-]+[.,]0+$/;
const EXPONENT = /^\+?\d+(?:\.\d+)?e\+?\d{1,3}$/i;

/**
 * What had to be mended to read a number that was read, in the order in which it is undone; empty for usual writing.
 *
 * @param input the number as it was written
 * @param msisdn what it was read as
 */
export function repairsOf(input: string, msisdn: string): readonly Repair[] {
  if (UNDAMAGED.test(input)) return [];
  if (DIVIDED.test(input)) {
    const digits = input.replace(/[ ()-]/g, '');
    return msisdn.startsWith('880') && LOST_ZERO.test(digits) ? ['lost-zero'] : [];
  }
  const repairs: Repair[] = [];
  const plain = plainWriting(input);
  if (hasInvisibleMarks(input) || QUOTES.test(plain)) repairs.push('marks');
  if (foldDigits(input) !== input) repairs.push('digits');
  const unquoted = plain.replace(EVERY_QUOTE, '').trim();
  if (TRAILING_ZERO.test(unquoted)) repairs.push('trailing-zero');
  const exponent = EXPONENT.test(unquoted.replace(/\s/g, ''));
  if (exponent) repairs.push('exponent');
  const bare = exponent ? unquoted.replace(/e.*$/i, '').replace(/\D/g, '') : bareNumber(plain);
  if (msisdn.startsWith('880') && LOST_ZERO.test(bare)) repairs.push('lost-zero');
  return repairs;
}
