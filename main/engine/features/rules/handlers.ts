import { implement } from '@orpc/server';
import type { Space } from '#shared/ids.ts';
import { rulesContract } from '#shared/ipc/rules.ts';
import { liveStream } from '../../../ipc/live-stream.ts';
import { unwrap } from '../../../ipc/refusal.ts';
import type { RulesService } from './service.ts';

/** Answers the calls about guards and limits. */
export function rulesHandlers(workspaces: (space: Space) => { readonly rules: RulesService }) {
  const os = implement(rulesContract);
  return os.router({
    get: os.get.handler(({ input }) => workspaces(input.space).rules.current()),
    watch: os.watch.handler(({ input, signal }) => {
      const { rules } = workspaces(input.space);
      return liveStream(rules.listen, rules.current, { signal });
    }),
    update: os.update.handler(({ input }) => unwrap(workspaces(input.space).rules.update(input.rules))),
  });
}
