import { implement } from '@orpc/server';
import { spaceOf } from '#shared/ids.ts';
import { seriesContract } from '#shared/ipc/series.ts';
import { liveStream } from '../../../ipc/live-stream.ts';
import { unwrap } from '../../../ipc/refusal.ts';
import type { Workspaces } from '../../workspace.ts';

/** Answers the calls about sendings that are repeated. */
export function seriesHandlers(workspaces: Workspaces) {
  const os = implement(seriesContract);
  return os.router({
    preview: os.preview.handler(({ input }) =>
      // The same in both spaces.
      unwrap(workspaces('real').series.preview(input.recurrence, input.count)),
    ),
    create: os.create.handler(async ({ input }) =>
      unwrap(await workspaces(spaceOf(input.request.accountId)).series.create(input)),
    ),
    list: os.list.handler(({ input }) => workspaces(input.space).series.list()),
    watch: os.watch.handler(({ input, signal }) => {
      const { series } = workspaces(input.space);
      return liveStream(
        (changed) => series.listen(changed),
        () => series.list(),
        { signal },
      );
    }),
    pause: os.pause.handler(({ input }) => unwrap(workspaces(input.space).series.pause(input.id))),
    resume: os.resume.handler(async ({ input }) =>
      unwrap(await workspaces(input.space).series.resume(input.id, input.accept === true)),
    ),
    planMissed: os.planMissed.handler(async ({ input }) =>
      unwrap(await workspaces(input.space).series.planMissed(input.id, input.leaveOutRepeats === true)),
    ),
    sendMissed: os.sendMissed.handler(async ({ input: { space, id, ...said } }) =>
      unwrap(await workspaces(space).series.sendMissed(id, said)),
    ),
    end: os.end.handler(({ input }) => unwrap(workspaces(input.space).series.end(input.id))),
  });
}
