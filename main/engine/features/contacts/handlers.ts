import { implement } from '@orpc/server';
import type { Space } from '#shared/ids.ts';
import { contactsContract } from '#shared/ipc/contacts.ts';
import { liveStream } from '../../../ipc/live-stream.ts';
import { unwrap } from '../../../ipc/refusal.ts';
import type { Contacts } from './service.ts';

/** A running lookup changes facts without pause; the list need not be read anew more often than this. */
const CHANGES_PER_SECOND = 2;

/** Answers the calls about contacts. */
export function contactHandlers(workspaces: (space: Space) => { readonly contacts: Contacts }) {
  const os = implement(contactsContract);
  const of = (space: Space) => workspaces(space).contacts;
  return os.router({
    list: os.list.handler(({ input }) =>
      unwrap(of(input.space).list(input.search, input.cursor, input.limit)),
    ),
    count: os.count.handler(({ input }) => of(input.space).count(input.search)),
    numbers: os.numbers.handler(({ input }) => of(input.space).numbers(input.search)),
    add: os.add.handler(({ input }) => unwrap(of(input.space).add(input))),
    update: os.update.handler(({ input }) => unwrap(of(input.space).update(input.id, input))),
    remove: os.remove.handler(({ input }) => unwrap(of(input.space).remove(input.id))),
    restore: os.restore.handler(({ input }) => unwrap(of(input.space).restore(input))),
    watch: os.watch.handler(({ input, signal }) => {
      const contacts = of(input.space);
      return liveStream(contacts.onChange, () => ({ count: contacts.count() }), {
        signal,
        perSecond: CHANGES_PER_SECOND,
      });
    }),
  });
}
