import { err, ok, type Result } from '../result.ts';
import { foldForSearch } from '../search-fold.ts';

/**
 * The two fields every recipient has, by key, with the other names they go by (as keys, see {@link fieldKey}). No custom field
 * can have one of these names.
 */
export const BUILT_IN_FIELDS: Readonly<Record<'name' | 'number', readonly string[]>> = {
  name: ['নাম'],
  number: ['নম্বর', 'নাম্বার', 'মোবাইল', 'মোবাইল নম্বর', 'mobile'],
};

/** Marks that nobody sees and that mean nothing in a name. The joiners are not among them: in Bangla they change the letter. */
const UNSEEN = /[\u00ad\u200b\u200e\u200f\u2060\ufeff]+/g;

const ALIASES = new Map(
  Object.entries(BUILT_IN_FIELDS).flatMap(([key, names]) => names.map((name) => [plainKey(name), key])),
);

function plainKey(name: string): string {
  return foldForSearch(name.replace(UNSEEN, ''))
    .replace(/[\s_]+/g, ' ')
    .trim();
}

/**
 * The form in which names of fields are compared: composed, digits as Latin ones, lower case, runs of blanks and underscores as
 * one blank. Other names of a built-in field give its key (`নাম` gives `name`). Empty for a name without a visible character.
 */
export function fieldKey(name: string): string {
  const key = plainKey(name);
  return ALIASES.get(key) ?? key;
}

/** One `{{…}}` in a text. `start` and `end` (exclusive) are UTF-16 indexes of the braces. */
export type MergePlace = {
  readonly kind: 'field';
  /** As written, without the blanks around it. */
  readonly name: string;
  readonly key: string;
  /** What stands there for someone without a value; empty for deliberately nothing, `null` when none is given. */
  readonly fallback: string | null;
  readonly start: number;
  readonly end: number;
};

/**
 * Why a `{{` cannot be read, and where (UTF-16 indexes, `end` exclusive): the `}}` is missing on its line, the name is empty or
 * longer than 100 UTF-16 units, there are further braces inside, or a line break is.
 */
export type MergeFault = {
  readonly kind: 'unclosed' | 'empty-name' | 'long-name' | 'braces' | 'line-break';
  readonly start: number;
  readonly end: number;
};

/** A field of a text with all places where it stands. */
export type MergeField = {
  /** As written at its first place. */
  readonly name: string;
  readonly key: string;
  /** The fallback of the first place; `null` when any place has none, so that a value is needed. */
  readonly fallback: string | null;
  readonly places: readonly { readonly start: number; readonly end: number }[];
};

/** A text whose fields were found. Made by {@link parseMerge}. */
export type MergeText = {
  /** What is sent as it stands (escapes resolved) and places, in order; no two strings in a row. */
  readonly pieces: readonly (string | MergePlace)[];
  /** The distinct fields in the order of their first places. */
  readonly fields: readonly MergeField[];
  readonly hasFields: boolean;
};

const LONGEST_NAME = 100;

/**
 * Reads the merge fields of a text: `{{name}}`, or `{{name|Customer}}` with a fallback. Blanks around name and fallback do not
 * count; a further `|` belongs to the fallback. `\{{` is two literal braces, and before `{{` two backslashes are one literal
 * backslash, so `\\{{name}}` is a backslash and a field. Everywhere else backslashes and single braces are plain text, and so is
 * a `}}` that closes nothing.
 *
 * @returns the first fault when a `{{` cannot be read
 */
export function parseMerge(text: string): Result<MergeText, MergeFault> {
  const pieces: (string | MergePlace)[] = [];
  const fields = new Map<string, { field: MergeField; places: { start: number; end: number }[] }>();
  let literal = '';
  for (const token of tokensOf(text)) {
    if (typeof token === 'string') {
      literal += token;
      continue;
    }
    if (token.kind !== 'field') return err(token);
    if (literal !== '') pieces.push(literal);
    literal = '';
    pieces.push(token);
    addPlace(fields, token);
  }
  if (literal !== '') pieces.push(literal);
  const distinct = [...fields.values()].map((one) => one.field);
  return ok({ pieces, fields: distinct, hasFields: distinct.length > 0 });
}

function addPlace(
  fields: Map<string, { field: MergeField; places: { start: number; end: number }[] }>,
  { name, key, fallback, start, end }: MergePlace,
): void {
  const known = fields.get(key);
  if (!known) {
    const places = [{ start, end }];
    fields.set(key, { field: { name, key, fallback, places }, places });
    return;
  }
  known.places.push({ start, end });
  if (fallback === null) known.field = { ...known.field, fallback: null };
}

/** The places of all fields and faults of a text, in order and without overlap. Never fails: for a text being written. */
export function mergePlaces(text: string): (MergePlace | MergeFault)[] {
  return tokensOf(text).filter((token) => typeof token !== 'string');
}

/** Cuts a text at its `{{`; the strings between have their escapes resolved. Takes time linear in the length of the text. */
function tokensOf(text: string): (string | MergePlace | MergeFault)[] {
  const tokens: (string | MergePlace | MergeFault)[] = [];
  let from = 0;
  for (;;) {
    const open = text.indexOf('{{', from);
    if (open < 0) break;
    let slashes = open;
    while (slashes > from && text.charCodeAt(slashes - 1) === 0x5c) slashes--;
    const count = open - slashes;
    const before = text.slice(from, slashes + (count >> 1));
    if (count % 2 === 1) {
      tokens.push(`${before}{{`);
      from = open + 2;
      continue;
    }
    if (before !== '') tokens.push(before);
    const token = placeAt(text, open);
    tokens.push(token);
    from = token.end;
  }
  if (from < text.length) tokens.push(text.slice(from));
  return tokens;
}

/** Reads the field whose braces open at `start`. */
function placeAt(text: string, start: number): MergePlace | MergeFault {
  const stop = firstAt(text, start + 2, STOP);
  const end = stop + 2;
  if (text.startsWith('}}', stop)) return fieldOf(text, start, end);
  if (stop === text.length) return { kind: 'unclosed', start, end: stop };
  if (text.startsWith('{{', stop)) return { kind: 'braces', start, end: stop };
  const isBrace = /[{}]/.test(text.charAt(stop));
  /* What follows tells `{{a{b}}` from `{{a} and more`. Looking no further than the next `{{` keeps the whole linear. */
  const next = firstAt(text, stop + 1, isBrace ? PAIR_OR_BREAK : PAIR);
  if (text.startsWith('}}', next)) {
    return { kind: isBrace ? 'braces' : 'line-break', start, end: next + 2 };
  }
  return { kind: 'unclosed', start, end: text.charAt(stop) === '}' ? stop + 1 : stop };
}

const STOP = /[{}\n\r\u2028\u2029]/g;
const PAIR = /\{\{|\}\}/g;
const PAIR_OR_BREAK = /\{\{|\}\}|[\n\r\u2028\u2029]/g;

/** Where the pattern matches first, from an index on; the end of the text when it does not. */
function firstAt(text: string, from: number, pattern: RegExp): number {
  pattern.lastIndex = from;
  return pattern.exec(text)?.index ?? text.length;
}

function fieldOf(text: string, start: number, end: number): MergePlace | MergeFault {
  const inner = text.slice(start + 2, end - 2);
  const pipe = inner.indexOf('|');
  const name = (pipe < 0 ? inner : inner.slice(0, pipe)).trim();
  if (name.length > LONGEST_NAME) return { kind: 'long-name', start, end };
  const key = fieldKey(name);
  if (key === '') return { kind: 'empty-name', start, end };
  return { kind: 'field', name, key, fallback: pipe < 0 ? null : inner.slice(pipe + 1).trim(), start, end };
}

/** Values by key ({@link fieldKey}), of one recipient. Only its own properties count. */
export type MergeValues = Readonly<Record<string, string>>;

const BLANK = /^[\s\u00ad\u200b-\u200f\u2060\ufeff]*$/;

/** The value of a key; `null` when there is none or nothing of it can be seen. */
export function valueOf(values: MergeValues, key: string): string | null {
  /* The check keeps what every object inherits, such as `constructor`, from being taken for a value. */
  const value = Object.hasOwn(values, key) ? values[key] : undefined;
  return value === undefined || BLANK.test(value) ? null : value;
}

/** The text for one recipient. */
export type Filled = {
  readonly text: string;
  /** Keys of fields that have neither value nor fallback, each once; nothing stands in their places. */
  readonly empty: readonly string[];
  /** Names of fields without value that have a fallback (an empty one too), each once. */
  readonly fallbacks: readonly string[];
};

/** Puts the values of one recipient into a text. Values and fallbacks are never read for fields again. */
export function fillMerge(merge: MergeText, values: MergeValues): Filled {
  let text = '';
  const empty = new Set<string>();
  const fallbacks = new Map<string, string>();
  for (const piece of merge.pieces) {
    if (typeof piece === 'string') {
      text += piece;
      continue;
    }
    const value = valueOf(values, piece.key);
    text += value ?? piece.fallback ?? '';
    if (value !== null) continue;
    if (piece.fallback === null) empty.add(piece.key);
    else if (!fallbacks.has(piece.key)) fallbacks.set(piece.key, piece.name);
  }
  return { text, empty: [...empty], fallbacks: [...fallbacks.values()] };
}
