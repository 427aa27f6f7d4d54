import { appError, type AppError } from '#shared/errors.ts';
import type { Plan, SendRequest } from '#shared/ipc/plan.ts';
import type { MergedMessage } from '#shared/ipc/recipients.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { createMergeCounter, type MergedCount } from '#shared/sms/merge-count.ts';
import {
  fillMerge,
  parseMerge,
  valueOf,
  type MergeText,
  type MergeValues,
} from '#shared/sms/merge-fields.ts';
import { createPartsTally, type PartsTally } from '#shared/sms/merge-tally.ts';
import { countParts } from '#shared/sms/parts.ts';
import { DOCUMENT_TEXT_LIMITS, textLimits } from '#shared/sms/text-limits.ts';
import type { Person } from '../../person.ts';
import { createTurns, SLICE } from '../../turns.ts';
import type { Gathered, LeftOutPerson } from './gather.ts';
import { placeholderFinder } from './placeholders.ts';

/** Who gets what: the people of a request with the parts of each one's message. Texts are filled in when they are needed. */
export type Merged = {
  readonly people: readonly Person[];
  /** Parts of each one's message, in the same order. */
  readonly parts: Uint16Array;
  /** 1 for each one's message that is sent in UCS-2, in the same order. */
  readonly ucs2: Uint8Array;
  readonly leftOut: readonly LeftOutPerson[];
  readonly dead: number;
  /** The text has merge fields, so each message has its own. */
  readonly merged: boolean;
  readonly tally: PartsTally;
  /** What a message takes whose fields are all empty; stands for the sending while it has no recipients. */
  readonly bare: MergedCount;
  readonly fields: Plan['fields'];
  readonly emptyRecipients: number;
  /** The first message that nobody may send, and why. */
  readonly unsendable: AppError | null;
  /** The text of a message. */
  textOf(person: Person): string;
  /** The longest stretch without letting others in, ms. */
  readonly longestSlice: number;
};

/**
 * Gives what one person's fields of a text are filled with. A Bangladesh number is written as people there write it. Only fields of the
 * text are looked at: a person may have three hundred others.
 */
function valuesFor({ fields }: MergeText): (person: Person) => MergeValues {
  const keys = fields.map(({ key }) => key);
  return ({ name, msisdn, values }) => {
    const found: Record<string, string> = {};
    for (const key of keys) {
      const value =
        key === 'name' ? name : key === 'number' ? localNumber(msisdn) : (valueOf(values, key) ?? undefined);
      if (value !== undefined) found[key] = value;
    }
    return found;
  };
}

const localNumber = (msisdn: string): string =>
  msisdn.length === 13 && msisdn.startsWith('8801') ? `0${msisdn.slice(3)}` : msisdn;

/** Fills in a request's text for everybody and counts it. `MERGE_BROKEN` when its fields cannot be read. */
export async function mergeAll(
  { text, emptyFields = 'block' }: Pick<SendRequest, 'text' | 'emptyFields'>,
  gathered: Gathered,
): Promise<Result<Merged, AppError>> {
  const parsed = parseMerge(text);
  if (!parsed.ok) {
    const { kind, start } = parsed.error;
    return err(appError('MERGE_BROKEN', { field: 'text', detail: kind, actual: start }));
  }
  const merge = parsed.value;
  const valuesOf = valuesFor(merge);
  const textOf = (person: Person) => fillMerge(merge, valuesOf(person)).text;
  const bare = createMergeCounter(merge)({});
  const common = { dead: gathered.dead, merged: merge.hasFields, bare, textOf };
  if (!merge.hasFields) {
    const tally = createPartsTally();
    tally.add(bare, gathered.people.length);
    return ok({
      ...common,
      people: gathered.people,
      parts: new Uint16Array(gathered.people.length).fill(bare.parts),
      ucs2: new Uint8Array(gathered.people.length).fill(bare.encoding === 'UCS-2' ? 1 : 0),
      leftOut: gathered.leftOut,
      tally: tally.tally(),
      fields: [],
      emptyRecipients: 0,
      unsendable: faultOf(fillMerge(merge, {}).text, null),
      longestSlice: 0,
    });
  }
  return ok({ ...common, ...(await countAll(merge, gathered, emptyFields)) });
}

async function countAll(
  merge: MergeText,
  gathered: Gathered,
  emptyFields: 'block' | 'leave-out',
): Promise<Omit<Merged, 'dead' | 'merged' | 'bare' | 'textOf'>> {
  const turns = createTurns();
  const count = createMergeCounter(merge);
  const valuesOf = valuesFor(merge);
  const fields = merge.fields.map((field) => ({ ...field, known: gathered.fields.has(field.key), empty: 0 }));
  const people: Person[] = [];
  const parts = new Uint16Array(gathered.people.length);
  const ucs2 = new Uint8Array(gathered.people.length);
  const bringsPlaceholder = placeholderFinder(merge);
  const leftOut = [...gathered.leftOut];
  const tally = createPartsTally();
  const mayBeBlank = merge.pieces.every((piece) => typeof piece !== 'string' || piece.trim() === '');
  let emptyRecipients = 0;
  let unsendable: AppError | null = null;
  for (let at = 0; at < gathered.people.length; at += SLICE) {
    await turns.turn();
    for (const person of gathered.people.slice(at, at + SLICE)) {
      const values = valuesOf(person);
      let isMissing = false;
      for (const field of fields) {
        if (valueOf(values, field.key) !== null) continue;
        field.empty++;
        // A field that nobody has is a mistake in the text, not an empty value.
        if (field.fallback === null && field.known) isMissing = true;
      }
      if (isMissing) {
        emptyRecipients++;
        if (emptyFields === 'leave-out') {
          leftOut.push({ msisdn: person.msisdn, input: person.input, reason: 'empty-field' });
          continue;
        }
      }
      const counted = count(values);
      // Septets are never fewer than UTF-16 units, so that only long messages need be looked at.
      if (unsendable === null && (mayBeBlank || counted.units > DOCUMENT_TEXT_LIMITS.long)) {
        unsendable = faultOf(fillMerge(merge, values).text, person);
      }
      if (unsendable === null && bringsPlaceholder(values)) {
        unsendable = appError('LEFTOVER_PLACEHOLDER', whose(person));
      }
      parts[people.length] = counted.parts;
      ucs2[people.length] = counted.encoding === 'UCS-2' ? 1 : 0;
      people.push(person);
      tally.add(counted);
    }
  }
  void turns.turn();
  return {
    people,
    parts: parts.subarray(0, people.length),
    ucs2: ucs2.subarray(0, people.length),
    leftOut,
    tally: tally.tally(),
    fields: fields.map(({ name, known, empty, fallback }) => ({ name, known, empty, fallback })),
    emptyRecipients,
    unsendable,
    longestSlice: turns.longest,
  };
}

const whose = ({ name, msisdn }: Person) => ({ detail: `${name} ${msisdn}`.trim() });

/** Why a text cannot be sent; names whose it is, where each has their own. */
function faultOf(text: string, person: Person | null): AppError | null {
  const facts = person ? whose(person) : {};
  if (text.trim() === '') return appError('TEXT_EMPTY', facts);
  const length = textLimits(text);
  if (length.ok) return null;
  return appError('TEXT_TOO_LONG', { limit: length.error.limit, actual: length.error.length, ...facts });
}

/** One recipient's message as it would be sent; `index` is their place among those who get one. */
export function messageAt(request: SendRequest, all: Merged, index: number): MergedMessage | null {
  const person = all.people[index];
  const parsed = parseMerge(request.text);
  if (!person || !parsed.ok) return null;
  const { text, fallbacks } = fillMerge(parsed.value, valuesFor(parsed.value)(person));
  const { encoding, units, parts } = countParts(text);
  const { name, msisdn } = person;
  return { index, name, msisdn, text, encoding, units, parts, fallbacks: [...fallbacks] };
}
