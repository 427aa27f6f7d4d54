import type { Fields } from './fields.ts';
import type { ContactQueries } from './queries.ts';
import type { RemovalQueries, Snapshot } from './removal-queries.ts';

/** Reads what {@link RemovalQueries} kept. */
export const readSnapshot = (json: string): Snapshot => JSON.parse(json) as Snapshot;

/** Writing contacts as they were. Values of fields and groups that are gone by now stay gone. Within a transaction of the caller. */
export function createSnapshots(deps: {
  readonly queries: ContactQueries;
  readonly removals: RemovalQueries;
  readonly fields: Fields;
}) {
  const { queries, removals, fields } = deps;

  const fieldsOf = (was: Snapshot): string => {
    const known = new Set(fields.known().map(({ id }) => String(id)));
    return JSON.stringify(Object.fromEntries(Object.entries(was.fields).filter(([id]) => known.has(id))));
  };
  const rest = (id: number, was: Snapshot) => {
    queries.addNumbers(id, was.numbers.slice(1));
    queries.setGroups(id, was.groups);
  };

  return {
    /** Files a contact again; `false`: its id or a number is in use. */
    restore(id: number, was: Snapshot): boolean {
      if (removals.taken(id, was.numbers)) return false;
      removals.insert(id, was, fieldsOf(was));
      rest(id, was);
      return true;
    },
    /** Writes a contact that there is. Its numbers must be free or its own. */
    rewrite(id: number, was: Snapshot): void {
      queries.dropNumbers(id);
      removals.update(id, was, fieldsOf(was));
      rest(id, was);
    },
  };
}

/** See {@link createSnapshots}. */
export type Snapshots = ReturnType<typeof createSnapshots>;
