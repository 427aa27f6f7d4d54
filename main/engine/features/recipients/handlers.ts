import { implement } from '@orpc/server';
import { spaceOf } from '#shared/ids.ts';
import { recipientsContract } from '#shared/ipc/recipients.ts';
import { unwrap } from '../../../ipc/refusal.ts';
import type { Workspaces } from '../../workspace.ts';

/** Answers the calls about whom a sending is for. */
export function recipientHandlers(workspaces: Workspaces) {
  const os = implement(recipientsContract);
  return os.router({
    find: os.find.handler(({ input }) => workspaces(input.space).recipients.find(input.search, input.limit)),
    describe: os.describe.handler(({ input }) => workspaces(input.space).recipients.describe(input.sources)),
    preview: os.preview.handler(async ({ input: { request, index } }) =>
      unwrap(await workspaces(spaceOf(request.accountId)).recipients.preview(request, index)),
    ),
    spilling: os.spilling.handler(async ({ input: { request, parts, cursor, limit } }) =>
      unwrap(await workspaces(spaceOf(request.accountId)).recipients.spilling(request, parts, cursor, limit)),
    ),
    leftOut: os.leftOut.handler(async ({ input: { request, cursor, limit, ...wanted } }) =>
      unwrap(await workspaces(spaceOf(request.accountId)).campaigns.leftOut(request, wanted, cursor, limit)),
    ),
    saveLeftOut: os.saveLeftOut.handler(async ({ input: { request, save, ...wanted } }) =>
      unwrap(await workspaces(spaceOf(request.accountId)).campaigns.saveLeftOut(request, wanted, save)),
    ),
    removeList: os.removeList.handler(({ input }) =>
      unwrap(workspaces(input.space).recipients.removeList(input.id)),
    ),
  });
}
