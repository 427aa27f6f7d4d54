import { implement } from '@orpc/server';
import type { Space } from '#shared/ids.ts';
import { exportsContract } from '#shared/ipc/exports.ts';
import { liveStream } from '../../../ipc/live-stream.ts';
import { unwrap } from '../../../ipc/refusal.ts';
import type { Exports } from './service.ts';

/** Answers the calls about exports. An export is found by its id, in whichever space it runs. */
export function exportHandlers(workspaces: (space: Space) => { readonly exports: Exports }) {
  const os = implement(exportsContract);
  const spaces: readonly Space[] = ['real', 'practice'];
  const holding = (id: string): Exports =>
    workspaces(spaces.find((space) => workspaces(space).exports.watch(id).ok) ?? 'real').exports;
  return os.router({
    start: os.start.handler(async ({ input }) => unwrap(await workspaces(input.space).exports.start(input))),
    watch: os.watch.handler(({ input, signal }) => {
      const running = unwrap(holding(input.id).watch(input.id));
      return liveStream(running.onChange, running.state, { signal });
    }),
    cancel: os.cancel.handler(({ input }) => {
      holding(input.id).cancel(input.id);
      return null;
    }),
  });
}
