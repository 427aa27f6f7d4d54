import { appError, type AppError } from '#shared/errors.ts';
import type { Found } from '#shared/ipc/recipients.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { foldForSearch } from '#shared/search-fold.ts';
import type { Person } from '../../person.ts';
import type { Fields } from './fields.ts';
import type { Groups } from './groups.ts';
import type { Listing } from './listing.ts';
import type { ContactQueries, PersonRow } from './queries.ts';
import { personViews } from './view.ts';

/** A person or a group that recipients come from. */
type PeopleSource = { readonly kind: 'contact' | 'group'; readonly id: number };

/** Numbers asked for at once; keeps the JSON of one statement small. */
const CHUNK = 20_000;

/** Pieces of a list, in order. */
export function* chunksOf<T>(list: readonly T[], size = CHUNK): Generator<readonly T[]> {
  for (let from = 0; from < list.length; from += size) yield list.slice(from, from + size);
}

/** What sending asks of contacts. Everything that takes numbers takes E.164 digits without plus and is quick for 100,000. */
export function createForSending(deps: {
  readonly queries: ContactQueries;
  readonly fields: Fields;
  readonly groups: Groups;
  readonly listing: Listing;
}) {
  const { queries, fields, groups, listing } = deps;

  function* personPages(pages: Iterable<readonly PersonRow[]>): Generator<readonly Person[]> {
    const personOf = personViews(fields.known());
    for (const page of pages) yield page.map((row) => personOf(row));
  }

  return {
    /**
     * Everybody of a source in the order of the list, with the first number of each, in pages: each takes some milliseconds, may be
     * empty, and others may have their turn before the next one. `NOT_FOUND`: the contact or group is gone; `RULE_BROKEN`: see
     * `groupsContract`.
     */
    people({ kind, id }: PeopleSource): Result<Iterable<readonly Person[]>, AppError> {
      if (kind === 'contact') {
        const rows = queries.personRows([id]);
        return rows.length > 0 ? ok(personPages([rows])) : err(appError('NOT_FOUND'));
      }
      const pages = listing.people(id);
      return pages.ok ? ok(personPages(pages.value)) : pages;
    },

    /**
     * What a source is called and how many people it stands for now (0 where the rule of a group is broken); `detail` is the first
     * number of a contact, `fields` are the names of all fields of the user.
     */
    describe({ kind, id }: PeopleSource): {
      label: string;
      detail: string;
      count: number;
      gone: boolean;
      fields: string[];
    } {
      const names = fields.known().map(({ name }) => name);
      const [row] = kind === 'contact' ? queries.rows([id]) : [];
      if (row) return { label: row.name, detail: row.msisdn, count: 1, gone: false, fields: names };
      const group = kind === 'group' ? groups.get(id) : null;
      if (group) return { label: group.name, detail: '', count: group.count, gone: false, fields: names };
      return { label: '', detail: '', count: 0, gone: true, fields: [] };
    },

    /** Groups first, then people; the empty search gives groups. At most `limit` of both together. */
    async find(search: string, limit: number): Promise<Found[]> {
      const words = foldForSearch(search)
        .split(/\s+/u)
        .filter((word) => word !== '');
      const named = await groups.named((folded) => words.every((word) => folded.includes(word)), limit);
      const found: Found[] = named.map((group) => ({ kind: 'group', ...group }));
      if (words.length === 0 || found.length === limit) return found;
      const people = listing.list({ search }, undefined, limit - found.length);
      if (!people.ok) return found;
      for (const { id, name, msisdn, numbers } of people.value.rows) {
        const doNotMessage = numbers[0]?.doNotMessage ?? false;
        found.push({
          kind: 'contact',
          id,
          name,
          msisdn,
          doNotMessage,
          dead: (numbers[0]?.deadSince ?? null) !== null,
        });
      }
      return found;
    },

    /** Who has these numbers, by number; numbers of nobody are absent. A person's `msisdn` is the number that was asked for. */
    byNumbers(msisdns: readonly string[]): Map<string, Person> {
      const personOf = personViews(fields.known());
      const found = new Map<string, Person>();
      for (const chunk of chunksOf(msisdns)) {
        for (const row of queries.byNumbers(chunk)) found.set(row.asked, personOf(row, row.asked));
      }
      return found;
    },

    /** Those of the numbers that count as dead. */
    deadAmong(msisdns: readonly string[]): Set<string> {
      const dead = new Set<string>();
      for (const chunk of chunksOf(msisdns)) {
        for (const { msisdn } of queries.deadAmong(chunk)) dead.add(msisdn);
      }
      return dead;
    },
  };
}
