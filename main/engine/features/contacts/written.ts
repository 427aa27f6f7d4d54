import { appError, type AppError } from '#shared/errors.ts';
import type { FieldValues, WrittenContact } from '#shared/ipc/contacts.ts';
import { parseRecipients } from '#shared/phone/recipients.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { foldForSearch } from '#shared/search-fold.ts';
import { isoDate } from './dates.ts';
import type { FieldRow } from './field-queries.ts';

/** A contact as the user writes it. */
export type Written = Pick<WrittenContact, 'name'> & {
  readonly numbers: readonly string[];
  readonly note?: string | undefined;
  readonly fields?: FieldValues | undefined;
  readonly groups?: readonly number[] | undefined;
};

/** A {@link Written} that was read; absent parts stay as they are. */
export type ReadContact = {
  readonly name: string;
  readonly folded: string;
  /** At least one, the first one first, each once. */
  readonly numbers: readonly string[];
  readonly note: string | null;
  /** A JSON object. */
  readonly fields: string | null;
};

/**
 * Control characters, halves of surrogate pairs, which the store would change, and marks that turn the direction of what follows:
 * nothing of a name.
 */
const UNWANTED = /[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/gu;
/** As {@link UNWANTED}, but lines and tabs of longer texts stay. */
const UNWANTED_IN_TEXT = /(?![\n\t])[\p{Cc}\p{Cs}]/gu;
/** A name must have something to see; joiners and marks alone are nothing. */
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u;

const invalid = (field: string, detail: string) => err(appError('INVALID_INPUT', { field, detail }));

/** A name as it is stored, or `null` when nothing of it can be seen. Its letters stay: composing them anew would change Bangla. */
export function readName(text: string): string | null {
  const name = text.replace(/\s+/gu, ' ').replace(UNWANTED, '').trim();
  return VISIBLE.test(name) ? name : null;
}

/** A note or value as it is stored. */
export function readText(text: string): string {
  return text.replace(/\r\n?/gu, '\n').replace(UNWANTED_IN_TEXT, '').trim();
}

/**
 * Reads what was typed. Each number is read as Compose reads one. `INVALID_INPUT` names the field; see `contactsContract`.
 *
 * @param known the user's fields; a value of any other is refused
 */
export function readContact(written: Written, known: readonly FieldRow[]): Result<ReadContact, AppError> {
  const name = readName(written.name);
  if (name === null) return invalid('name', 'empty');
  const numbers: string[] = [];
  for (const [at, typed] of written.numbers.entries()) {
    const read = readNumber(typed);
    if (!read.ok) return invalid(`numbers.${at}`, read.error);
    if (numbers.includes(read.value)) return invalid(`numbers.${at}`, 'twice');
    numbers.push(read.value);
  }
  if (numbers.length === 0) return invalid('numbers.0', 'not-a-number');
  const strange = Object.keys(written.fields ?? {}).find(
    (id) => !known.some((field) => String(field.id) === id),
  );
  if (strange !== undefined) return invalid(`fields.${strange}`, 'gone');
  return ok({
    name,
    folded: foldForSearch(name),
    numbers,
    note: written.note === undefined ? null : readText(written.note),
    fields: written.fields === undefined ? null : JSON.stringify(storedValues(written.fields, known)),
  });
}

function readNumber(typed: string): Result<string, string> {
  const { accepted, rejected } = parseRecipients(typed);
  const [number] = accepted;
  if (number && accepted.length + rejected.length === 1) return ok(number.msisdn);
  return err(
    accepted.length > 0 || rejected.length > 1 ? 'several' : (rejected[0]?.reason ?? 'not-a-number'),
  );
}

/** Values as they are stored: empty ones are absent, dates of date fields are written `2026-11-22` where they can be read. */
export function storedValues(values: FieldValues, known: readonly FieldRow[]): FieldValues {
  const stored: FieldValues = {};
  for (const { id, kind } of known) {
    const text = readText(values[String(id)] ?? '');
    if (text !== '') stored[String(id)] = (kind === 'date' ? isoDate(text) : null) ?? text;
  }
  return stored;
}
