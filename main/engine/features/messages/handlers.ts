import { implement } from '@orpc/server';
import { messagesContract } from '#shared/ipc/messages.ts';
import { liveStream } from '../../../ipc/live-stream.ts';
import { unwrap } from '../../../ipc/refusal.ts';
import type { Clock } from '../../clock.ts';
import type { Workspaces } from '../../workspace.ts';

/** Ticks a second of the archive's change stream: each makes an open list ask again. */
const CHANGES_PER_SECOND = 2;

/** Answers the calls about the archive. */
export function messageHandlers(workspaces: Workspaces, clock: Clock) {
  const os = implement(messagesContract);
  return os.router({
    list: os.list.handler(({ input }) =>
      unwrap(workspaces(input.space).messages.list(input.filter, input.cursor, input.limit)),
    ),
    count: os.count.handler(({ input }) => workspaces(input.space).messages.count(input.filter)),
    get: os.get.handler(({ input }) => unwrap(workspaces(input.space).messages.get(input.id))),
    changes: os.changes.handler(({ input, signal }) =>
      liveStream(
        (changed) => workspaces(input.space).changes.listen(changed),
        () => clock.now(),
        {
          signal,
          perSecond: CHANGES_PER_SECOND,
        },
      ),
    ),
    sync: os.sync.handler(({ input }) => workspaces(input.space).reports.sync()),
    syncState: os.syncState.handler(({ input, signal }) => {
      const { reports } = workspaces(input.space);
      return liveStream(
        (changed) => reports.onState(changed),
        () => reports.state(),
        { signal },
      );
    }),
  });
}
