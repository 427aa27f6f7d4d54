import { MessageChannel } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { AnyContractRouter, ContractRouterClient } from '@orpc/contract';
import { onTestFinished } from 'vitest';
import { nullLog } from '../../../main/logging/log.ts';
import { servePort, type ServedRouter, type ServeOptions } from '../../../main/ipc/serve-port.ts';

/** A router served on one end of a real channel, and the other end: as a client and raw. */
export function served<C extends AnyContractRouter>(
  _contract: C,
  router: ServedRouter,
  options: Partial<ServeOptions> = {},
) {
  const { port1, port2 } = new MessageChannel();
  const stop = servePort(port1, router, { log: nullLog, ...options });
  onTestFinished(stop);
  port2.start();
  const client: ContractRouterClient<C> = createORPCClient(new RPCLink({ port: port2 }));
  let next = 0;

  /** Posts a message as a hostile page would and gives the answer to its id. */
  const raw = (build: (id: string) => unknown): Promise<RawAnswer> => {
    const id = `raw-${++next}`;
    return new Promise((resolve) => {
      const onMessage = (data: unknown) => {
        if (typeof data !== 'string') return;
        const answer: RawAnswer & { i: string } = JSON.parse(data);
        if (answer.i !== id) return;
        port2.off('message', onMessage);
        resolve(answer);
      };
      port2.on('message', onMessage);
      port2.postMessage(build(id));
    });
  };
  return { client, raw, port: port2, stop };
}

/** The wire form of an answer. */
export type RawAnswer = {
  readonly p: {
    readonly s?: number;
    readonly b?: { readonly json?: { readonly code?: string; readonly data?: Record<string, unknown> } };
  };
};
