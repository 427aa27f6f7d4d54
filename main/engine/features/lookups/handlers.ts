import { implement } from '@orpc/server';
import { appError } from '#shared/errors.ts';
import { spaceOf, type Space } from '#shared/ids.ts';
import { lookupsContract } from '#shared/ipc/lookups.ts';
import { liveStream } from '../../../ipc/live-stream.ts';
import { refusal, unwrap } from '../../../ipc/refusal.ts';
import type { Lookups } from './service.ts';

/** Answers the calls about number lookups. */
export function lookupHandlers(workspaces: (space: Space) => { readonly lookups: Lookups }) {
  const os = implement(lookupsContract);
  const of = (space: Space) => workspaces(space).lookups;
  return os.router({
    // Reading numbers is the same in both spaces.
    plan: os.plan.handler(({ input }) => of('real').plan(input.numbers)),
    start: os.start.handler(({ input }) => unwrap(of(spaceOf(input.accountId)).start(input))),
    stop: os.stop.handler(async ({ input }) => unwrap(await of(input.space).stop(input.id))),
    resume: os.resume.handler(({ input }) => unwrap(of(input.space).resume(input.id))),
    list: os.list.handler(({ input }) => unwrap(of(input.space).list(input.cursor, input.limit))),
    watch: os.watch.handler(({ input, signal }) => {
      const lookups = of(input.space);
      const view = () => {
        const found = lookups.get(input.id);
        if (!found) throw refusal(appError('NOT_FOUND'));
        return found;
      };
      view();
      return liveStream((changed) => lookups.onChange((id) => id === input.id && changed()), view, {
        signal,
      });
    }),
    rows: os.rows.handler(({ input }) => unwrap(of(input.space).rows(input.id, input.cursor, input.limit))),
    known: os.known.handler(({ input }) => of(input.space).known(input.search, input.cursor, input.limit)),
  });
}
