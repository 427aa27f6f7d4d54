import { implement } from '@orpc/server';
import { outboxContract } from '#shared/ipc/outbox.ts';
import { liveStream } from '../../../ipc/live-stream.ts';
import { unwrap } from '../../../ipc/refusal.ts';
import type { Workspaces } from '../../workspace.ts';

/** Pictures a second of what is on its way: each counts the messages of every campaign that is open. */
const PICTURES_PER_SECOND = 2;

/** Answers the calls about what is on its way out. */
export function outboxHandlers(workspaces: Workspaces) {
  const os = implement(outboxContract);
  return os.router({
    watch: os.watch.handler(({ input, signal }) => {
      const { overview } = workspaces(input.space);
      return liveStream(
        (changed) => overview.listen(changed),
        () => overview.view(),
        { signal, perSecond: PICTURES_PER_SECOND },
      );
    }),
    calendar: os.calendar.handler(({ input }) =>
      unwrap(workspaces(input.space).overview.calendar(input.from, input.until)),
    ),
    leavingSooner: os.leavingSooner.handler(({ input }) =>
      workspaces(input.space).overview.leavingSooner(input.quiet),
    ),
    uncertain: os.uncertain.handler(({ input }) =>
      unwrap(workspaces(input.space).messages.uncertain(input.undecided, input.cursor, input.limit)),
    ),
  });
}
