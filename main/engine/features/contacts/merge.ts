import { appError, type AppError } from '#shared/errors.ts';
import type { Contact, FieldValues } from '#shared/ipc/contacts.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { foldForSearch } from '#shared/search-fold.ts';
import type { Clock } from '../../clock.ts';
import type { Store } from '../../store/store.ts';
import type { PeopleChanges } from './changes.ts';
import type { Fields } from './fields.ts';
import type { Listing } from './listing.ts';
import type { RemovalQueries, RemovalRow, Snapshot } from './removal-queries.ts';
import { readSnapshot, type Snapshots } from './snapshots.ts';
import { readName, readText } from './written.ts';

/** Merging contacts of one space. */
export type Merging = ReturnType<typeof createMerging>;

/** Numbers that a contact may have. */
const MOST_NUMBERS = 10;

/** What the user wants kept; see `contactsContract.merge`. */
type Merge = {
  readonly keep: number;
  readonly others: readonly number[];
  readonly contact: {
    readonly name: string;
    readonly note: string;
    readonly fields: FieldValues;
    readonly first: string;
  };
};

/** The contact that was kept, before the merge and right after it: JSON of snapshots. */
type MergeRecord = { readonly before: string; readonly after: string };

const union = <T>(lists: readonly (readonly T[])[]): T[] => [...new Set(lists.flat())];

/** One per space. */
export function createMerging(deps: {
  readonly store: Store;
  readonly clock: Clock;
  readonly changes: PeopleChanges;
  readonly listing: Listing;
  readonly fields: Fields;
  readonly removals: RemovalQueries;
  readonly snapshots: Snapshots;
}) {
  const { store, clock, changes, listing, fields, removals, snapshots } = deps;

  /** The kept contact after the merge. */
  function united({ contact }: Merge, all: readonly [Snapshot, ...Snapshot[]]): Result<Snapshot, AppError> {
    const refuse = (field: string, detail: string) => err(appError('INVALID_INPUT', { field, detail }));
    const name = readName(contact.name);
    if (name === null) return refuse('name', 'empty');
    const numbers = union(all.map((one) => one.numbers));
    if (!numbers.includes(contact.first)) return refuse('first', 'not-a-number');
    if (numbers.length > MOST_NUMBERS) {
      const facts = {
        field: 'others',
        detail: 'too-many-numbers',
        limit: MOST_NUMBERS,
        actual: numbers.length,
      };
      return err(appError('INVALID_INPUT', facts));
    }
    return ok({
      ...all[0],
      name,
      folded: foldForSearch(name),
      numbers: union([[contact.first], numbers]),
      note: readText(contact.note),
      fields: fields.storedValues(contact.fields),
      groups: union(all.map((one) => one.groups)),
      changed: clock.now(),
    });
  }

  return {
    /**
     * Makes several contacts one. All numbers and groups come together; name, note, values and the first number are what the user chose.
     * `INVALID_INPUT`: `name`, `first` (not one of the numbers) or `others` (the contact itself, or more than ten numbers together).
     */
    merge(request: Merge): Result<{ contact: Contact; removal: number; removed: number }, AppError> {
      const { keep } = request;
      const others = union([request.others]);
      if (others.includes(keep)) return err(appError('INVALID_INPUT', { field: 'others' }));
      const merged = store.transaction((): Result<number, AppError> => {
        const before = removals.snapshot(keep);
        const found = others.map((id) => removals.snapshot(id)).filter((json) => json !== null);
        if (before === null || found.length < others.length) return err(appError('NOT_FOUND'));
        const one = united(request, [readSnapshot(before), ...found.map(readSnapshot)]);
        if (!one.ok) return one;
        const removal = removals.begin(clock.now(), 'merged', keep);
        removals.take(removal, others);
        snapshots.rewrite(keep, one.value);
        const record: MergeRecord = { before, after: removals.snapshot(keep) ?? '' };
        removals.setBefore(removal, JSON.stringify(record));
        return ok(removal);
      });
      if (!merged.ok) return merged;
      changes.changed();
      const [contact] = listing.views([keep]);
      if (!contact) throw new Error('A contact that was just merged is gone');
      return ok({ contact, removal: merged.value, removed: others.length });
    },

    /**
     * Undoes a merge. The kept contact is as before where nobody changed it since; what was changed stays changed, and numbers and groups
     * go back to whom they came from. A contact of which a number is another one's by now stays removed.
     */
    undo(row: RemovalRow): { restored: number; kept: number } {
      const keep = row.kept_contact ?? 0;
      const record = JSON.parse(row.before ?? '{}') as MergeRecord;
      const undone = store.transaction(() => {
        const json = removals.snapshot(keep);
        const rows = removals
          .kept(row.id, 0, Number.MAX_SAFE_INTEGER)
          .map(({ contact_id, json: was }) => ({ id: contact_id, was: readSnapshot(was) }));
        const free = rows.filter(({ id, was }) => !removals.taken(id, was.numbers, keep));
        const back = json === null ? free : withoutLast(readSnapshot(json), free);
        let restored = 0;
        if (json === null) restored += snapshots.restore(keep, readSnapshot(record.before)) ? 1 : 0;
        else {
          const exact = json === record.after && back.length === rows.length;
          snapshots.rewrite(
            keep,
            exact ? readSnapshot(record.before) : without(readSnapshot(json), record, back),
          );
        }
        for (const { id, was } of back) {
          if (!snapshots.restore(id, was)) throw new Error('A number that was free is not');
          removals.drop(row.id, id);
          restored++;
        }
        if (removals.anyKept(row.id)) removals.setKind(row.id, 'removed');
        else removals.forget(row.id);
        return {
          restored,
          kept: rows.length - back.length + (json === null && restored === back.length ? 1 : 0),
        };
      });
      changes.changed();
      return undone;
    },
  };

  /** Leaves the kept contact a number: where all it has belong to those who come back, the owner of its first one does not. */
  function withoutLast<T extends { readonly was: Snapshot }>(now: Snapshot, back: readonly T[]): T[] {
    const given = new Set(back.flatMap(({ was }) => was.numbers));
    if (now.numbers.some((number) => !given.has(number))) return [...back];
    return back.filter(({ was }) => !was.numbers.includes(now.numbers[0] ?? ''));
  }

  /** The kept contact as it is now, without what goes back. */
  function without(
    now: Snapshot,
    record: MergeRecord,
    back: readonly { readonly was: Snapshot }[],
  ): Snapshot {
    const before = readSnapshot(record.before);
    const after = readSnapshot(record.after);
    const given = new Set(back.flatMap(({ was }) => was.numbers));
    const words = ({ name, note, fields: values }: Snapshot) => JSON.stringify([name, note, values]);
    const { name, folded, note, fields: values } = words(now) === words(after) ? before : now;
    const numbers = now.numbers.filter((number) => !given.has(number));
    const first = before.numbers[0] ?? '';
    return {
      ...now,
      name,
      folded,
      note,
      fields: values,
      numbers: numbers.includes(first) ? union([[first], numbers]) : numbers,
      groups: now.groups.filter((group) => before.groups.includes(group) || !after.groups.includes(group)),
      changed: clock.now(),
    };
  }
}
