import { createHash } from 'node:crypto';

const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 22);

const bareOf = (text: string): string => text.normalize('NFC').trim().replace(/\s+/gu, ' ');

/** A sign that is no part of a word or a field, with the marks that belong to it (as in ❤️). */
const SIGN = String.raw`[^\p{L}\p{N}\p{M}{}]\p{M}*`;
const AT_START = new RegExp(`^(?:${SIGN})+`, 'u');
const LAST = new RegExp(`${SIGN}$`, 'u');

/** A text without signs at its ends; one that has nothing else stays as it is. */
function withoutEnds(text: string): string {
  let rest = text.replace(AT_START, '');
  // One by one: a search for all of them would begin anew at every sign of a long text.
  for (let end = rest.search(LAST); end !== -1; end = rest.search(LAST)) rest = rest.slice(0, end);
  return rest === '' ? text : rest;
}

/**
 * Stands for the words of a campaign: the same for texts that differ by blanks, line breaks, letter case, and by punctuation, danda
 * or emoji at their ends only.
 */
export const fingerprintOf = (text: string): string => hashOf(withoutEnds(bareOf(text).toLowerCase()));

/** What stood for the same words in campaigns of earlier versions: it ignored blanks and line breaks only. */
export const earlierFingerprintOf = (text: string): string => hashOf(bareOf(text));
