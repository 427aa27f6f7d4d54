import { hasBangla } from './bangla.ts';
import { isGsm7, SEPTETS } from './gsm7.ts';

/** A character that makes the whole text UCS-2. */
export type ForcingChar = {
  readonly char: string;
  /** UTF-16 index of the character in the text. */
  readonly index: number;
  /** UTF-16 units it takes: 1, 2 for a surrogate pair, more for a letter with combining marks. */
  readonly length: number;
  /** What can stand there in GSM-7 without changing what is read; empty to leave it out; `null` when nothing can. */
  readonly replacement: string | null;
};

const TWINS = new Map<number, string>();

/** Every character of `chars` can be written as `twin`. */
function twin(chars: string, written: string): void {
  for (const char of chars) TWINS.set(char.codePointAt(0) ?? 0, written);
}

twin('\u2018\u2019\u201a\u201b\u2032\u2039\u203a\u02b9\u02bb\u02bc\u00b4`', "'");
twin('\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb', '"');
twin('\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2022\u2043', '-');
twin('\u2026', '...');
twin(
  '\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000',
  ' ',
);
twin('\u000b\u0085\u2028\u2029', '\n');
twin('\u00b7', '.');
twin('\u2044\u2215', '/');
twin('\u00d7', 'x');
twin('\u00a9', '(C)');
twin('\u00ae', '(R)');
twin('\u2122', '(TM)');
twin('\u20b9', 'Rs');
twin('\u2126', '\u03a9');
twin('\u212b', '\u00c5');
twin('\ufb01', 'fi');
twin('\ufb02', 'fl');
/* Full-width forms of ASCII, as East Asian keyboards write them; the backtick's twin is the apostrophe. */
for (let code = 0x21; code <= 0x7e; code++) {
  TWINS.set(code + 0xfee0, code === 0x60 ? "'" : String.fromCharCode(code));
}

const TAKA = 0x09f3;

/** Marks that are not seen and, between GSM-7 characters, do nothing: soft hyphen, joiners, direction marks, BOM. */
const INVISIBLE =
  /^[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff]$/u;

/**
 * Finds every character that is outside GSM-7, in order, with its GSM-7 twin where one exists. An invisible mark may be
 * left out only where it does nothing: beside Bangla or inside an emoji a joiner changes what is read, so it has no twin
 * there. A Latin letter written with a separate combining accent is reported whole when its one-character form is GSM-7.
 * Bangla never has a twin; the taka sign has one only in a text without Bangla.
 */
export function unicodeForcing(text: string): ForcingChar[] {
  const found: ForcingChar[] = [];
  const takaTwin = hasBangla(text) ? null : 'Tk';
  for (let index = 0; index < text.length;) {
    if (SEPTETS[text.charCodeAt(index)]) {
      const composed = composedAt(text, index);
      if (composed) found.push(composed);
      index += composed?.length ?? 1;
      continue;
    }
    const code = text.codePointAt(index) ?? 0;
    const char = String.fromCodePoint(code);
    let replacement = TWINS.get(code) ?? null;
    if (code === TAKA) replacement = takaTwin;
    else if (INVISIBLE.test(char) && isIdleAt(text, index)) replacement = '';
    found.push({ char, index, length: char.length, replacement });
    index += char.length;
  }
  return found;
}

/** A GSM-7 letter followed by combining marks, when both together have a GSM-7 form (e + ◌́ = é). */
function composedAt(text: string, index: number): ForcingChar | null {
  let end = index + 1;
  while (text.charCodeAt(end) >= 0x300 && text.charCodeAt(end) <= 0x36f) end++;
  if (end === index + 1) return null;
  const char = text.slice(index, end);
  const replacement = char.normalize('NFC');
  return isGsm7(replacement) ? { char, index, length: char.length, replacement } : null;
}

/** Whether the nearest visible neighbours on both sides are GSM-7 characters, have a twin, or are the text's ends. */
function isIdleAt(text: string, index: number): boolean {
  return isPlainFrom(text, index, -1) && isPlainFrom(text, index, 1);
}

function isPlainFrom(text: string, index: number, step: 1 | -1): boolean {
  let at = index + step;
  while (at >= 0 && at < text.length && INVISIBLE.test(text.charAt(at))) at += step;
  if (at < 0 || at >= text.length) return true;
  const code = text.charCodeAt(at);
  return Boolean(SEPTETS[code]) || TWINS.has(code);
}

/** Writes the GSM-7 twin for every character that has one; the others stay as they are. */
export function replaceForcing(text: string): string {
  let result = '';
  let from = 0;
  for (const { index, length, replacement } of unicodeForcing(text)) {
    if (replacement === null) continue;
    result += text.slice(from, index) + replacement;
    from = index + length;
  }
  return result + text.slice(from);
}
