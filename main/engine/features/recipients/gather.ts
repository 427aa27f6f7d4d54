import type { AppError } from '#shared/errors.ts';
import type { SendRequest, Source } from '#shared/ipc/plan.ts';
import { readNumbers, type ReadNumber } from '#shared/phone/tokens.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { fieldKey } from '#shared/sms/merge-fields.ts';
import type { Person } from '../../person.ts';
import { createTurns, SLICE } from '../../turns.ts';
import type { Sources } from './sources.ts';

/** Somebody who gets no message, and why; `msisdn` is empty where the input was no number at all. */
export type LeftOutPerson = { readonly msisdn: string; readonly input: string; readonly reason: string };

/** Whom a request is for. Everybody who stood anywhere in it is in exactly one of the two lists. */
export type Gathered = {
  /** Each number once, in the order of the chips and then of the typed numbers. */
  readonly people: readonly Person[];
  readonly leftOut: readonly LeftOutPerson[];
  /** Numbers that count as dead, left out or not. */
  readonly dead: number;
  /** Keys of the merge fields that some source brings. */
  readonly fields: ReadonlySet<string>;
  /** The longest stretch without letting others in, ms. */
  readonly longestSlice: number;
};

/** The part of a request that says whom it is for. */
type Asked = Pick<SendRequest, 'sources' | 'recipients' | 'includeDead'>;

/**
 * Gathers the people of a request. Numbers are compared in their cleaned form across all sources, so that nobody gets a message
 * twice; the later one is left out and says so. A number that must not be written to, or counts as dead, is left out too.
 */
export async function gather(
  { sources = [], recipients, includeDead = false }: Asked,
  { contacts, lists, doNotMessage }: Sources,
): Promise<Result<Gathered, AppError>> {
  const turns = createTurns();
  const seen = new Set<string>();
  const people: Person[] = [];
  const leftOut: LeftOutPerson[] = [];
  let dead = 0;

  function take(some: readonly Person[]): void {
    const numbers = some.map(({ msisdn }) => msisdn);
    const unwanted = doNotMessage.among(numbers);
    const deadOnes = contacts.deadAmong(numbers);
    for (const person of some) {
      const { msisdn, input } = person;
      if (seen.has(msisdn)) {
        leftOut.push({ msisdn, input, reason: 'duplicate' });
        continue;
      }
      seen.add(msisdn);
      if (unwanted.has(msisdn)) {
        leftOut.push({ msisdn, input, reason: 'do-not-message' });
        continue;
      }
      if (deadOnes.has(msisdn)) {
        dead++;
        if (!includeDead) {
          leftOut.push({ msisdn, input, reason: 'dead-number' });
          continue;
        }
      }
      people.push(person);
    }
  }

  for (const source of sources) {
    const pages = pagesOf(source, { contacts, lists });
    if (!pages.ok) return err(pages.error);
    for (const page of pages.value) {
      await turns.turn();
      for (let at = 0; at < page.length; at += SLICE) {
        take(page.slice(at, at + SLICE));
        await turns.turn();
      }
    }
  }
  for (const read of typedNumbers(recipients)) {
    await turns.turn();
    const good = read.flatMap(({ input, number }) => (number.ok ? { input, ...number.value } : []));
    const known = contacts.byNumbers(good.map(({ msisdn }) => msisdn));
    take(
      good.map(({ msisdn, input }) => {
        const contact = known.get(msisdn);
        return contact
          ? { ...contact, msisdn, input }
          : { contactId: null, name: '', msisdn, input, values: {} };
      }),
    );
    for (const { input, number } of read) {
      if (!number.ok) leftOut.push({ msisdn: '', input, reason: number.error });
    }
  }
  const fields = fieldsOf(sources, recipients, { contacts, lists });
  void turns.turn();
  return ok({ people, leftOut, dead, fields, longestSlice: turns.longest });
}

function pagesOf(
  source: Source,
  { contacts, lists }: Pick<Sources, 'contacts' | 'lists'>,
): Result<Iterable<readonly Person[]>, AppError> {
  if (source.kind !== 'list') return contacts.people(source);
  const people = lists.people(source.id);
  return people.ok ? ok([people.value]) : people;
}

/**
 * The fields that a text for these sources may name: columns of lists, and the contacts' fields unless only lists are meant, since
 * a typed number may belong to a contact.
 */
function fieldsOf(
  sources: readonly Source[],
  typed: string,
  { contacts, lists }: Pick<Sources, 'contacts' | 'lists'>,
): ReadonlySet<string> {
  const keys = new Set(['name', 'number']);
  const onlyLists = sources.length > 0 && typed.trim() === '' && sources.every(({ kind }) => kind === 'list');
  if (!onlyLists) for (const { name } of contacts.fields()) keys.add(fieldKey(name));
  for (const source of sources) {
    if (source.kind !== 'list') continue;
    for (const name of lists.describe(source.id).fields) keys.add(fieldKey(name));
  }
  return keys;
}

/** UTF-16 units of typed numbers that are read in one go. */
const STRETCH = 16_384;
/** Where typed numbers always end, so that reading them stretch by stretch is the same as reading all at once. */
const ENDS = /[\n,;]/gu;

/** Reads typed numbers in stretches. Only a list without any line end, comma or semicolon is read in one. */
function* typedNumbers(text: string): Generator<readonly ReadNumber[]> {
  for (let from = 0; from < text.length;) {
    ENDS.lastIndex = from + STRETCH;
    const end = ENDS.exec(text)?.index ?? text.length;
    yield readNumbers(text.slice(from, end));
    from = end;
    while (from < text.length && /[\n,;]/u.test(text.charAt(from))) from++;
  }
}
