import { open } from 'node:fs/promises';
import type { TextEncoding } from '#shared/ipc/imports.ts';
import { pieceDecoder } from './encoding.ts';

/** Bytes read from the disk at a time, and UTF-16 units taken of a pasted text. */
const PIECE = 262_144;

/** A piece of a text, its line ends written as `\n` and without NUL characters, and how much of the whole has been read (0 to 1). */
export type TextPiece = { readonly text: string; readonly fraction: number };

/** Reads a file of text piece by piece; memory stays flat whatever its size. */
export async function* piecesOfFile(path: string, encoding: TextEncoding): AsyncGenerator<TextPiece> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const decoder = pieceDecoder(encoding);
    const plain = plainLineEnds();
    const wide = encoding === 'utf-16le' || encoding === 'utf-16be';
    const buffer = Buffer.alloc(PIECE);
    for (let done = 0; ;) {
      const { bytesRead } = await file.read(buffer, 0, PIECE, done);
      done += bytesRead;
      const length = wide ? bytesRead : withoutReturns(buffer, bytesRead);
      const text = bytesRead === 0 ? decoder.end() : decoder.decode(buffer.subarray(0, length));
      yield { text: plain(text, bytesRead === 0), fraction: size === 0 ? 1 : Math.min(1, done / size) };
      if (bytesRead === 0) return;
    }
  } finally {
    await file.close();
  }
}

/** Cuts pasted text into pieces as {@link piecesOfFile} gives them. */
export function* piecesOfText(text: string): Generator<TextPiece> {
  const plain = plainLineEnds();
  const whole = text.replace(/^\ufeff/, '');
  for (let at = 0; at < whole.length; at += PIECE) {
    const end = Math.min(whole.length, at + PIECE);
    yield { text: plain(whole.slice(at, end), end === whole.length), fraction: end / whole.length };
  }
}

/**
 * Takes the CR out of every CRLF, where each is one byte; gives how many bytes are left. Text would have to be copied for it. One that
 * the end of the bytes divides stays.
 */
function withoutReturns(bytes: Uint8Array, length: number): number {
  let to = bytes.indexOf(0x0d);
  if (to < 0 || to >= length) return length;
  for (let from = to; from < length; from++) {
    const byte = bytes[from] ?? 0;
    if (byte !== 0x0d || from + 1 === length || bytes[from + 1] !== 0x0a) bytes[to++] = byte;
  }
  return to;
}

/** Makes CRLF and CR to LF across pieces: a CR at the end of one may belong to an LF in the next. */
function plainLineEnds(): (text: string, last: boolean) => string {
  let held = '';
  return (text, last) => {
    let whole = held + text;
    held = '';
    if (!last && whole.endsWith('\r')) {
      held = '\r';
      whole = whole.slice(0, -1);
    }
    if (whole.includes('\r')) whole = whole.replace(/\r\n?/g, '\n');
    return whole.includes('\0') ? whole.replaceAll('\0', '') : whole;
  };
}
