import { implement } from '@orpc/server';
import type { Space } from '#shared/ids.ts';
import { diagnosticsContract } from '#shared/ipc/diagnostics.ts';
import { unwrap } from '../../../ipc/refusal.ts';
import type { Diagnostics } from './service.ts';

/** Answers the calls about exchanges with gateways. */
export function diagnosticsHandlers(workspaces: (space: Space) => { readonly diagnostics: Diagnostics }) {
  const os = implement(diagnosticsContract);
  return os.router({
    exchanges: os.exchanges.handler(({ input }) =>
      unwrap(workspaces(input.space).diagnostics.exchanges(input.messageId, input.cursor, input.limit)),
    ),
  });
}
