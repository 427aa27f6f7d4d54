import { foldDigits } from './digits.ts';

/** Marks that are not seen and come along when a number is copied from a web page or a chat. */
const INVISIBLE = /[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]/g;

const PLAIN = /^[ -~]*$/;

/** Whether a text holds marks that are not seen. */
export const hasInvisibleMarks = (text: string): boolean => !PLAIN.test(text) && text.search(INVISIBLE) >= 0;

/** Writes every decimal digit as 0–9, takes out invisible marks, and makes dashes, plus signs and blanks plain. */
export function plainWriting(text: string): string {
  if (PLAIN.test(text)) return text.trim();
  return foldDigits(text)
    .replace(INVISIBLE, '')
    .replace(/[\u2010-\u2015\u2212\uff0d]/g, '-')
    .replace(/\uff0b/g, '+')
    .replace(/\s/g, ' ')
    .trim();
}

const LABEL =
  /^(?:tel(?:ephone)?|mob(?:ile)?|cell|phone|ph|contact|no|m|মোবাইল|মোবা|ফোন|নম্বর|নং)[\s.:#-]*(?=[+(\d])/iu;
const EXTENSION = /[\s,]*(?:ext(?:ension|n)?|x|#)[\s.:]*\d{1,6}$/i;
/** Digits, with what a spreadsheet puts behind a number at most. */
const DIGITS = /^(\+?\d+)(?:[.,]0+)?$/;
const NOTE_BEFORE = /^[([][^)\]\d+]*[)\]]\s*/;
const NOTE_AFTER = /\s*[([][^)\]\d+]*[)\]]$/;

/**
 * Takes off what people and spreadsheets put around a number: labels (`Mob:`), notes in brackets, an extension, quotes, a
 * formula sign, a trailing `.0`, and the blanks, dots, dashes and brackets inside it. What is left of a number is digits
 * with at most a leading plus; anything else is left standing, so that it can be told apart.
 *
 * @param plain a text that {@link plainWriting} gave
 */
export function bareNumber(plain: string): string {
  const digits = DIGITS.exec(plain);
  if (digits) return digits[1] ?? '';
  const bare = plain
    .replace(/^tel:/i, '')
    .replace(/["'`=\u2018\u2019\u201c\u201d]/g, '')
    .trim()
    .replace(NOTE_BEFORE, '')
    .replace(NOTE_AFTER, '')
    .replace(LABEL, '')
    .replace(EXTENSION, '')
    .replace(/^([+\d\s-]+)[.,]0+$/, '$1');
  return bare.replace(/[\s().[\]{}_-]/g, '').replace(/^\++/, '+');
}
