import * as v from 'valibot';
import type { AppError } from '#shared/errors.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { DEFAULT_RULES, Rules } from '#shared/rules/rules.ts';
import type { Clock } from '../../clock.ts';
import { classifySqliteError } from '../../store/sqlite-errors.ts';
import type { Store } from '../../store/store.ts';
import { ruleQueries } from './queries.ts';

/** Guards and limits of a space. */
export type RulesService = ReturnType<typeof createRules>;

/** A change of some rules. `undefined` leaves one as it is. */
type RulesChange = { readonly [K in keyof Rules]?: Rules[K] | undefined };

/** One per space. */
export function createRules({ store, clock }: { readonly store: Store; readonly clock: Pick<Clock, 'now'> }) {
  const queries = ruleQueries(store.db);
  const listeners = new Set<() => void>();
  let now = readRules(queries.read());
  return {
    /** What holds now. */
    current: (): Rules => now,

    /** Changes the given ones and gives all; `STORE_FULL` and `STORE_READONLY` leave them as they were. */
    update(change: RulesChange): Result<Rules, AppError> {
      const given = Object.entries(change).filter(([, value]) => value !== undefined);
      const next = v.parse(Rules, { ...now, ...Object.fromEntries(given) });
      const different = Object.entries(next).filter(
        ([key, value]) => JSON.stringify(value) !== JSON.stringify(DEFAULT_RULES[key as keyof Rules]),
      );
      try {
        store.transaction(() => queries.write(JSON.stringify(Object.fromEntries(different)), clock.now()));
      } catch (error) {
        const known = classifySqliteError(error);
        if (known) return err(known);
        throw error;
      }
      now = next;
      for (const listener of listeners) listener();
      return ok(now);
    },

    /** Calls `changed` after each change until the returned function is called. */
    listen(changed: () => void): () => void {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
  };
}

/** Stored rules over the defaults. What is not to be read, or not allowed any more, falls back by itself and leaves the others. */
function readRules(json: string | null): Rules {
  const stored = objectIn(json);
  const { quiet, ...rest } = Rules.entries;
  const kept = { ...DEFAULT_RULES.quiet, ...valid(quiet.entries, objectOf(stored['quiet'])) };
  const { from, until } = DEFAULT_RULES.quiet;
  return v.parse(Rules, {
    ...DEFAULT_RULES,
    ...valid(rest, stored),
    // Each may be allowed, and both together not.
    quiet: kept.from === kept.until ? { ...kept, from, until } : kept,
  });
}

function valid(entries: Readonly<Record<string, v.GenericSchema>>, from: Readonly<Record<string, unknown>>) {
  const kept = Object.entries(entries).filter(([key, schema]) => v.is(schema, from[key]));
  return Object.fromEntries(kept.map(([key]) => [key, from[key]]));
}

function objectIn(json: string | null): Readonly<Record<string, unknown>> {
  try {
    return objectOf(json === null ? null : (JSON.parse(json) as unknown));
  } catch {
    return {};
  }
}

const objectOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? { ...value } : {};
