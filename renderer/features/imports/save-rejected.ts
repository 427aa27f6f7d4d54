import type { Space } from '#shared/ids.ts';
import type { ImportId } from '#shared/ipc/imports.ts';
import type { Link } from '../../lib/link.ts';

/** How many rows were written, and the name of the file. */
export type SavedRows = { readonly count: number; readonly file: string };

/**
 * Asks for a place and writes the rejected rows of an import there, one being prepared (`id`) or one that was done.
 *
 * @param name suggested name of the file without its ending
 * @returns null when the user chose no place
 */
export async function saveRejected(
  link: Link,
  space: Space,
  of: { id: ImportId } | { done: number },
  name: string,
): Promise<SavedRows | null> {
  const place = await link.shell.files.chooseSave({ name: `${name.slice(0, 110)}.csv`, format: 'csv' });
  if (!place) return null;
  const { rows } = await link.engine.imports.saveRejected({ space, of, save: place.handle });
  return { count: rows, file: place.name };
}
