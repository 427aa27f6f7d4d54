import type { Space } from '#shared/ids.ts';
import type { Field } from '#shared/ipc/contacts.ts';
import type { Group } from '#shared/ipc/groups.ts';
import type { DoneImport, ImportPreview } from '#shared/ipc/imports.ts';
import type { EngineClient } from '../../lib/link.ts';

/** What columns and people can be put into: the user's fields, and the groups that are lists. */
export async function readPlaces(
  engine: EngineClient,
  space: Space,
): Promise<{ fields: readonly Field[]; groups: readonly Group[] }> {
  const [fields, groups] = await Promise.all([
    engine.contacts.fields({ space }),
    engine.groups.list({ space }),
  ]);
  return { fields, groups: groups.filter(({ rule }) => rule === null) };
}

/** The import in the history that this one became, where it was written at or after `since` (ms); null when there is none. */
export async function findDone(
  engine: EngineClient,
  space: Space,
  { fileName, purpose }: ImportPreview,
  since: number,
): Promise<DoneImport | null> {
  try {
    const { rows } = await engine.imports.history({ space, limit: 5 });
    return (
      rows.find((one) => one.at >= since && one.fileName === fileName && one.purpose === purpose) ?? null
    );
  } catch {
    /* Then it counts as gone, which is true of the prepared import. */
    return null;
  }
}
