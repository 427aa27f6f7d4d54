import { implement } from '@orpc/server';
import { practiceContract } from '#shared/ipc/practice.ts';
import { unwrap } from '../../../ipc/refusal.ts';
import type { Practice } from './service.ts';

/** Answers the calls about the practice gateway. */
export function practiceHandlers(practice: Practice) {
  const os = implement(practiceContract);
  return os.router({
    status: os.status.handler(async () => unwrap(await practice.status())),
    simulateInbound: os.simulateInbound.handler(async ({ input }) =>
      unwrap(await practice.simulateInbound(input)),
    ),
  });
}
