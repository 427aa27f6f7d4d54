import type { ImportCounts, ImportRules } from '#shared/ipc/imports.ts';
import { foldForSearch } from '#shared/search-fold.ts';
import type { Staging } from './staging-queries.ts';

/** Counts of staged rows; the identity holds because each row has exactly one class. */
export function stagedCounts(staging: Staging): ImportCounts {
  const [fresh = 0, updated = 0, unchanged = 0, duplicate = 0, rejected = 0] = staging.counts();
  const rows = fresh + updated + unchanged + duplicate + rejected;
  return { rows, new: fresh, updated, unchanged, duplicate, rejected };
}

/** Whether two counts say the same. */
export const sameCounts = (a: ImportCounts, b: ImportCounts): boolean =>
  (['rows', 'new', 'updated', 'unchanged', 'duplicate', 'rejected'] as const).every(
    (key) => a[key] === b[key],
  );

type GroupName = { readonly id: number; readonly name: string; readonly smart: boolean };

/** Tells the staging which groups there are, and which of them everybody comes into. */
export function stageGroups(staging: Staging, groups: readonly GroupName[], rules: ImportRules): void {
  const fresh = rules.newGroup === undefined ? null : foldForSearch(rules.newGroup);
  staging.forgetGroups();
  for (const { id, name, smart } of groups) {
    const folded = foldForSearch(name);
    staging.addGroup(folded, name, id, smart, rules.groups.includes(id) || folded === fresh);
  }
  const known = groups.some(({ name }) => foldForSearch(name) === fresh);
  if (fresh !== null && !known) staging.addGroup(fresh, rules.newGroup ?? '', null, false, true);
}
