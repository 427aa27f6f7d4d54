import { implement } from '@orpc/server';
import { accountsContract } from '#shared/ipc/accounts.ts';
import { liveStream } from '../../../ipc/live-stream.ts';
import { unwrap } from '../../../ipc/refusal.ts';
import type { Accounts } from './service.ts';

/** Answers the calls about accounts. No answer holds a password. */
export function accountHandlers(accounts: Accounts) {
  const os = implement(accountsContract);
  return os.router({
    list: os.list.handler(() => accounts.list()),
    watch: os.watch.handler(({ signal }) => liveStream(accounts.onChange, accounts.list, { signal })),
    add: os.add.handler(async ({ input }) => unwrap(await accounts.add(input.form, input.password))),
    update: os.update.handler(async ({ input }) =>
      unwrap(await accounts.update(input.id, input.form, input.password)),
    ),
    remove: os.remove.handler(async ({ input }) => unwrap(await accounts.remove(input.id))),
    setDefault: os.setDefault.handler(({ input }) => unwrap(accounts.setDefault(input.id))),
    test: os.test.handler(async ({ input }) =>
      unwrap(await accounts.test(input.id, input.form, input.password)),
    ),
    probe: os.probe.handler(async ({ input }) => unwrap(await accounts.probe(input.id))),
    refreshBalance: os.refreshBalance.handler(async ({ input }) =>
      unwrap(await accounts.refreshBalance(input.id)),
    ),
  });
}
