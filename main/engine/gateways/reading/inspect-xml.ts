import { err, ok, type Result } from '#shared/result.ts';

/** Longest document in UTF-16 units: a page of 1,000 log entries with texts of ten parts has about 2.5 million. */
const MAX_LENGTH = 4 * 1024 * 1024;
/** Longest tag or run of text in UTF-16 units: the longest message, 255 parts of 153 characters, has 39,015. */
const MAX_RUN = 64 * 1024;
/** Deepest nesting; answers of the API nest five levels. */
const MAX_DEPTH = 64;
/** Most elements: a page of 1,000 log entries holds about 30,000. */
const MAX_ELEMENTS = 60_000;

/**
 * Whether a document is well nested and small enough to be parsed: one root, every element closed by its own name, no
 * document type (so no entity can be defined or fetched), at most 4 Mi UTF-16 units, 60,000 elements, 64 levels, and 64 Ki
 * units for one tag or one run of text. The error says what is wrong in a few words. Time is linear in the length.
 *
 * The parser alone would take a cut document for a whole one, and needs a second for five megabytes of text.
 */
export function inspectXml(body: string): Result<void, string> {
  if (body.length > MAX_LENGTH) return err('too long');
  const open: string[] = [];
  let elements = 0;
  let roots = 0;
  let at = 0;
  while (at < body.length) {
    const start = body.indexOf('<', at);
    const text = start < 0 ? body.length : start;
    if (text - at > MAX_RUN) return err('a text is too long');
    if (open.length === 0 && body.slice(at, text).trim() !== '') return err('text outside the root');
    if (start < 0) break;
    const skipped = endOfSpecial(body, start);
    if (skipped === null) return err('a document type, or a part without its end');
    if (skipped > start) {
      if (skipped - start > MAX_RUN) return err('a text is too long');
      at = skipped;
      continue;
    }
    const end = endOfTag(body, start + 1);
    if (end < 0) return err('a tag without its end');
    const closing = body[start + 1] === '/';
    const name = nameAt(body, closing ? start + 2 : start + 1, end);
    if (name === '') return err('a tag without a name');
    if (closing) {
      if (open.pop() !== name) return err('an element that is not closed');
    } else {
      if (open.length === 0) roots += 1;
      elements += 1;
      if (body[end - 1] !== '/') open.push(name);
      if (open.length > MAX_DEPTH) return err('nested too deeply');
    }
    if (elements > MAX_ELEMENTS) return err('too many elements');
    if (roots > 1) return err('more than one root');
    at = end + 1;
  }
  if (open.length > 0) return err('an element that is not closed');
  return roots === 1 ? ok(undefined) : err('no element');
}

const SPECIAL: readonly (readonly [start: string, end: string])[] = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
];

/** Index behind a comment, CDATA section or instruction at `start`; `start` for a tag; `null` for what is refused. */
function endOfSpecial(body: string, start: number): number | null {
  for (const [opening, closing] of SPECIAL) {
    if (!body.startsWith(opening, start)) continue;
    const end = body.indexOf(closing, start + opening.length);
    return end < 0 ? null : end + closing.length;
  }
  return body[start + 1] === '!' ? null : start;
}

/** Index of the `>` that ends a tag, at most {@link MAX_RUN} units on; values in quotes may hold one. -1 when there is none. */
function endOfTag(body: string, from: number): number {
  let quote = '';
  const last = Math.min(body.length, from + MAX_RUN);
  for (let at = from; at < last; at++) {
    const character = body[at] ?? '';
    if (quote !== '') {
      if (character === quote) quote = '';
    } else if (character === '"' || character === "'") {
      quote = character;
    } else if (character === '>') {
      return at;
    } else if (character === '<') {
      return -1;
    }
  }
  return -1;
}

function nameAt(body: string, from: number, end: number): string {
  return /^[^\s/=<>"'&]*/.exec(body.slice(from, Math.min(end, from + 200)))?.[0] ?? '';
}
