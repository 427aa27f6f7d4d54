import { setImmediate } from 'node:timers/promises';
import * as v from 'valibot';
import { Rule } from '#shared/contacts/rule.ts';
import { appError, type AppError } from '#shared/errors.ts';
import type { Contact, ContactChoice } from '#shared/ipc/contacts.ts';
import type { Group } from '#shared/ipc/groups.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { foldForSearch } from '#shared/search-fold.ts';
import type { Clock } from '../../clock.ts';
import type { Store } from '../../store/store.ts';
import type { PeopleChanges } from './changes.ts';
import type { GroupRow, groupQueries } from './group-queries.ts';
import type { Listing } from './listing.ts';
import { compileRule } from './rule-queries.ts';
import { readName } from './written.ts';

/** Groups of one space. */
export type Groups = ReturnType<typeof createGroups>;

type WrittenGroup = Pick<Group, 'name' | 'rule'>;

/** People that a preview shows. */
const SAMPLE = 5;
/** How long the count of a group is shown while nothing else changes, ms: what was sent meanwhile may have changed a smart one. */
const COUNT_KEPT_MS = 10_000;

/** One per space. */
export function createGroups(deps: {
  readonly store: Store;
  readonly clock: Clock;
  readonly changes: PeopleChanges;
  readonly queries: ReturnType<typeof groupQueries>;
  readonly listing: Listing;
}) {
  const { store, clock, changes, queries, listing } = deps;
  /** Groups that were removed in this run, with their members. */
  const removed = new Map<number, { readonly row: GroupRow; readonly members: readonly number[] }>();
  const counts = new Map<
    number,
    { readonly revision: number; readonly at: number; readonly count: number }
  >();

  /** The count that was taken of a group while it still holds; `null`: it must be counted. */
  function keptCount(id: number): number | null {
    const kept = counts.get(id);
    const holds = kept?.revision === changes.revision() && clock.monotonic() - kept.at < COUNT_KEPT_MS;
    return holds ? kept.count : null;
  }

  /** People in a group. */
  function countOf(id: number, isSmart: boolean): number {
    const kept = keptCount(id);
    if (kept !== null) return kept;
    const counted = isSmart ? listing.count({ group: id }) : ok(queries.count(id));
    // A broken rule finds nobody.
    const count = counted.ok ? counted.value : 0;
    counts.set(id, { revision: changes.revision(), at: clock.monotonic(), count });
    return count;
  }

  const view = (row: GroupRow): Group => ({
    id: row.id,
    name: row.name,
    rule: row.rule === null ? null : v.parse(Rule, JSON.parse(row.rule)),
    count: countOf(row.id, row.rule !== null),
    createdAt: row.created_at,
    changedAt: row.changed_at,
  });

  function one(id: number): Group {
    const row = queries.get(id);
    if (!row) throw new Error('A group that was just written is gone');
    return view(row);
  }

  function readGroup(
    { name: typed, rule }: WrittenGroup,
    own: number | null,
  ): Result<WrittenGroup, AppError> {
    const name = readName(typed);
    if (name === null) return err(appError('INVALID_INPUT', { field: 'name', detail: 'empty' }));
    const owner = queries.byName(foldForSearch(name));
    if (owner !== null && owner !== own) return err(appError('GROUP_EXISTS'));
    if (rule) {
      const compiled = compileRule(rule, listing.world(), own === null ? [] : [own]);
      if (!compiled.ok) return compiled;
    }
    return ok({ name, rule });
  }

  /** The ids that a choice for a list means. */
  function chosen(id: number, choice: ContactChoice): Result<readonly number[], AppError> {
    const row = queries.get(id);
    if (!row) return err(appError('NOT_FOUND'));
    if (row.rule !== null) return err(appError('NOT_POSSIBLE_NOW', { detail: 'smart group' }));
    return listing.chosen(choice);
  }

  /** By name. */
  const list = (): Group[] => queries.all().map(view);

  /** What `make` makes of each group; where that counts, other work goes on before the next one. */
  async function inTurns<T extends { readonly id: number }, R>(groups: readonly T[], make: (group: T) => R) {
    const made: R[] = [];
    for (const group of groups) {
      const isCounted = keptCount(group.id) !== null;
      made.push(make(group));
      if (!isCounted) await setImmediate();
    }
    return made;
  }

  return {
    list,

    /** As {@link list}, but other work goes on between the counts of two groups. */
    listInTurns: (): Promise<Group[]> => inTurns(queries.all(), view),

    /** All groups by name, without counting anybody. */
    names: (): { readonly id: number; readonly name: string; readonly smart: boolean }[] =>
      queries.names().map(({ id, name, smart }) => ({ id, name, smart: smart === 1 })),

    /** The first groups by name whose folded name `matches`, with their counts. Other groups are not counted. */
    named(matches: (folded: string) => boolean, limit: number) {
      const found = queries.names().filter(({ name_folded }) => matches(name_folded));
      return inTurns(found.slice(0, limit), ({ id, name, smart }) => ({
        id,
        name,
        smart: smart === 1,
        count: countOf(id, smart === 1),
      }));
    },

    /** One group; `null`: it is gone. */
    get(id: number): Group | null {
      const row = queries.get(id);
      return row && view(row);
    },

    /** Adds a list or, with a rule, a smart group. */
    add(written: WrittenGroup): Result<Group, AppError> {
      const read = readGroup(written, null);
      if (!read.ok) return read;
      const { name, rule } = read.value;
      const now = clock.now();
      const id = queries.insert({
        id: null,
        name,
        name_folded: foldForSearch(name),
        rule: rule && JSON.stringify(rule),
        created_at: now,
        changed_at: now,
      });
      changes.changed();
      return ok(one(id));
    },

    /** Writes name and rule anew. `INVALID_INPUT` (`rule`) where a list would become a smart group or the other way. */
    update(id: number, written: WrittenGroup): Result<Group, AppError> {
      const row = queries.get(id);
      if (!row) return err(appError('NOT_FOUND'));
      if ((row.rule === null) !== (written.rule === null)) {
        return err(appError('INVALID_INPUT', { field: 'rule', detail: 'kind' }));
      }
      const read = readGroup(written, id);
      if (!read.ok) return read;
      const { name, rule } = read.value;
      queries.update({
        ...row,
        name,
        name_folded: foldForSearch(name),
        rule: rule && JSON.stringify(rule),
        changed_at: clock.now(),
      });
      changes.changed();
      return ok(one(id));
    },

    /** Removes a group, not its people. Smart groups that refer to it are broken until it is restored. */
    remove(id: number): Result<{ id: number }, AppError> {
      const row = queries.get(id);
      if (!row) return err(appError('NOT_FOUND'));
      const members = queries.members(id);
      store.transaction(() => queries.remove(id));
      removed.set(id, { row, members });
      changes.changed();
      return ok({ id });
    },

    /** Undoes {@link remove}. */
    restore(id: number): Result<Group, AppError> {
      const was = removed.get(id);
      if (!was) return err(appError('NOT_FOUND'));
      if (queries.byName(was.row.name_folded) !== null) return err(appError('GROUP_EXISTS'));
      store.transaction(() => {
        queries.insert(was.row);
        queries.enter(id, was.members);
      });
      removed.delete(id);
      changes.changed();
      return ok(one(id));
    },

    /** Puts contacts into a list. */
    addMembers(id: number, choice: ContactChoice): Result<{ added: number }, AppError> {
      const ids = chosen(id, choice);
      if (!ids.ok) return ids;
      const added = store.transaction(() => queries.enter(id, ids.value));
      if (added > 0) changes.changed();
      return ok({ added });
    },

    /** Takes contacts out of a list. */
    removeMembers(id: number, choice: ContactChoice): Result<{ removed: number }, AppError> {
      const ids = chosen(id, choice);
      if (!ids.ok) return ids;
      const left = store.transaction(() => queries.leave(id, ids.value));
      if (left > 0) changes.changed();
      return ok({ removed: left });
    },

    /** Whom a rule finds that is being written. */
    preview(rule: Rule): Result<{ count: number; sample: Contact[] }, AppError> {
      const count = listing.count({ rule });
      if (!count.ok) return count;
      const sample = listing.list({ rule }, undefined, SAMPLE);
      return sample.ok ? ok({ count: count.value, sample: sample.value.rows }) : sample;
    },
  };
}
