import { appError, type AppError } from '#shared/errors.ts';
import type { Contact, ContactChoice, ContactFilter } from '#shared/ipc/contacts.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { Clock } from '../../clock.ts';
import type { Fields } from './fields.ts';
import { compileFilter, type Compiled } from './filter.ts';
import type { groupQueries } from './group-queries.ts';
import { peopleInPages } from './people-pages.ts';
import { TOP, type ContactPlace, type ContactQueries, type PersonRow } from './queries.ts';
import type { RuleWorld } from './rule-queries.ts';
import { contactViews } from './view.ts';

/** Finding contacts. */
export type Listing = ReturnType<typeof createListing>;

/** Numbers given at once: as many as one lookup takes. */
const MOST_NUMBERS = 100_000;

/** Members of a list that are read at once. */
const FEW = 2_000;

/** One page of a list; `next` is the cursor of the page after it. */
export type Page<T> = { rows: T[]; next?: string };

/** One per space. Everything that takes a filter gives `NOT_FOUND` for a group that is gone and `RULE_BROKEN` for a broken rule. */
export function createListing(deps: {
  readonly clock: Clock;
  readonly queries: ContactQueries;
  readonly groupQueries: ReturnType<typeof groupQueries>;
  readonly fields: Fields;
}) {
  const { clock, queries, groupQueries: groups, fields } = deps;

  const world = (): RuleWorld => ({
    now: clock.now(),
    hasField: (id) => fields.known().some((field) => field.id === id),
    hasImport: groups.hasImport,
    ruleOf: (id) => groups.get(id)?.rule,
  });
  const compiled = (filter: ContactFilter) => compileFilter(filter, world());
  const found = <T>(filter: ContactFilter, read: (filter: Compiled) => T): Result<T, AppError> => {
    const condition = compiled(filter);
    return condition.ok ? ok(read(condition.value)) : condition;
  };

  return {
    /** What a rule may name now. */
    world,

    /** By name; `cursor` is the `next` of the page before. */
    list(filter: ContactFilter, cursor: string | undefined, limit: number): Result<Page<Contact>, AppError> {
      const after = cursor === undefined ? TOP : placeOf(cursor);
      if (!after) return err(appError('INVALID_INPUT', { field: 'cursor' }));
      return found(filter, (condition) => {
        const places = queries.page(condition, after, limit + 1);
        const shown = places.slice(0, limit);
        const last = shown.at(-1);
        return {
          rows: contactViews(
            queries,
            shown.map(({ id }) => id),
          ),
          ...(places.length > limit && last ? { next: `${last.id}:${last.name_folded}` } : {}),
        };
      });
    },

    count: (filter: ContactFilter): Result<number, AppError> => found(filter, queries.count),

    /** First numbers in the order of the list, one a line. */
    numbers: (filter: ContactFilter) =>
      found(filter, (condition) => {
        const numbers = queries.numbers(condition, MOST_NUMBERS + 1);
        const taken = numbers.slice(0, MOST_NUMBERS);
        return { numbers: taken.join('\n'), count: taken.length, more: numbers.length > MOST_NUMBERS };
      }),

    /** Everybody of a group, by name; see `peopleInPages`. */
    people: (group: number): Result<Iterable<readonly PersonRow[]>, AppError> =>
      found({ group }, (filter) =>
        groups.count(group) <= FEW && groups.get(group)?.rule === null
          ? [queries.people(filter)]
          : peopleInPages(queries, filter),
      ),

    /** The ids that a choice means; ids that are gone are among them. */
    chosen: (choice: ContactChoice): Result<readonly number[], AppError> =>
      'ids' in choice ? ok([...new Set(choice.ids)]) : found(choice.filter, queries.ids),

    /** The contacts with these ids; those that are gone are left out. */
    views: (ids: readonly number[]): Contact[] => contactViews(queries, ids),
  };
}

function placeOf(cursor: string): ContactPlace | null {
  const found = /^(\d{1,16}):(.*)$/su.exec(cursor);
  return found ? { id: Number(found[1]), name_folded: found[2] ?? '' } : null;
}
