import { setImmediate } from 'node:timers/promises';
import { appError, type AppError } from '#shared/errors.ts';
import type { ContactChoice } from '#shared/ipc/contacts.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { Clock } from '../../clock.ts';
import type { Store } from '../../store/store.ts';
import type { PeopleChanges } from './changes.ts';
import { chunksOf } from './for-sending.ts';
import type { Listing } from './listing.ts';
import type { Merging } from './merge.ts';
import type { RemovalQueries } from './removal-queries.ts';
import { readSnapshot, type Snapshots } from './snapshots.ts';

/** Contacts moved in one transaction; sending goes on between two. */
const CHUNK = 1_000;
const KEPT_MS = 30 * 86_400_000;

/** What an undo did. `kept` are still removed, because their number is another contact's by now. */
type Undone = { restored: number; kept: number };

/**
 * Removing contacts and undoing it. A removal of many is done in pieces, each its own transaction, and counts only when the last one is
 * done: one that the end of the program cut off is taken back by {@link createRemovals.open}, and a cut off undo is finished there.
 */
export function createRemovals(deps: {
  readonly store: Store;
  readonly clock: Clock;
  readonly changes: PeopleChanges;
  readonly listing: Listing;
  readonly removals: RemovalQueries;
  readonly snapshots: Snapshots;
  readonly merging: Merging;
}) {
  const { store, clock, changes, listing, removals, snapshots, merging } = deps;

  /** Restores the next contacts of a removal after an id; `null` when there are no more. */
  function restoreChunk(removal: number, after: number): (Undone & { last: number }) | null {
    return store.transaction(() => {
      const rows = removals.kept(removal, after, CHUNK);
      const last = rows.at(-1);
      if (!last) return null;
      let restored = 0;
      for (const { contact_id: id, json } of rows) {
        if (!snapshots.restore(id, readSnapshot(json))) continue;
        removals.drop(removal, id);
        restored++;
      }
      return { restored, kept: rows.length - restored, last: last.contact_id };
    });
  }

  /** What could not be restored can be asked for again; a removal of which nothing is left is forgotten. */
  function close(removal: number): void {
    if (removals.anyKept(removal)) removals.setKind(removal, 'removed');
    else removals.forget(removal);
  }

  return {
    /** Finishes what the last run left and forgets what is older than 30 days. */
    open(): void {
      for (const { id } of removals.unfinished()) {
        let after = 0;
        for (let chunk = restoreChunk(id, after); chunk; chunk = restoreChunk(id, after)) after = chunk.last;
        close(id);
      }
      removals.forgetOlderThan(clock.now() - KEPT_MS);
    },

    /**
     * Removes contacts. What was sent to them stays, and so does the do-not-message list. `NOT_FOUND`: none of them is there, or the
     * filter's group is gone.
     */
    async remove(choice: ContactChoice): Promise<Result<{ removal: number; removed: number }, AppError>> {
      const chosen = listing.chosen(choice);
      if (!chosen.ok) return chosen;
      let removal = 0;
      let removed = 0;
      for (const chunk of chunksOf(chosen.value, CHUNK)) {
        if (removal > 0) await setImmediate();
        store.transaction(() => {
          if (removal === 0) removal = removals.begin(clock.now(), 'removing');
          removed += removals.take(removal, chunk);
        });
        changes.changed();
      }
      if (removed === 0) {
        removals.forget(removal);
        return err(appError('NOT_FOUND'));
      }
      removals.setKind(removal, 'removed');
      return ok({ removal, removed });
    },

    /** Undoes a removal or a merge. `NOT_FOUND`: it was undone, is older than 30 days, or never was. */
    async undo(removal: number): Promise<Result<Undone, AppError>> {
      const row = removals.get(removal);
      if (!row || row.kind === 'removing' || row.kind === 'restoring') return err(appError('NOT_FOUND'));
      if (row.kind === 'merged') return ok(merging.undo(row));
      removals.setKind(removal, 'restoring');
      const undone: Undone = { restored: 0, kept: 0 };
      let after = 0;
      for (let chunk = restoreChunk(removal, after); chunk; chunk = restoreChunk(removal, after)) {
        undone.restored += chunk.restored;
        undone.kept += chunk.kept;
        after = chunk.last;
        changes.changed();
        await setImmediate();
      }
      close(removal);
      return ok(undone);
    },
  };
}
