import { implement } from '@orpc/server';
import type { Space } from '#shared/ids.ts';
import { importsContract } from '#shared/ipc/imports.ts';
import { liveStream } from '../../../ipc/live-stream.ts';
import { unwrap } from '../../../ipc/refusal.ts';
import type { Imports } from './service.ts';

/** Answers the calls about imports. */
export function importHandlers(workspaces: (space: Space) => { readonly imports: Imports }) {
  const os = implement(importsContract);
  const of = (space: Space) => workspaces(space).imports;
  return os.router({
    open: os.open.handler(async ({ input }) => unwrap(await of(input.space).open(input))),
    reopen: os.reopen.handler(async ({ input }) =>
      unwrap(await of(input.space).reopen(input.id, input.options)),
    ),
    check: os.check.handler(async ({ input }) =>
      unwrap(await of(input.space).check(input.id, input.mapping, input.rules)),
    ),
    watch: os.watch.handler(({ input, signal }) => {
      const prepared = unwrap(of(input.space).watch(input.id));
      return liveStream(prepared.onChange, prepared.state, { signal });
    }),
    rows: os.rows.handler(({ input }) =>
      unwrap(of(input.space).rows(input.id, input.class, input.cursor, input.limit)),
    ),
    fix: os.fix.handler(({ input }) =>
      unwrap(of(input.space).fix(input.id, input.row, input.column, input.value)),
    ),
    commit: os.commit.handler(async ({ input }) =>
      unwrap(await of(input.space).commit(input.id, input.expected, input.token)),
    ),
    cancel: os.cancel.handler(async ({ input }) => {
      await of(input.space).cancel(input.id);
      return null;
    }),
    saveRejected: os.saveRejected.handler(async ({ input }) =>
      unwrap(await of(input.space).saveRejected(input.of, input.save)),
    ),
    history: os.history.handler(({ input }) => unwrap(of(input.space).history(input.cursor, input.limit))),
    frees: os.frees.handler(({ input }) => unwrap(of(input.space).frees(input.id))),
    undo: os.undo.handler(async ({ input }) => unwrap(await of(input.space).undo(input.id))),
  });
}
