import { appError, type AppError } from '#shared/errors.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { Person } from '../../person.ts';
import type { ListQueries } from './lists-queries.ts';

/** What a list is called and how many people are in it; `fields` are the merge fields that it brings. */
export type DescribedList = {
  readonly label: string;
  readonly detail: string;
  readonly count: number;
  /** It was removed. */
  readonly gone: boolean;
  readonly fields: string[];
};

/** Lists of recipients that were read from files, each for one sending. */
export function createLists(queries: ListQueries) {
  return {
    /** Everybody of a list in the order of the file; `NOT_FOUND`: it is gone. */
    people(id: number): Result<readonly Person[], AppError> {
      if (!queries.get(id)) return err(appError('NOT_FOUND'));
      const people = queries.people(id).map(({ msisdn, name, fields }) => ({
        contactId: null,
        name,
        msisdn,
        input: msisdn,
        values: JSON.parse(fields) as Record<string, string>,
      }));
      return ok(people);
    },
    describe(id: number): DescribedList {
      const list = queries.get(id);
      if (!list) return { label: '', detail: '', count: 0, gone: true, fields: [] };
      const fields = JSON.parse(list.columns) as string[];
      return { label: list.name, detail: '', count: list.count, gone: false, fields };
    },
    /** `NOT_FOUND`: it is gone already. */
    remove: (id: number): Result<null, AppError> =>
      queries.remove(id) ? ok(null) : err(appError('NOT_FOUND')),
  };
}
