import { foldBangla, foldKhandaTa, hasBangla } from './bangla.ts';
import { maskFields, offerOf, wouldJoinBraces, type ChangeReason } from './text-change.ts';
import type { TextChange, TextOffer } from './text-change.ts';

/** Letters in two pieces, khanda ta in its old spelling, marks that do nothing in any text (never the joiners), blanks. */
const DEAR =
  /[\u09af\u09a1\u09a2]\u09bc|\u09c7[\u09be\u09d7]|\u09a4\u09cd\u200d|[\u00ad\u200b\u2060\ufeff]+|\s+/g;

/**
 * Offers a Bangla text with the same words in fewer units: letters and vowel signs composed, ত্‍ as ৎ, one blank for several, none
 * at the ends of lines or of the text, no idle marks. Each change is listed, to be taken or not. A single no-break space costs no
 * more than a blank and stays. Merge fields are not touched.
 *
 * @returns `null` without Bangla outside the merge fields, or when nothing can be saved
 */
export function offerBanglaSavings(text: string): TextOffer | null {
  const masked = maskFields(text);
  if (!hasBangla(masked)) return null;
  const changes: TextChange[] = [];
  for (const match of masked.matchAll(DEAR)) {
    const [before] = match;
    const start = match.index;
    const end = start + before.length;
    const [after, why] = cheaper(before, end === text.length);
    if (after === before || (after === '' && isNeeded(text, start, end))) continue;
    changes.push({ start, end, before, after, why });
  }
  return changes.length > 0 ? offerOf(text, changes) : null;
}

/** Between braces a mark may keep a merge field from coming about, and within a Bangla letter it keeps a conjunct apart. */
const isNeeded = (text: string, start: number, end: number): boolean =>
  wouldJoinBraces(text, start, end) || text.charAt(start - 1) === '\u09cd' || /\p{M}/u.test(text.charAt(end));

function cheaper(written: string, isLast: boolean): [after: string, why: ChangeReason] {
  const code = written.charCodeAt(0);
  if (code === 0x09a4) return [foldKhandaTa(written), 'khanda-ta'];
  if (code >= 0x0980 && code <= 0x09ff) return [foldBangla(written), 'compose'];
  /* The byte order mark counts as a blank for the pattern `\s`, so it is looked for by itself. */
  if (/^[\u00ad\u200b\u2060\ufeff]+$/.test(written)) return ['', 'unseen'];
  return [isLast ? '' : fewerBlanks(written), 'blank'];
}

/** Line breaks stay; blanks before one go, and several elsewhere become one. */
function fewerBlanks(run: string): string {
  const pieces = run.split(/(\r\n|[\n\r\u2028\u2029])/);
  return pieces
    .map((piece, at) => {
      if (at % 2 === 1) return piece;
      if (at < pieces.length - 1) return '';
      return piece.length > 1 ? ' ' : piece;
    })
    .join('');
}
