import { fillMerge, mergePlaces, parseMerge } from './merge-fields.ts';
import { countParts } from './parts.ts';

/**
 * Why something would be written differently: `twin` and `letter` write it in GSM-7 (the same sign, or the letters it sounds
 * like), `left-out` has no writing there; `compose` and `khanda-ta` write a Bangla letter in fewer units, `blank` drops blanks
 * that are not needed, `unseen` a mark that does nothing.
 */
export type ChangeReason = 'twin' | 'letter' | 'left-out' | 'compose' | 'khanda-ta' | 'blank' | 'unseen';

/** One place of a text that would be written differently. `start` and `end` (exclusive) are UTF-16 indexes. */
export type TextChange = {
  readonly start: number;
  readonly end: number;
  readonly before: string;
  /** Empty to leave it out. */
  readonly after: string;
  readonly why: ChangeReason;
};

/** A cheaper writing of a text. Units and parts are those of the text with the fallbacks in place of its merge fields. */
export type TextOffer = {
  /** The text with all changes made. */
  readonly text: string;
  /** In order, without overlap, and none within a merge field. */
  readonly changes: readonly TextChange[];
  /** Septets or UTF-16 units, each count in the encoding of its own text. */
  readonly unitsBefore: number;
  readonly unitsAfter: number;
  readonly partsBefore: number;
  readonly partsAfter: number;
};

/** What the given changes (in order, without overlap) make of a text, and what that saves. Any choice of an offer's changes will do. */
export function offerOf(text: string, changes: readonly TextChange[]): TextOffer {
  let changed = '';
  let from = 0;
  for (const { start, end, after } of changes) {
    changed += text.slice(from, start) + after;
    from = end;
  }
  changed += text.slice(from);
  const before = countParts(withFallbacks(text));
  const then = countParts(withFallbacks(changed));
  return {
    text: changed,
    changes,
    unitsBefore: before.units,
    unitsAfter: then.units,
    partsBefore: before.parts,
    partsAfter: then.parts,
  };
}

/** The text as someone without any value gets it; unchanged when its fields cannot be read. */
export function withFallbacks(text: string): string {
  const merge = parseMerge(text);
  return merge.ok ? fillMerge(merge.value, {}).text : text;
}

/** The text with every merge field, readable or not, hidden behind as many letters x, so that indexes stay. */
export function maskFields(text: string): string {
  let masked = '';
  let from = 0;
  for (const { start, end } of mergePlaces(text)) {
    masked += text.slice(from, start) + 'x'.repeat(end - start);
    from = end;
  }
  return masked + text.slice(from);
}

/** Whether leaving out what stands between `start` and `end` would bring braces together that then read as a merge field. */
export const wouldJoinBraces = (text: string, start: number, end: number): boolean =>
  /[{}\\]/.test(text.charAt(start - 1)) && /[{}\\]/.test(text.charAt(end));
