import type { Space } from '#shared/ids.ts';
import type { Contact, ContactFilter } from '#shared/ipc/contacts.ts';
import type { EngineClient } from '../../lib/link.ts';

/** Chips that one message takes; more people than this are written to as a group. */
export const MOST_SOURCES = 500;

/** Contacts read in one call. */
const PAGE = 500;

/** Who is meant: people at hand, or all that a filter finds. */
export type People = { readonly some: readonly Contact[] } | { readonly filter: ContactFilter };

/** Everybody who is meant, page by page in the order of the list. */
export async function* everyContact(
  engine: EngineClient,
  space: Space,
  people: People,
): AsyncGenerator<readonly Contact[]> {
  if ('some' in people) {
    yield people.some;
    return;
  }
  let cursor: string | undefined;
  do {
    const page = await engine.contacts.list({
      space,
      filter: people.filter,
      limit: PAGE,
      ...(cursor !== undefined && { cursor }),
    });
    yield page.rows;
    cursor = page.next;
  } while (cursor !== undefined);
}
