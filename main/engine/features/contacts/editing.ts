import { appError, type AppError } from '#shared/errors.ts';
import type { Contact } from '#shared/ipc/contacts.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { Clock } from '../../clock.ts';
import type { Store } from '../../store/store.ts';
import type { PeopleChanges } from './changes.ts';
import type { Fields } from './fields.ts';
import type { groupQueries } from './group-queries.ts';
import type { ContactFields, ContactQueries } from './queries.ts';
import { contactViews } from './view.ts';
import { readContact, type ReadContact, type Written } from './written.ts';

/** Adding and changing contacts one by one. */
export function createEditing(deps: {
  readonly store: Store;
  readonly clock: Clock;
  readonly changes: PeopleChanges;
  readonly queries: ContactQueries;
  readonly groupQueries: ReturnType<typeof groupQueries>;
  readonly fields: Fields;
}) {
  const { store, clock, changes, queries, groupQueries: groups, fields } = deps;

  /** Refuses a number that another contact has and groups that are gone (`NOT_FOUND`) or smart. */
  function refusalOf(read: ReadContact, own: number | null, into: readonly number[]): AppError | null {
    for (const [at, msisdn] of read.numbers.entries()) {
      const other = queries.owner(msisdn);
      if (other && other.id !== own) {
        return appError('CONTACT_EXISTS', { field: `numbers.${at}`, detail: other.name });
      }
    }
    for (const id of into) {
      const group = groups.get(id);
      if (!group) return appError('NOT_FOUND', { field: 'groups' });
      if (group.rule !== null) return appError('INVALID_INPUT', { field: 'groups', detail: 'smart' });
    }
    return null;
  }

  /** Files what was read; `write` gives the id. */
  function file(
    written: Written,
    own: number | null,
    write: (read: ReadContact) => number,
  ): Result<Contact, AppError> {
    const read = readContact(written, fields.known());
    if (!read.ok) return read;
    const filed = store.transaction((): Result<Contact, AppError> => {
      const refused = refusalOf(read.value, own, written.groups ?? []);
      if (refused) return err(refused);
      const id = write(read.value);
      if (written.groups) queries.setGroups(id, written.groups);
      const [contact] = contactViews(queries, [id]);
      if (!contact) throw new Error('A contact that was just written is gone');
      return ok(contact);
    });
    if (filed.ok) changes.changed();
    return filed;
  }

  const row = (
    { name, folded, note, fields: values }: ReadContact,
    was: { note: string; fields: string },
  ): ContactFields => ({
    name,
    folded,
    note: note ?? was.note,
    fields: values ?? was.fields,
    at: clock.now(),
  });

  return {
    /** Adds a contact. */
    add: (written: Written): Result<Contact, AppError> =>
      file(written, null, (read) => {
        const [first = '', ...others] = read.numbers;
        const id = queries.insert(row(read, { note: '', fields: '{}' }), first);
        queries.addNumbers(id, others);
        return id;
      }),

    /** Writes a contact anew; absent parts stay as they are. What is known of a new number comes with it. */
    update(id: number, written: Written): Result<Contact, AppError> {
      const [was] = queries.rows([id]);
      if (!was) return err(appError('NOT_FOUND'));
      return file(written, id, (read) => {
        const [first = '', ...others] = read.numbers;
        queries.dropNumbers(id);
        queries.update(id, row(read, was), first);
        queries.addNumbers(id, others);
        return id;
      });
    },
  };
}
