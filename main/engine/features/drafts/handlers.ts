import { implement } from '@orpc/server';
import { draftsContract } from '#shared/ipc/drafts.ts';
import { templatesContract } from '#shared/ipc/templates.ts';
import { liveStream } from '../../../ipc/live-stream.ts';
import { unwrap } from '../../../ipc/refusal.ts';
import type { Workspaces } from '../../workspace.ts';

/** Answers the calls about drafts. */
export function draftHandlers(workspaces: Workspaces) {
  const os = implement(draftsContract);
  const drafts = (space: Parameters<Workspaces>[0]) => workspaces(space).drafts;
  return os.router({
    list: os.list.handler(({ input }) => unwrap(drafts(input.space).list(input.cursor, input.limit))),
    get: os.get.handler(({ input }) => unwrap(drafts(input.space).get(input.id))),
    save: os.save.handler(({ input }) => drafts(input.space).save(input.id, input.content, input.revision)),
    remove: os.remove.handler(({ input }) => unwrap(drafts(input.space).remove(input.id))),
    restore: os.restore.handler(({ input }) => unwrap(drafts(input.space).restore(input.id))),
    watch: os.watch.handler(({ input, signal }) =>
      liveStream(
        (changed) => drafts(input.space).onChange(changed),
        () => ({ total: drafts(input.space).total() }),
        { signal },
      ),
    ),
  });
}

/** Answers the calls about templates. */
export function templateHandlers(workspaces: Workspaces) {
  const os = implement(templatesContract);
  const templates = (space: Parameters<Workspaces>[0]) => workspaces(space).templates;
  return os.router({
    list: os.list.handler(({ input }) => templates(input.space).list(input.search)),
    add: os.add.handler(({ input }) => unwrap(templates(input.space).add(input))),
    update: os.update.handler(({ input }) => unwrap(templates(input.space).update(input.id, input))),
    remove: os.remove.handler(({ input }) => unwrap(templates(input.space).remove(input.id))),
    restore: os.restore.handler(({ input }) => unwrap(templates(input.space).restore(input.id))),
  });
}
