import { isAscii, isUtf8 } from 'node:buffer';
import type { FileHandle } from 'node:fs/promises';
import type { TextEncoding } from '#shared/ipc/imports.ts';

/** Bytes looked at in one go while the encoding is looked for. */
const LOOK = 262_144;
/** Bytes looked at in all: who writes no other letter in so many lines has a list of numbers. */
const LOOK_AT_MOST = 67_108_864;
/** Share of NUL bytes at one parity that makes a text UTF-16: separators and digits have one, Bangla letters have none. */
const UTF16_NULS = 0.08;

/** What the 32 bytes 0x80 to 0x9F of Windows-1252 stand for (WHATWG Encoding Standard, "Legacy single-byte encodings"). */
const WINDOWS_1252 =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f' +
  '\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178';

/** Encoding by the byte order mark at the start, or `null` without one. */
function encodingOfMark(start: Uint8Array): TextEncoding | null {
  if (start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf) return 'utf-8';
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be';
  return null;
}

/**
 * Guesses the encoding of a text file: byte order mark, then NUL bytes at one parity (UTF-16), then UTF-8 where the first bytes beyond
 * ASCII are mostly valid UTF-8, else Windows-1252. Reads on until something other than ASCII is met, at most 64 MB.
 */
export async function sniffEncoding(file: FileHandle): Promise<TextEncoding> {
  const buffer = Buffer.alloc(LOOK);
  for (let at = 0; ;) {
    const { bytesRead } = await file.read(buffer, 0, LOOK, at);
    const bytes = buffer.subarray(0, bytesRead);
    const wide = at === 0 ? (encodingOfMark(bytes) ?? wideWithoutMark(bytes)) : null;
    if (wide) return wide;
    if (bytesRead === 0 || at >= LOOK_AT_MOST) return 'utf-8';
    if (!isAscii(bytes)) return isUtf8(bytes) || mostlyUtf8(bytes) ? 'utf-8' : 'windows-1252';
    at += bytesRead;
  }
}

function wideWithoutMark(bytes: Uint8Array): TextEncoding | null {
  let even = 0;
  let odd = 0;
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] !== 0) continue;
    if (at % 2 === 0) even++;
    else odd++;
  }
  const least = (bytes.length / 2) * UTF16_NULS;
  if (odd > least && odd > even * 8) return 'utf-16le';
  return even > least && even > odd * 8 ? 'utf-16be' : null;
}

/** A broken byte, or a sequence that the end of the look cuts, does not make a UTF-8 text Windows-1252. */
function mostlyUtf8(bytes: Uint8Array): boolean {
  let good = 0;
  let bad = 0;
  for (let at = 0; at < bytes.length;) {
    const lead = bytes[at] ?? 0;
    const length =
      lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
    let follow = 1;
    while (follow < length && (bytes[at + follow] ?? 0) >> 6 === 2) follow++;
    if (length > 1 && follow === length) good++;
    else if (length !== 1 && at + length < bytes.length) bad++;
    at += Math.max(1, follow);
  }
  return good > 0 && good >= bad;
}

/** Turns the pieces of a file into text; a character may straddle two pieces, and what is invalid becomes U+FFFD. */
export type PieceDecoder = { decode(bytes: Uint8Array): string; end(): string };

/** Makes a decoder; a byte order mark at the start is left out. */
export function pieceDecoder(encoding: TextEncoding): PieceDecoder {
  if (encoding === 'windows-1252') return { decode: windows1252, end: () => '' };
  const decoder = new TextDecoder(encoding);
  return { decode: (bytes) => decoder.decode(bytes, { stream: true }), end: () => decoder.decode() };
}

/** By hand, because some releases of Node read the bytes 0x80 to 0x9F as control characters. */
function windows1252(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    .toString('latin1')
    .replace(/[\u0080-\u009f]/g, (one) => WINDOWS_1252.charAt(one.charCodeAt(0) - 0x80));
}
