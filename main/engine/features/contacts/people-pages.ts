import type { Compiled } from './filter.ts';
import { TOP, type ContactQueries, type PersonRow } from './queries.ts';

/** Contacts that one step looks at. */
const LOOKED_AT = 2_000;
/** People that one step reads whole. */
const READ = 1_000;

/**
 * Everybody whom a filter finds, in the order of the list, in steps of some milliseconds each, some of which give nobody: first who they
 * are, then the list along its index. Contacts may change between two steps; nobody comes twice, and who gets another name meanwhile
 * comes last rather than not at all.
 */
export function* peopleInPages(queries: ContactQueries, filter: Compiled): Generator<readonly PersonRow[]> {
  const wanted = new Set<number>();
  for (let after = 0; ;) {
    const found = queries.idsAfter(filter, after, LOOKED_AT);
    if (!found) break;
    for (const id of found.ids) wanted.add(id);
    after = found.last;
    yield [];
  }
  let next: number[] = [];
  for (let place = TOP; wanted.size > 0;) {
    const places = queries.names(place, LOOKED_AT);
    const last = places.at(-1);
    if (!last) break;
    for (const { id } of places) if (wanted.delete(id)) next.push(id);
    place = last;
    yield [];
    for (; next.length >= READ; next = next.slice(READ)) yield queries.personRows(next.slice(0, READ));
  }
  yield queries.personRows(next);
  const renamed = [...wanted];
  for (let at = 0; at < renamed.length; at += READ) yield queries.personRows(renamed.slice(at, at + READ));
}
