import * as v from 'valibot';
import { appError, type AppError } from '#shared/errors.ts';
import type { Contact } from '#shared/ipc/contacts.ts';
import { NetworkFacts } from '#shared/phone/network-facts.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { Clock } from '../../clock.ts';
import type { Store } from '../../store/store.ts';
import { contactQueries, TOP, type ContactFields, type ContactRow } from './queries.ts';
import { readContact, searchWords, type Written } from './written.ts';

/** Contacts of one space. */
export type Contacts = ReturnType<typeof createContacts>;

/** Numbers given at once: as many as one lookup takes. */
const MOST_NUMBERS = 100_000;

/** One page of a list; `next` is the cursor of the page after it. */
type Page<T> = { rows: T[]; next?: string };

/** One per space. */
export function createContacts(deps: { readonly store: Store; readonly clock: Clock }) {
  const { store, clock } = deps;
  const queries = contactQueries(store.db);
  const listeners = new Set<() => void>();
  const changed = () => {
    for (const listener of listeners) listener();
  };

  /** Writes a contact unless another one has the number; `write` gives its id. */
  function file(
    written: Written,
    own: number | null,
    write: (fields: ContactFields) => number,
  ): Result<Contact, AppError> {
    const read = readContact(written);
    if (!read.ok) return read;
    const filed = store.transaction((): Result<Contact, AppError> => {
      const other = queries.byNumber(read.value.msisdn);
      if (other && other.id !== own)
        return err(appError('CONTACT_EXISTS', { field: 'number', detail: other.name }));
      const row = queries.get(write({ ...read.value, at: clock.now() }));
      if (!row) throw new Error('A contact that was just written is gone');
      return ok(view(row));
    });
    if (filed.ok) changed();
    return filed;
  }

  return {
    /** Adds a contact. */
    add: (written: Written): Result<Contact, AppError> => file(written, null, queries.insert),

    /** Writes name and number anew. What is known of a new number comes with it. */
    update(id: number, written: Written): Result<Contact, AppError> {
      if (!queries.get(id)) return err(appError('NOT_FOUND'));
      return file(written, id, (fields) => {
        queries.update(id, fields);
        return id;
      });
    },

    /** Removes a contact and gives it, for {@link restore}. What is known of its number stays known. */
    remove(id: number): Result<Contact, AppError> {
      const row = queries.get(id);
      if (!row) return err(appError('NOT_FOUND'));
      store.transaction(() => queries.remove(id));
      changed();
      return ok(view(row));
    },

    /** Undoes a removal. An id that no removed contact can have had is refused. */
    restore(
      removed: Written & { readonly id: number; readonly createdAt: number },
    ): Result<Contact, AppError> {
      const { id } = removed;
      if (id > queries.lastId() || queries.get(id)) return err(appError('INVALID_INPUT', { field: 'id' }));
      return file(removed, null, (fields) => queries.insert(fields, removed));
    },

    /** By name; `cursor` is the `next` of the page before. */
    list(
      search: string | undefined,
      cursor: string | undefined,
      limit: number,
    ): Result<Page<Contact>, AppError> {
      const found = cursor === undefined ? null : /^(\d{1,16}):(.*)$/su.exec(cursor);
      if (cursor !== undefined && !found) return err(appError('INVALID_INPUT', { field: 'cursor' }));
      const after = found ? { id: Number(found[1]), folded: found[2] ?? '' } : TOP;
      const rows = queries.page(searchWords(search), after, limit + 1);
      const shown = rows.slice(0, limit);
      const last = shown.at(-1);
      return ok({
        rows: shown.map(view),
        ...(rows.length > limit && last ? { next: `${last.id}:${last.name_folded}` } : {}),
      });
    },

    /** How many there are, or how many a search finds. */
    count: (search?: string): number => queries.count(searchWords(search)),

    /** The numbers of the list, one a line. */
    numbers(search: string | undefined): { numbers: string; count: number; more: boolean } {
      const rows = queries.numbers(searchWords(search), MOST_NUMBERS + 1);
      const taken = rows.slice(0, MOST_NUMBERS).map(({ msisdn }) => msisdn);
      return { numbers: taken.join('\n'), count: taken.length, more: rows.length > MOST_NUMBERS };
    },

    /** Tells that something became known of numbers, which contacts show. */
    factsChanged: changed,

    /** Calls `listener` after each change, until the returned function is called. */
    onChange(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function view(row: ContactRow): Contact {
  return {
    id: row.id,
    name: row.name,
    msisdn: row.msisdn,
    createdAt: row.created_at,
    facts: row.facts === null ? null : v.parse(NetworkFacts, JSON.parse(row.facts)),
    factsAt: row.facts_at,
  };
}
