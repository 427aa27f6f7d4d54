import { implement } from '@orpc/server';
import type { Space } from '#shared/ids.ts';
import { inboxContract } from '#shared/ipc/inbox.ts';
import { liveStream } from '../../../ipc/live-stream.ts';
import { unwrap } from '../../../ipc/refusal.ts';
import type { Inbox } from './service.ts';

/** Answers the calls about received messages. */
export function inboxHandlers(workspaces: (space: Space) => { readonly inbox: Inbox }) {
  const os = implement(inboxContract);
  const of = (space: Space) => workspaces(space).inbox;
  return os.router({
    head: os.head.handler(({ input, signal }) => {
      const inbox = of(input.space);
      return liveStream(inbox.onChange, inbox.head, { signal });
    }),
    conversations: os.conversations.handler(({ input }) =>
      unwrap(of(input.space).conversations(input, input.cursor, input.limit)),
    ),
    thread: os.thread.handler(({ input }) =>
      unwrap(of(input.space).thread(input.partner, input.cursor, input.limit)),
    ),
    markRead: os.markRead.handler(({ input }) => of(input.space).markRead(input.partner, input.read)),
    fetch: os.fetch.handler(({ input }) => of(input.space).fetch()),
  });
}
