import { createORPCClient, ORPCError } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import * as v from 'valibot';
import { appError, ERROR_CODES, ErrorFacts, type AppError } from '#shared/errors.ts';
import type { hostContract } from '#shared/ipc/host.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { listen, type Port } from '../ipc/port.ts';
import type { Log } from '../logging/log.ts';
import type { EngineHost } from './host.ts';

const Refusal = v.object({ code: v.picklist(ERROR_CODES), data: v.optional(ErrorFacts) });

/**
 * The program around the engine, reached over its port to the main process. When the port closes, pending and later calls
 * fail with `LINK_LOST` and `onClosed` is called: without the main process nobody can stop the engine any more.
 */
export function hostClient(port: Port, log: Log, onClosed: () => void): EngineHost {
  const link = linkTo(port, onClosed);
  const { client } = link;

  async function call<T>(work: () => Promise<T>): Promise<Result<T, AppError>> {
    // On a closed port the call library would wait for ever.
    if (!link.isOpen()) return err(appError('LINK_LOST'));
    try {
      return ok(await work());
    } catch (error) {
      if (!link.isOpen()) return err(appError('LINK_LOST'));
      const refusal = error instanceof ORPCError ? v.safeParse(Refusal, error) : null;
      if (refusal?.success) return err(appError(refusal.output.code, refusal.output.data));
      return err(appError('UNEXPECTED', { incident: log.error('host.unexpected', error) }));
    }
  }

  /** For what is only said: a failure goes to the log. */
  function tell(what: string, work: () => Promise<null>): void {
    void call(work).then((said) => {
      if (!said.ok) log.warn(`host.${what}-failed`, { code: said.error.code });
    });
  }

  return {
    secrets: {
      get: (accountId) => call(() => client.secrets.get({ accountId })),
      async set(accountId, secret) {
        const saved = await call(() => client.secrets.set({ accountId, secret }));
        return saved.ok ? ok(saved.value.kept) : saved;
      },
      forget: (accountId) => call(() => client.secrets.forget({ accountId })),
    },
    practice: { ensure: () => call(() => client.practice.ensure()) },
    files: { resolve: (handle, mode) => call(() => client.files.resolve({ handle, mode })) },
    power: { keepAwake: (on) => tell('keep-awake', () => client.power.keepAwake({ on })) },
    sending: {
      progress: (now) => tell('progress', () => client.sending.progress(now)),
      ended: (end) => tell('ended', () => client.sending.ended(end)),
      repeatStopped: (stop) => tell('repeat-stopped', () => client.sending.repeatStopped(stop)),
    },
  };
}

function linkTo(port: Port, onClosed: () => void) {
  let open = true;
  const listeners: Record<string, (event?: { data: unknown }) => void> = {};
  const client: ContractRouterClient<typeof hostContract> = createORPCClient(
    new RPCLink({
      port: {
        on: (event, callback) => void (listeners[event] = callback),
        postMessage: (message: unknown) => port.postMessage(message),
      },
    }),
  );
  listen(
    port,
    (data) => listeners['message']?.({ data }),
    () => {
      open = false;
      listeners['close']?.();
      onClosed();
    },
  );
  return { client, isOpen: () => open };
}
