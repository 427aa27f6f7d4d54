/** What a file that is no workbook is by its content; `foreign`: nothing that holds a table. */
export type FileKind = 'vcard' | 'text' | 'foreign';

const PACKED = [0x50, 0x4b];
const OLD_WORKBOOK = [0xd0, 0xcf, 0x11, 0xe0];

/** First bytes of files that people take for a list or rename to one. */
const FOREIGN: readonly (readonly number[])[] = [
  [0x25, 0x50, 0x44, 0x46], // PDF
  [0x89, 0x50, 0x4e, 0x47], // PNG
  [0xff, 0xd8, 0xff], // JPEG
  [0x47, 0x49, 0x46, 0x38], // GIF
  [0x1f, 0x8b], // gzip
  [0x37, 0x7a, 0xbc, 0xaf], // 7z
  [0x52, 0x61, 0x72, 0x21], // RAR
  [0x4d, 0x5a, 0x90], // program
  [0x7f, 0x45, 0x4c, 0x46], // program
  [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65, 0x20, 0x66], // database
  [0x7b, 0x5c, 0x72, 0x74, 0x66], // RTF
];

const MARKUP = /^\s*<(?:!doctype|html|head|body|table|\?xml|style|meta|div)\b/i;
/** Characters that no text has. */
const CONTROL = /[^\P{Cc}\t\n\v\f\r]/gu;
/** Share of such characters that makes a file no text. NUL is counted apart: some programs pad with it. */
const MOST_CONTROL = 0.05;
const MOST_NULS = 0.5;

const begins = (start: Uint8Array, bytes: readonly number[]): boolean =>
  bytes.every((one, at) => start[at] === one);

/** Whether the first bytes of a file are those of a workbook, packed or old. */
export const isWorkbook = (start: Uint8Array): boolean =>
  begins(start, PACKED) || begins(start, OLD_WORKBOOK);

/**
 * Tells what a file is that is no workbook, whatever its name says.
 *
 * @param start its first bytes
 * @param text the same as text
 */
export function kindOf(start: Uint8Array, text: string): FileKind {
  if (FOREIGN.some((bytes) => begins(start, bytes)) || MARKUP.test(text)) return 'foreign';
  if (/^[\s\ufeff]*BEGIN:VCARD\s*$/im.test(text.slice(0, 2_000)) && /^\s*BEGIN:VCARD/i.test(text))
    return 'vcard';
  const control = text.match(CONTROL) ?? [];
  const nuls = control.filter((one) => one === '\0').length;
  if (control.length - nuls > text.length * MOST_CONTROL) return 'foreign';
  return nuls > text.length * MOST_NULS ? 'foreign' : 'text';
}
