import { implement } from '@orpc/server';
import { appError } from '#shared/errors.ts';
import { campaignsContract } from '#shared/ipc/campaigns.ts';
import { liveStream } from '../../../ipc/live-stream.ts';
import { refusal, unwrap } from '../../../ipc/refusal.ts';
import { spaceOf } from '#shared/ids.ts';
import type { Workspaces } from '../../workspace.ts';

/** Answers the calls about campaigns. */
export function campaignHandlers(workspaces: Workspaces) {
  const os = implement(campaignsContract);
  return os.router({
    plan: os.plan.handler(async ({ input }) =>
      unwrap(await workspaces(spaceOf(input.accountId)).campaigns.plan(input)),
    ),
    send: os.send.handler(async ({ input }) => {
      const space = spaceOf(input.request.accountId);
      return { space, ...unwrap(await workspaces(space).campaigns.send(input)) };
    }),
    undo: os.undo.handler(({ input }) =>
      unwrap(workspaces(input.space).campaigns.undo(input.id, input.draftId)),
    ),
    pause: os.pause.handler(({ input }) => unwrap(workspaces(input.space).campaigns.pause(input.id))),
    resume: os.resume.handler(({ input }) => unwrap(workspaces(input.space).campaigns.resume(input.id))),
    ignoreQuiet: os.ignoreQuiet.handler(({ input }) =>
      unwrap(workspaces(input.space).campaigns.ignoreQuiet(input.id)),
    ),
    failures: os.failures.handler(async ({ input }) =>
      unwrap(await workspaces(input.space).campaigns.failures(input.id)),
    ),
    retry: os.retry.handler(async ({ input }) =>
      unwrap(await workspaces(input.space).campaigns.retry(input)),
    ),
    sourceChanges: os.sourceChanges.handler(async ({ input }) =>
      unwrap(await workspaces(input.space).campaigns.sourceChanges(input.id)),
    ),
    reschedule: os.reschedule.handler(async ({ input }) =>
      unwrap(await workspaces(input.space).outbox.reschedule(input.id, input.sendAt)),
    ),
    cancelRest: os.cancelRest.handler(async ({ input }) =>
      unwrap(await workspaces(input.space).outbox.cancelRest(input.id)),
    ),
    settleUncertain: os.settleUncertain.handler(async ({ input }) =>
      unwrap(
        await workspaces(input.space).outbox.settleUncertain(
          input.id,
          input.messageIds ?? null,
          input.decision,
        ),
      ),
    ),
    list: os.list.handler(({ input }) => {
      const before = input.cursor === undefined ? null : Number(input.cursor);
      if (before !== null && !Number.isSafeInteger(before))
        throw refusal(appError('INVALID_INPUT', { field: 'cursor' }));
      const rows = workspaces(input.space).campaigns.page(before, input.limit + 1);
      const shown = rows.slice(0, input.limit);
      const last = shown.at(-1);
      return { rows: shown, ...(rows.length > input.limit && last ? { next: String(last.id) } : {}) };
    }),
    watch: os.watch.handler(({ input, signal }) => {
      const { campaigns, changes } = workspaces(input.space);
      const view = () => {
        const found = campaigns.get(input.id);
        if (!found) throw refusal(appError('NOT_FOUND'));
        return found;
      };
      view();
      const subscribe = (changed: () => void) => changes.listen((id) => id === input.id && changed());
      return liveStream(subscribe, view, { signal });
    }),
    recipients: os.recipients.handler(({ input }) =>
      unwrap(workspaces(input.space).messages.ofCampaign(input.id, input.states, input.cursor, input.limit)),
    ),
  });
}
