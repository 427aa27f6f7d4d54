import { foldBangla, foldKhandaTa } from './bangla.ts';
import { replaceForcing, unicodeForcing } from './forcing.ts';
import { countParts, splitParts } from './parts.ts';

/** The one thing that would make a text cheaper. All figures are about this text alone. */
export type Advice =
  /** Nothing to save: the text is empty or already one part. */
  | { readonly kind: 'none' }
  /** Without its last `units` units (septets or UTF-16 units) the text takes `toParts` parts, one fewer. */
  | { readonly kind: 'cut'; readonly units: number; readonly toParts: number }
  /** Writing these characters with their GSM-7 twins makes the text GSM-7 and saves parts. */
  | {
      readonly kind: 'replace';
      readonly chars: readonly string[];
      readonly savesParts: number;
      readonly replaced: string;
    }
  /** Writing two-piece Bangla letters as one, which looks the same, saves parts. */
  | {
      readonly kind: 'fold';
      readonly savesUnits: number;
      readonly savesParts: number;
      readonly folded: string;
    };

/**
 * Says what would save a part, best offer first: replacing the characters that force Unicode (only when that really
 * brings the whole text to GSM-7, so Bangla is never told off), then folding Bangla letters, then cutting at the end.
 */
export function adviseSaving(text: string): Advice {
  const now = countParts(text);
  if (now.parts <= 1) return { kind: 'none' };
  if (now.encoding === 'UCS-2') {
    const forcing = unicodeForcing(text);
    if (forcing.every((one) => one.replacement !== null)) {
      const replaced = replaceForcing(text);
      const savesParts = now.parts - countParts(replaced).parts;
      const chars = [...new Set(forcing.map((one) => one.char))];
      if (savesParts > 0) return { kind: 'replace', chars, savesParts, replaced };
    }
    const folded = foldKhandaTa(foldBangla(text));
    const then = countParts(folded);
    if (then.parts < now.parts) {
      return { kind: 'fold', savesUnits: now.units - then.units, savesParts: now.parts - then.parts, folded };
    }
  }
  return cutAdvice(text, now.parts);
}

/** The shortest ending whose removal saves a part, never half of an escape or surrogate pair. */
function cutAdvice(text: string, parts: number): Advice {
  const toParts = parts - 1;
  const { parts: pieces } = splitParts(text);
  const last = pieces[pieces.length - 1];
  if (!last) return { kind: 'none' };
  if (toParts > 1) return { kind: 'cut', units: last.units, toParts };
  /* One part holds more than the first of several does, so a little of the second may stay. */
  const total = pieces.reduce((sum, piece) => sum + piece.units, 0);
  let end = last.start;
  for (const char of last.text) {
    if (countParts(text.slice(0, end + char.length)).parts > 1) break;
    end += char.length;
  }
  return { kind: 'cut', units: total - countParts(text.slice(0, end)).units, toParts };
}
