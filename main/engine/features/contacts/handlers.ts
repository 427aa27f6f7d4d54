import { implement } from '@orpc/server';
import type { Space } from '#shared/ids.ts';
import { contactsContract } from '#shared/ipc/contacts.ts';
import { doNotMessageContract } from '#shared/ipc/do-not-message.ts';
import { groupsContract } from '#shared/ipc/groups.ts';
import { liveStream } from '../../../ipc/live-stream.ts';
import { unwrap } from '../../../ipc/refusal.ts';
import type { Contacts, DoNotMessage, Groups } from './service.ts';

/** A running lookup changes facts without pause; the list need not be read anew more often than this. */
const CHANGES_PER_SECOND = 2;

/** Answers the calls about contacts. */
export function contactHandlers(workspaces: (space: Space) => { readonly contacts: Contacts }) {
  const os = implement(contactsContract);
  const of = (space: Space) => workspaces(space).contacts;
  return os.router({
    list: os.list.handler(({ input }) =>
      unwrap(of(input.space).list(input.filter, input.cursor, input.limit)),
    ),
    count: os.count.handler(({ input }) => unwrap(of(input.space).count(input.filter))),
    numbers: os.numbers.handler(({ input }) => unwrap(of(input.space).numbers(input.filter))),
    get: os.get.handler(({ input }) => unwrap(of(input.space).get(input.id))),
    byNumber: os.byNumber.handler(({ input }) => of(input.space).byNumber(input.number)),
    add: os.add.handler(({ input }) => unwrap(of(input.space).add(input))),
    update: os.update.handler(({ input }) => unwrap(of(input.space).update(input.id, input))),
    remove: os.remove.handler(async ({ input }) => unwrap(await of(input.space).remove(input.choice))),
    undo: os.undo.handler(async ({ input }) => unwrap(await of(input.space).undo(input.removal))),
    figures: os.figures.handler(({ input }) => unwrap(of(input.space).figures(input.id))),
    history: os.history.handler(({ input }) =>
      unwrap(of(input.space).history(input.id, input.cursor, input.limit)),
    ),
    duplicates: os.duplicates.handler(async ({ input }) =>
      unwrap(await of(input.space).duplicates(input.cursor, input.limit)),
    ),
    merge: os.merge.handler(({ input }) => unwrap(of(input.space).merge(input))),
    revive: os.revive.handler(({ input }) => unwrap(of(input.space).revive(input.msisdn))),
    fields: os.fields.handler(({ input }) => of(input.space).countedFields()),
    addField: os.addField.handler(({ input }) => unwrap(of(input.space).addField(input))),
    updateField: os.updateField.handler(({ input }) => unwrap(of(input.space).updateField(input.id, input))),
    removeField: os.removeField.handler(({ input }) =>
      unwrap(of(input.space).removeField(input.id, input.used)),
    ),
    watch: os.watch.handler(({ input, signal }) => {
      const contacts = of(input.space);
      return liveStream(contacts.onChange, () => ({ count: unwrap(contacts.count({})) }), {
        signal,
        perSecond: CHANGES_PER_SECOND,
      });
    }),
  });
}

/** Answers the calls about groups. */
export function groupHandlers(workspaces: (space: Space) => { readonly groups: Groups }) {
  const os = implement(groupsContract);
  const of = (space: Space) => workspaces(space).groups;
  return os.router({
    list: os.list.handler(({ input }) => of(input.space).listInTurns()),
    add: os.add.handler(({ input }) => unwrap(of(input.space).add(input))),
    update: os.update.handler(({ input }) => unwrap(of(input.space).update(input.id, input))),
    remove: os.remove.handler(({ input }) => unwrap(of(input.space).remove(input.id))),
    restore: os.restore.handler(({ input }) => unwrap(of(input.space).restore(input.id))),
    addMembers: os.addMembers.handler(({ input }) =>
      unwrap(of(input.space).addMembers(input.id, input.choice)),
    ),
    removeMembers: os.removeMembers.handler(({ input }) =>
      unwrap(of(input.space).removeMembers(input.id, input.choice)),
    ),
    preview: os.preview.handler(({ input }) => unwrap(of(input.space).preview(input.rule))),
  });
}

/** Answers the calls about the do-not-message list. */
export function doNotMessageHandlers(workspaces: (space: Space) => { readonly doNotMessage: DoNotMessage }) {
  const os = implement(doNotMessageContract);
  const of = (space: Space) => workspaces(space).doNotMessage;
  return os.router({
    list: os.list.handler(({ input }) =>
      unwrap(of(input.space).list(input.search, input.cursor, input.limit)),
    ),
    add: os.add.handler(({ input }) => of(input.space).add(input)),
    undoAdd: os.undoAdd.handler(({ input }) => unwrap(of(input.space).undoAdd(input.addition))),
    remove: os.remove.handler(({ input }) => unwrap(of(input.space).remove(input.msisdn))),
  });
}
