import { setImmediate } from 'node:timers/promises';
import { appError, type AppError } from '#shared/errors.ts';
import type { LikelySame } from '#shared/ipc/contacts.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { PeopleChanges } from './changes.ts';
import type { Listing, Page } from './listing.ts';
import { TOP, type ContactQueries } from './queries.ts';
import { sameNameKey } from './same-name.ts';

/** Contacts of one name that are shown and can be merged at once; more of them are hardly one person. */
const MOST_SHOWN = 50;
/** Names read at once; sending goes on between two readings. */
const CHUNK = 10_000;

/** Contacts whose names have the same key, in the order of the list. */
type Same = { readonly key: string; readonly ids: readonly number[] };

/** Looks for contacts that are likely the same person. What was found is kept until people change. */
export function createDuplicates(deps: {
  readonly changes: PeopleChanges;
  readonly queries: ContactQueries;
  readonly listing: Listing;
}) {
  const { changes, queries, listing } = deps;
  let kept: { readonly revision: number; readonly found: readonly Same[] } | null = null;

  async function find(): Promise<readonly Same[]> {
    if (kept?.revision === changes.revision()) return kept.found;
    const revision = changes.revision();
    const byKey = new Map<string, number[]>();
    let after = TOP;
    for (;;) {
      const names = queries.names(after, CHUNK);
      for (const { name_folded, id } of names) {
        const key = sameNameKey(name_folded);
        const same = byKey.get(key);
        if (same) same.push(id);
        else byKey.set(key, [id]);
      }
      const last = names.at(-1);
      if (!last || names.length < CHUNK) break;
      after = last;
      await setImmediate();
    }
    const found = [...byKey]
      .filter(([, ids]) => ids.length > 1)
      .map(([key, ids]) => ({ key, ids }))
      .sort((a, b) => b.ids.length - a.ids.length || (a.key < b.key ? -1 : 1));
    kept = { revision, found };
    return found;
  }

  /** Names that two contacts or more have, most contacts first; of each the first fifty contacts. */
  return async function duplicates(
    cursor: string | undefined,
    limit: number,
  ): Promise<Result<Page<LikelySame>, AppError>> {
    const place = /^(\d{1,9}):(.*)$/su.exec(cursor ?? '');
    if (cursor !== undefined && !place) return err(appError('INVALID_INPUT', { field: 'cursor' }));
    const all = await find();
    const count = Number(place?.[1]);
    const from = place
      ? all.findIndex(
          ({ key, ids }) => ids.length < count || (ids.length === count && key > (place[2] ?? '')),
        )
      : 0;
    const shown = from < 0 ? [] : all.slice(from, from + limit);
    const last = shown.at(-1);
    const rows = shown.map(({ ids }) => {
      const contacts = listing.views(ids.slice(0, MOST_SHOWN));
      return { name: contacts[0]?.name ?? '', contacts };
    });
    return ok({
      rows: rows.filter(({ contacts }) => contacts.length > 1),
      ...(last && all.length > from + limit ? { next: `${last.ids.length}:${last.key}` } : {}),
    });
  };
}
