import { appError, type AppError } from '#shared/errors.ts';
import type { Contact } from '#shared/ipc/contacts.ts';
import { parseRecipients } from '#shared/phone/recipients.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { Clock } from '../../clock.ts';
import type { Store } from '../../store/store.ts';
import { createPeopleChanges } from './changes.ts';
import { createDoNotMessage } from './do-not-message.ts';
import { createDuplicates } from './duplicates.ts';
import { createEditing } from './editing.ts';
import { createFields } from './fields.ts';
import { createForSending } from './for-sending.ts';
import { groupQueries as prepareGroups } from './group-queries.ts';
import { createGroups } from './groups.ts';
import { createListing } from './listing.ts';
import { createMerging } from './merge.ts';
import { createPersonPage } from './person-page.ts';
import { contactQueries } from './queries.ts';
import { removalQueries } from './removal-queries.ts';
import { createRemovals } from './removals.ts';
import { addRuleFunctions } from './rule-queries.ts';
import { createSnapshots } from './snapshots.ts';

export type { DoNotMessage } from './do-not-message.ts';
export type { Groups } from './groups.ts';

/** Contacts of one space. */
export type Contacts = ReturnType<typeof createPeople>['contacts'];

/** The people of one space: contacts with their fields, groups, and the do-not-message list. Finishes what the last run left. */
export function createPeople(deps: { readonly store: Store; readonly clock: Clock }) {
  const { store } = deps;
  addRuleFunctions(store.db);
  const changes = createPeopleChanges();
  const base = { ...deps, changes };
  const queries = contactQueries(store.db);
  const groupQueries = prepareGroups(store.db);
  const removals = removalQueries(store.db);
  const fields = createFields(base);
  const listing = createListing({ ...base, queries, groupQueries, fields });
  const groups = createGroups({ ...base, queries: groupQueries, listing });
  const snapshots = createSnapshots({ queries, removals, fields });
  const merging = createMerging({ ...base, listing, fields, removals, snapshots });
  const removing = createRemovals({ ...base, listing, removals, snapshots, merging });
  const doNotMessage = createDoNotMessage(base);
  removing.open();

  const contacts = {
    ...createEditing({ ...base, queries, groupQueries, fields }),
    ...createForSending({ queries, fields, groups, listing }),
    ...createPersonPage({ store, queries }),
    list: listing.list,
    count: listing.count,
    numbers: listing.numbers,
    remove: removing.remove,
    undo: removing.undo,
    merge: merging.merge,
    duplicates: createDuplicates({ changes, queries, listing }),

    get(id: number): Result<Contact, AppError> {
      const [contact] = listing.views([id]);
      return contact ? ok(contact) : err(appError('NOT_FOUND'));
    },

    /** Who has a number, in any usual writing; `null`: nobody, or it is no number. */
    byNumber(number: string): Contact | null {
      const [read] = parseRecipients(number).accepted;
      const owner = read ? queries.owner(read.msisdn) : null;
      return (owner && listing.views([owner.id])[0]) ?? null;
    },

    /** Forgets that a number failed, so that it no longer counts as dead. `NOT_FOUND`: nothing was known against it. */
    revive(msisdn: string): Result<null, AppError> {
      if (!queries.revive(msisdn)) return err(appError('NOT_FOUND'));
      changes.changed();
      return ok(null);
    },

    /** The user's fields, in the user's order. */
    fields: fields.known,
    /** The same with how many contacts have a value; see `Fields.list`. */
    countedFields: fields.list,
    /** Adds a field as the last one; see `Fields.add`. */
    addField: fields.add,
    updateField: fields.update,
    removeField: fields.remove,

    /** Counts up with every change of people, groups, fields or the do-not-message list. */
    revision: changes.revision,
    /** To be called after another feature wrote people, groups or the do-not-message list. */
    touched: changes.changed,
    /** Tells that something became known of numbers, which contacts show. */
    factsChanged: changes.factsChanged,
    /** Calls `listener` after each change, until the returned function is called. */
    onChange: changes.onChange,
  };
  return { contacts, groups, doNotMessage };
}
