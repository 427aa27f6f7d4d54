import { implement } from '@orpc/server';
import { receiverContract } from '#shared/ipc/receiver.ts';
import { liveStream } from '../../../ipc/live-stream.ts';
import { unwrap } from '../../../ipc/refusal.ts';
import type { Receiver } from './service.ts';

/** Answers the calls about the local receiver. */
export function receiverHandlers(receiver: Receiver) {
  const os = implement(receiverContract);
  return os.router({
    watch: os.watch.handler(({ signal }) => liveStream(receiver.onChange, receiver.view, { signal })),
    configure: os.configure.handler(async ({ input }) => unwrap(await receiver.configure(input))),
    renewPaths: os.renewPaths.handler(() => receiver.renewPaths()),
    test: os.test.handler(({ input }) => receiver.test(input.accountId)),
  });
}
