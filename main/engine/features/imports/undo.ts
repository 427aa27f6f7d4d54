import type { Log } from '../../../logging/log.ts';
import type { Clock } from '../../clock.ts';
import { classifySqliteError } from '../../store/sqlite-errors.ts';
import type { Store } from '../../store/store.ts';
import type { History, Made } from './history-queries.ts';
import { undoQueries } from './undo-queries.ts';

/** What was taken back. */
export type Undone = { readonly removed: number; readonly restored: number; readonly kept: number };

/** Contacts in one transaction: some ten milliseconds. */
const AT_ONCE = 1_000;

/** Takes imports back in steps, so that others can work between them. */
export function createUndo(deps: {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly history: History;
}) {
  const { store, clock, log, history } = deps;
  const queries = undoQueries(store.db);

  /** Each step is a transaction. What the user made of people since stays. `forget`: not even the history keeps the import. */
  function* steps(id: number, forget: boolean): Generator<void, Undone> {
    const made = readMade(history.get(id)?.made ?? '{}');
    let removed = 0;
    let restored = 0;
    let keptRemoved = 0;
    for (let after = 0; ;) {
      const step = store.transaction(() => queries.removeNew(id, made.into, after, AT_ONCE));
      if (!step) break;
      after = step.contact;
      removed += step.count;
      yield;
    }
    for (let after = { removal: 0, contact: 0 }; ;) {
      const step = store.transaction(() => queries.forgetRemoved(id, made.into, after, AT_ONCE));
      if (!step) break;
      after = step.place;
      removed += step.forgotten;
      keptRemoved += step.kept;
      yield;
    }
    const changed = queries.changedBy(id);
    for (let after = 0; ;) {
      const step = store.transaction(() => queries.restore(id, after, AT_ONCE));
      if (!step) break;
      after = step.contact;
      restored += step.count;
      yield;
    }
    for (let count = AT_ONCE; count === AT_ONCE; removed += count) {
      count = store.transaction(() => queries.removeNumbers(id, AT_ONCE));
      yield;
    }
    const kept = queries.madeBy(id) + keptRemoved + changed - restored;
    store.transaction(() => {
      queries.disown(id);
      queries.dropChanges(id);
      for (const group of made.groups) queries.removeGroup(group);
      for (const field of made.fields) queries.removeField(field);
      if (made.list !== null) queries.removeList(made.list);
      if (forget) history.remove(id);
      else history.setUndone(id, clock.now());
    });
    return { removed, restored, kept };
  }

  return {
    /**
     * Takes a finished import back, letting others work in between. After an exception of the disk it may be called again, for what
     * is left.
     */
    async finished(id: number): Promise<Undone> {
      history.setState(id, 'undoing');
      return eachStep(steps(id, false));
    },
    /**
     * Takes an import back that was stopped while it was written, also out of the history. All that is left is whom the user merged,
     * changed or put into a group meanwhile.
     */
    stopped: (id: number): Promise<Undone> => eachStep(steps(id, true)),
    /**
     * Takes back at once what the last run left half done; what the disk refuses waits for the next start. Gives how many imports were
     * taken back.
     */
    leftOvers(): number {
      let count = 0;
      for (const id of history.unfinished()) {
        try {
          const work = steps(id, history.get(id)?.state === 'committing');
          while (!work.next().done);
          count++;
        } catch (error) {
          if (!classifySqliteError(error)) throw error;
          log.error('imports.not-taken-back', error);
        }
      }
      return count;
    },
  };
}

async function eachStep(work: Generator<void, Undone>): Promise<Undone> {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Reads what {@link History.setMade} wrote; an import that made nothing yet has an empty object. */
function readMade(json: string): Made {
  const made = JSON.parse(json) as Partial<Made>;
  return {
    groups: made.groups ?? [],
    fields: made.fields ?? [],
    into: made.into ?? [],
    list: made.list ?? null,
  };
}
