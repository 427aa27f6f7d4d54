import { appError, type AppError } from '#shared/errors.ts';
import type { ImportCounts } from '#shared/ipc/imports.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { classifySqliteError } from '../../store/sqlite-errors.ts';
import type { ImportsBase } from './base.ts';
import { rowWriter } from './commit-queries.ts';
import type { History, Made } from './history-queries.ts';
import type { ListQueries } from './lists-queries.ts';
import { fieldsAreGone, type ImportPlan } from './plan.ts';
import type { Prepared } from './prepared.ts';
import { startPace } from './progress.ts';
import { stagedCounts } from './staging.ts';
import type { createUndo } from './undo.ts';

/** A transaction should take so long, in ms: calls and sending wait for it. */
const STEP_MS = 30;
const FIRST_STEP = 500;
const LEAST = 250;
const MOST = 4_000;

/** Writes checked imports into the store, in steps between which others can work. */
export function createWriting(
  base: ImportsBase,
  parts: {
    readonly history: History;
    readonly lists: ListQueries;
    readonly undo: ReturnType<typeof createUndo>;
  },
) {
  const { store, clock, log, contacts, groups, staging } = base;
  const { history, lists, undo } = parts;

  /** What everybody needs before the first row is written: all of it or, where the disk refuses, nothing. */
  const makeReady = (prepared: Prepared, importId: number, counts: ImportCounts) =>
    store.transaction((): Result<Made, AppError> => {
      const { purpose } = prepared;
      const checked = prepared.checked();
      if (!checked) throw new Error('Only what was checked is written');
      const made = {
        groups: [] as number[],
        fields: [] as number[],
        into: [] as number[],
        list: null as number | null,
      };
      const refused = purpose === 'contacts' ? makeFieldsAndGroups(checked.plan, made) : null;
      if (purpose === 'recipients') {
        const columns = [...checked.plan.names.values()];
        made.list = lists.insert(prepared.fileName, columns, counts.new, clock.now());
      }
      // Also of what was refused half way, so that it can be taken back.
      history.setMade(importId, made);
      return refused ? err(refused) : ok(made);
    });

  /** Puts what it makes into `made`, also where it stops. */
  function makeFieldsAndGroups(
    plan: ImportPlan,
    made: { groups: number[]; fields: number[]; into: number[] },
  ): AppError | null {
    for (const [key, name] of plan.newFields) {
      const field = contacts.addField({ name, kind: 'text' });
      if (!field.ok) return field.error;
      made.fields.push(field.value.id);
      // Values are filed under the id that was foreseen.
      if (String(field.value.id) !== key) return appError('IMPORT_CHANGED');
    }
    for (const { folded, name } of staging.groupsToMake()) {
      const group = groups.add({ name, rule: null });
      if (!group.ok) return group.error;
      staging.addGroup(folded, name, group.value.id, false, false);
      made.groups.push(group.value.id);
    }
    made.into.push(...staging.groupIds());
    return null;
  }

  async function writeRows(
    prepared: Prepared,
    importId: number,
    made: Made,
    wanted: () => boolean,
  ): Promise<Result<boolean, AppError>> {
    const checked = prepared.checked();
    if (!checked) throw new Error('Only what was checked is written');
    const write = rowWriter(store.db, {
      importId,
      at: clock.now(),
      purpose: prepared.purpose,
      existing: checked.rules.existing,
      several: staging.several(),
      listId: made.list,
    });
    const total = prepared.state().counts?.rows ?? 0;
    const last = staging.lastRow();
    const pace = startPace(clock);
    const revision = contacts.revision();
    let size = FIRST_STEP;
    for (let from = 1; from <= last;) {
      if (!wanted()) return ok(false);
      if (
        prepared.purpose === 'contacts' &&
        contacts.revision() !== revision &&
        fieldsAreGone(checked.plan, contacts.fields())
      )
        return err(appError('IMPORT_CHANGED'));
      const to = Math.min(last, from + size - 1);
      const began = clock.monotonic();
      // Durable with the last transaction, which says that the import is done; a start without that takes the rows back.
      store.step(() => {
        // Somebody changed contacts meanwhile: these rows are sorted by what is there now.
        if (contacts.revision() !== revision) checked.sorting.range(from, to);
        write({ from, to });
      });
      const ms = Math.max(1, clock.monotonic() - began);
      const fraction = to / last;
      const done = Math.min(total, Math.round(total * fraction));
      prepared.say({ done, fraction, ...pace(done, fraction) });
      size = Math.min(MOST, Math.max(LEAST, Math.round((size * STEP_MS) / ms)));
      from = to + 1;
      await new Promise((resolve) => setImmediate(resolve));
    }
    return ok(wanted());
  }

  return {
    /**
     * Writes what was checked. An exception of the disk comes back as its code after everything was taken back; `wanted` turning
     * false takes it back too.
     */
    async commit(
      prepared: Prepared,
      counts: ImportCounts,
      token: string,
      wanted: () => boolean,
    ): Promise<Result<null, AppError>> {
      const checked = prepared.checked();
      if (!checked) return err(appError('IMPORT_GONE'));
      let importId: number | null = null;
      const takeBack = async () => {
        if (importId === null) return;
        await undo.stopped(importId);
        contacts.touched();
      };
      try {
        importId = history.insert({
          token,
          purpose: prepared.purpose,
          fileName: prepared.fileName,
          at: clock.now(),
          counts,
          headings: prepared.headings(checked.mapping),
        });
        const ready = makeReady(prepared, importId, counts);
        if (!ready.ok) {
          await takeBack();
          return ready;
        }
        const whole = await writeRows(prepared, importId, ready.value, wanted);
        if (!whole.ok) {
          await takeBack();
          return whole;
        }
        if (!whole.value) {
          await takeBack();
          prepared.say({ phase: 'cancelled', timeLeft: null });
          return ok(null);
        }
        const { list } = ready.value;
        const written = stagedCounts(staging);
        const id = importId;
        store.transaction(() => {
          history.finish(id, written);
          if (list !== null) lists.setCount(list);
        });
        contacts.touched();
        prepared.say({
          ...{ phase: 'done', done: written.rows, fraction: 1, timeLeft: 0, counts: written },
          ...{ importId: id, listId: list },
        });
        return ok(null);
      } catch (error) {
        const known = classifySqliteError(error);
        const failure =
          known ?? appError('UNEXPECTED', { incident: log.error('imports.commit-failed', error) });
        try {
          await takeBack();
        } catch (worse) {
          // The disk that refused the rows may refuse this too: the next start takes them back.
          log.error('imports.not-taken-back', worse);
        }
        return err(failure);
      }
    },
  };
}
