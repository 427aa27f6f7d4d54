import type { Space } from '#shared/ids.ts';
import type { Link } from '../../lib/link.ts';
import { ImportModel } from './import.svelte.ts';

const OPEN = new WeakMap<Link, Readonly<Record<Space, ImportModel>>>();

/** The import that is prepared in each space; the same object for the life of the page, so that every screen finds it again. */
export function importsOf(link: Link): Readonly<Record<Space, ImportModel>> {
  let imports = OPEN.get(link);
  if (!imports) {
    imports = { real: new ImportModel(link, 'real'), practice: new ImportModel(link, 'practice') };
    OPEN.set(link, imports);
  }
  return imports;
}
