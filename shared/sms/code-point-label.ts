const NAMES = new Map<number, string>([
  [0x09, 'TAB'],
  [0x0a, 'LF'],
  [0x0c, 'FF'],
  [0x0d, 'CR'],
  [0x20, 'space'],
  [0xa0, 'NBSP'],
  [0xad, 'SHY'],
  [0x200c, 'ZWNJ'],
  [0x200d, 'ZWJ'],
  [0x200e, 'LRM'],
  [0x200f, 'RLM'],
  [0x202f, 'NNBSP'],
  [0xfeff, 'BOM'],
]);

/** Controls, format marks, separators, combining marks, lone surrogates, private and unassigned characters. */
const UNSEEN = /^[\p{C}\p{Z}\p{M}]$/u;

/**
 * A printable name for one character: itself when it can be seen, a short name for a well-known invisible one (`NBSP`,
 * `ZWJ`), otherwise its code (`U+200B`). Of a longer string only the first code point is looked at when it is unseen.
 */
export function codePointLabel(char: string): string {
  const code = char.codePointAt(0);
  if (code === undefined) return '';
  if (!UNSEEN.test(String.fromCodePoint(code))) return char;
  return NAMES.get(code) ?? `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}
