import anyAscii from 'any-ascii';
import { hasBangla } from './bangla.ts';
import { unicodeForcing } from './forcing.ts';
import { isGsm7 } from './gsm7.ts';
import { maskFields, offerOf, withFallbacks, wouldJoinBraces } from './text-change.ts';
import type { TextChange, TextOffer } from './text-change.ts';

/**
 * Offers a text in GSM-7, each difference listed: twins first, then letters by their sound (č as c, Ж as Zh), while signs that
 * have no such writing, emoji for instance, are left out. Letters and signs that GSM-7 has stay as they are, and so do merge fields.
 *
 * Bangla is never offered in Latin letters, for the regulator wants it in its own; nor is any writing whose transliteration leaves
 * out vowels (Arabic, Devanagari …), for nobody could read it.
 *
 * @returns `null` when there is nothing to offer: GSM-7 already, Bangla, another such script, a fallback outside GSM-7, or no part
 * saved (with merge fields, whose length is open, it is offered for the same number of parts too)
 */
export function offerTransliteration(text: string): TextOffer | null {
  const masked = maskFields(text);
  if (isGsm7(masked) || hasBangla(masked)) return null;
  const changes = changesOf(text, masked);
  if (!changes) return null;
  const offer = offerOf(text, tidy(text, masked, changes));
  if (!isGsm7(withFallbacks(offer.text))) return null;
  const saved = offer.partsBefore - offer.partsAfter;
  return saved > 0 || (saved === 0 && masked !== text) ? offer : null;
}

const GREEK = /\p{Script=Greek}/u;

/** What to write for each character as a reader sees it; `null` when one of them cannot be written. */
function changesOf(text: string, masked: string): TextChange[] | null {
  const twins = twinsOf(masked);
  const forced = [...masked].filter((char) => !isGsm7(char)).join('');
  const isGreek = GREEK.test(forced);
  const changes: TextChange[] = [];
  for (const seen of new Intl.Segmenter('en').segment(masked)) {
    /* Marks may follow anything: the last brace of a field, or a sign that stays as it is. */
    const isOwn = masked.charAt(seen.index) === text.charAt(seen.index) && /^\p{L}/u.test(seen.segment);
    const skipped = isOwn || !isGsm7(seen.segment.charAt(0)) ? 0 : 1;
    const segment = seen.segment.slice(skipped);
    const index = seen.index + skipped;
    const isPlain = isGsm7(segment);
    /* The ten capitals that GSM-7 has would stand among Latin letters. */
    if (isPlain && !(isGreek && GREEK.test(segment))) continue;
    const twin = isPlain ? null : twinOf(segment, index, twins);
    const written = twin ?? writtenFor(segment, masked.charAt(index - 1));
    if (written === null) return null;
    const why = written === '' ? 'left-out' : twin === null ? 'letter' : 'twin';
    addChange(changes, {
      start: index,
      end: index + segment.length,
      before: segment,
      after: literal(written),
      why,
    });
  }
  return changes;
}

/** Braces and backslashes that were not in the text must not make a merge field or an escape of what they stand beside. */
const literal = (written: string): string =>
  written.replaceAll('{', '(').replaceAll('}', ')').replaceAll('\\', '/');

/** Changes side by side for the same reason are one: a word is easier to look through than its letters. */
function addChange(changes: TextChange[], change: TextChange): void {
  const last = changes.at(-1);
  if (last?.end !== change.start || last.why !== change.why) changes.push(change);
  else {
    const { start, before, after } = last;
    changes[changes.length - 1] = {
      ...change,
      start,
      before: before + change.before,
      after: after + change.after,
    };
  }
}

function twinsOf(text: string): Map<number, { length: number; twin: string }> {
  const twins = new Map<number, { length: number; twin: string }>();
  for (const { index, length, replacement } of unicodeForcing(text)) {
    if (replacement !== null) twins.set(index, { length, twin: replacement });
  }
  return twins;
}

/** The segment with its twins; `null` unless that makes it GSM-7. */
function twinOf(
  segment: string,
  index: number,
  twins: ReadonlyMap<number, { length: number; twin: string }>,
): string | null {
  let written = '';
  for (let at = 0; at < segment.length;) {
    const twin = twins.get(index + at);
    written += twin ? twin.twin : segment.charAt(at);
    at += twin?.length ?? 1;
  }
  return isGsm7(written) ? written : null;
}

/** Scripts whose letters, one by one, give something that can be read aloud. */
const READABLE =
  /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Armenian}\p{Script=Georgian}\p{Script=Common}]/u;
const EMOJI = /\p{Extended_Pictographic}|\p{Regional_Indicator}/u;

/** What to write for something without a twin; empty to leave it out, `null` when it must not be touched. */
function writtenFor(segment: string, before: string): string | null {
  const composed = segment.normalize('NFC');
  if (isGsm7(composed) && !GREEK.test(composed)) return composed;
  if (EMOJI.test(segment)) return '';
  const isLetter = /^\p{L}/u.test(segment);
  if (isLetter && !READABLE.test(segment)) return null;
  if (/^\p{So}/u.test(segment)) return signFor(segment);
  const written = anyAscii(composed).replaceAll('`', "'");
  if (!isGsm7(written)) return '';
  if (isLetter && written === '') return null;
  if (/^\d/.test(written) && /\p{Nd}/u.test(before)) return afterDigit(segment, written);
  return written;
}

/** A sign keeps what can be read of it: № is No, ℃ is degC, a star stays a star. */
function signFor(segment: string): string {
  if (segment === '\u00b0') return 'deg';
  const plain = segment.normalize('NFKC');
  const written = anyAscii(plain === segment ? segment : plain.replaceAll('\u00b0', 'deg'));
  return plain !== segment || written === '*' ? (isGsm7(written) ? written : '') : '';
}

/** 1½ is not 11/2, and 10² is not 102. */
function afterDigit(segment: string, written: string): string {
  if (/^\p{Nd}/u.test(segment)) return written;
  return /[\u00b2\u00b3\u00b9\u2070-\u2079]/.test(segment) ? `^${written}` : ` ${written}`;
}

/** Takes a blank along with what is left out, where two would stand together or one at an end. */
function tidy(text: string, masked: string, changes: readonly TextChange[]): TextChange[] {
  const tidied: TextChange[] = [];
  for (const change of changes) {
    let { start, end } = change;
    if (change.why !== 'left-out') {
      tidied.push(change);
      continue;
    }
    const isFree = start > (tidied.at(-1)?.end ?? 0) && masked.charAt(start - 1) === ' ';
    if (isFree && (end === masked.length || /[\s.,!?]/.test(masked.charAt(end)))) start--;
    else if ((start === 0 || masked.charAt(start - 1) === '\n') && masked.charAt(end) === ' ') end++;
    const after = wouldJoinBraces(text, start, end) ? ' ' : '';
    tidied.push({ start, end, before: text.slice(start, end), after, why: 'left-out' });
  }
  return tidied;
}
