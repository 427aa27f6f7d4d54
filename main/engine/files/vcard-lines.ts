import type { TextPiece } from './text-pieces.ts';

/** One property of a vCard: `item1.TEL;TYPE=CELL:+880…` without its group, parameters in upper case. */
export type Property = { readonly name: string; readonly params: readonly string[]; readonly value: string };

/** Longest property that is kept, in UTF-16 units; only pictures are longer, and those are skipped. */
const LONGEST_PROPERTY = 262_144;
const SKIPPED = /^(?:[\w-]+\.)?(?:PHOTO|LOGO|SOUND|KEY)[;:]/i;

/**
 * Puts the lines of a vCard file together again and takes them apart into properties: folded lines (RFC 6350 §3.2), soft line breaks
 * of quoted-printable (vCard 2.1), pictures left out without being held.
 */
export async function* properties(
  pieces: AsyncIterable<TextPiece> | Iterable<TextPiece>,
): AsyncGenerator<{ readonly found: Property[]; readonly fraction: number }> {
  let rest = '';
  let current = '';
  let soft = false;
  const take = (line: string, found: Property[]): void => {
    const folded = line.startsWith(' ') || line.startsWith('\t');
    if (soft || (folded && current !== '')) {
      if (current.length < LONGEST_PROPERTY && !SKIPPED.test(current))
        current = `${soft ? current.slice(0, -1) : current}${folded ? line.slice(1) : line}`;
    } else {
      const property = propertyOf(current);
      if (property) found.push(property);
      current = line;
    }
    soft = current.endsWith('=') && /^[^:]*QUOTED-PRINTABLE[^:]*:/i.test(current);
  };
  for await (const { text, fraction } of pieces) {
    const lines = (rest + text).split('\n');
    rest = (lines.pop() ?? '').slice(0, LONGEST_PROPERTY);
    const found: Property[] = [];
    for (const line of lines) take(line, found);
    yield { found, fraction };
  }
  const found: Property[] = [];
  soft = false;
  take(rest, found);
  take('END:', found);
  yield { found, fraction: 1 };
}

function propertyOf(line: string): Property | null {
  const colon = colonOf(line);
  if (colon < 0 || SKIPPED.test(line)) return null;
  const [name = '', ...params] = line.slice(0, colon).split(';');
  const upper = params.map((one) => one.trim().toUpperCase());
  const value = line.slice(colon + 1);
  return {
    name: name.replace(/^.*\./, '').trim().toUpperCase(),
    params: upper,
    value: upper.some((one) => /QUOTED-PRINTABLE$/.test(one)) ? quotedPrintable(value, upper) : value,
  };
}

/** The colon that ends the parameters; those may hold one in quotes. */
function colonOf(line: string): number {
  let quoted = false;
  for (let at = 0; at < line.length; at++) {
    const code = line.charCodeAt(at);
    if (code === 0x22) quoted = !quoted;
    else if (code === 0x3a && !quoted) return at;
  }
  return quoted ? line.indexOf(':') : -1;
}

function quotedPrintable(value: string, params: readonly string[]): string {
  const bytes: number[] = [];
  for (const [part, hex] of value.matchAll(/=([\dA-Fa-f]{2})|[^=]+|=/g)) {
    if (hex !== undefined) bytes.push(parseInt(hex, 16));
    else bytes.push(...Buffer.from(part));
  }
  const charset = params.find((one) => one.startsWith('CHARSET='))?.slice('CHARSET='.length);
  return decoded(Uint8Array.from(bytes), charset ?? 'utf-8');
}

function decoded(bytes: Uint8Array, charset: string): string {
  try {
    return new TextDecoder(charset.replaceAll('"', '')).decode(bytes);
  } catch {
    // A character set that nobody knows.
    return new TextDecoder().decode(bytes);
  }
}
