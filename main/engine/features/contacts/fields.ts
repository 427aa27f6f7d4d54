import { setImmediate } from 'node:timers/promises';
import { appError, type AppError } from '#shared/errors.ts';
import type { Field, FieldValues } from '#shared/ipc/contacts.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { BUILT_IN_FIELDS, fieldKey } from '#shared/sms/merge-fields.ts';
import type { Store } from '../../store/store.ts';
import type { PeopleChanges } from './changes.ts';
import { fieldQueries, type FieldRow } from './field-queries.ts';
import { readName, storedValues } from './written.ts';

/** The user's fields. */
export type Fields = ReturnType<typeof createFields>;

/** Fields in one space: as many as columns of a file. */
const MOST_FIELDS = 300;
/** UTF-16 units; a longer one could not be written into a text. */
const LONGEST_NAME = 100;
/** Contacts whose values are counted before others have their turn. */
const COUNTED_AT_ONCE = 2_000;

type WrittenField = Pick<Field, 'name' | 'kind'>;

/** One per space. */
export function createFields(deps: { readonly store: Store; readonly changes: PeopleChanges }) {
  const { store, changes } = deps;
  const queries = fieldQueries(store.db);
  const known = changes.cached(() => queries.all());
  const counted = changes.cached(countUse);

  /** How many contacts have a value, by field, counted in turns with other work. */
  async function countUse(): Promise<ReadonlyMap<string, number>> {
    const use = new Map<string, number>();
    for (let after = 0; ;) {
      const { count, last } = queries.stretch(after, COUNTED_AT_ONCE);
      if (last === null) return use;
      for (const found of queries.usedAmong(after, last)) {
        use.set(found.field, (use.get(found.field) ?? 0) + found.count);
      }
      if (count < COUNTED_AT_ONCE) return use;
      after = last;
      await setImmediate();
    }
  }

  function readField(
    written: WrittenField,
    own: number | null,
  ): Result<WrittenField & { key: string }, AppError> {
    const name = readName(written.name);
    const refused = (detail: string) => err(appError('INVALID_INPUT', { field: 'name', detail }));
    if (name === null) return refused('empty');
    if (name.length > LONGEST_NAME) return refused('too-long');
    // Braces and the bar have a meaning in texts.
    if (/[{}|]/u.test(name)) return refused('marks');
    const key = fieldKey(name);
    if (key === '') return refused('empty');
    const owner = queries.byKey(key);
    if (Object.hasOwn(BUILT_IN_FIELDS, key) || (owner !== null && owner !== own))
      return err(appError('FIELD_EXISTS'));
    return ok({ name, key, kind: written.kind });
  }

  return {
    /** In the user's order, without saying how many have a value. */
    known: (): readonly FieldRow[] => known(),

    /** In the user's order, with how many contacts have a value. Contacts that change meanwhile count as before or after. */
    async list(): Promise<Field[]> {
      const use = known().length === 0 ? null : await counted();
      return known().map((field) => ({ ...field, used: use?.get(String(field.id)) ?? 0 }));
    },

    /** Adds a field as the last one. `INVALID_INPUT` (`name`): `empty`, `too-long`, `marks`, or `too-many` fields. */
    add(written: WrittenField): Result<Field, AppError> {
      const read = readField(written, null);
      if (!read.ok) return read;
      if (known().length >= MOST_FIELDS) {
        return err(appError('INVALID_INPUT', { field: 'name', detail: 'too-many', limit: MOST_FIELDS }));
      }
      const { name, key, kind } = read.value;
      const id = queries.insert(name, key, kind);
      changes.changed();
      return ok({ id, name, kind, used: 0 });
    },

    /** Renames a field and moves it. Its values stay as they are. */
    update(
      id: number,
      written: WrittenField & { readonly place?: number | undefined },
    ): Result<Field, AppError> {
      if (!known().some((field) => field.id === id)) return err(appError('NOT_FOUND'));
      const read = readField(written, id);
      if (!read.ok) return read;
      store.transaction(() => {
        queries.update(id, read.value.name, read.value.key, read.value.kind);
        if (written.place === undefined) return;
        const ids = known().flatMap((field) => (field.id === id ? [] : [field.id]));
        ids.splice(written.place, 0, id);
        queries.order(ids);
      });
      changes.changed();
      const { name, kind } = read.value;
      return ok({ id, name, kind, used: queries.used(id) });
    },

    /** Removes a field with its values, if as many contacts have one as `expected`. */
    remove(id: number, expected: number): Result<null, AppError> {
      if (!known().some((field) => field.id === id)) return err(appError('NOT_FOUND'));
      const used = queries.used(id);
      if (used !== expected) return err(appError('NOT_POSSIBLE_NOW', { actual: used }));
      store.transaction(() => queries.remove(id));
      changes.changed();
      return ok(null);
    },

    /** Values as they are stored; see `storedValues`. */
    storedValues: (values: FieldValues): FieldValues => storedValues(values, known()),
  };
}
