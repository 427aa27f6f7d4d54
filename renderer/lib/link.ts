import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { createContext } from 'svelte';
import { appError, type AppError } from '#shared/errors.ts';
import { ENGINE_PORT_MESSAGE, PORTS_WANTED_MESSAGE, SHELL_PORT_MESSAGE } from '#shared/ipc/boot.ts';
import type { engineContract } from '#shared/ipc/engine.ts';
import type { shellContract } from '#shared/ipc/shell.ts';
import { EngineConnection } from './engine-connection.ts';
import { EngineState } from './engine-state.svelte.ts';
import { followStream, type OpenStream } from './follow.ts';

export { toAppError } from './app-error.ts';

/** Typed calls to the engine. */
export type EngineClient = ContractRouterClient<typeof engineContract>;
/** Typed calls to the main process. */
export type ShellClient = ContractRouterClient<typeof shellContract>;

/** Everything the page can reach. */
export type Link = {
  readonly shell: ShellClient;
  /**
   * Stays the same object over restarts of the engine. Calls on a lost line reject with `LINK_LOST`; reads are asked again
   * by themselves when the engine is back.
   */
  readonly engine: EngineClient;
  /**
   * Follows a live stream: `onValue` gets the snapshot and every change, and again a snapshot after a restart of the engine.
   * `onError` gets a failure that ends the stream. Returns the function that stops it.
   */
  follow<T>(
    open: OpenStream<T>,
    onValue: (value: T) => void,
    onError?: (error: AppError) => void,
  ): () => void;
  /** Whether the engine answers, as a rune. */
  readonly engineState: EngineState;
};

/**
 * Asks the main process for the two ports and returns as soon as the shell's is here; engine calls wait for theirs. Ports
 * that come later replace the engine's line.
 */
export function connectLink(): Promise<Link> {
  const connection = new EngineConnection();
  return new Promise((resolve) => {
    window.addEventListener('message', (event: MessageEvent<unknown>) => {
      const [port] = event.ports;
      if (event.source !== window || !port) return;
      if (event.data === ENGINE_PORT_MESSAGE) connection.use(port);
      else if (event.data === SHELL_PORT_MESSAGE) resolve(buildLink(port, connection));
    });
    window.postMessage(PORTS_WANTED_MESSAGE, window.origin);
  });
}

function buildLink(shellPort: MessagePort, connection: EngineConnection): Link {
  const shell: ShellClient = createORPCClient(new RPCLink({ port: shellPort }));
  shellPort.start();
  const engine: EngineClient = createORPCClient(connection);
  const engineState = new EngineState();
  const follow: Link['follow'] = (open, onValue, onError = () => undefined) =>
    followStream(connection, open, onValue, onError);

  follow(
    (signal) => shell.engine.status(undefined, { signal }),
    (status) => {
      engineState.current = status;
      if (status.state === 'failed') {
        connection.fail(
          appError(status.code ?? 'UNEXPECTED', status.detail ? { detail: status.detail } : {}),
        );
      } else {
        connection.recovering();
      }
    },
  );
  return { shell, engine, follow, engineState };
}

const [useLinkContext, provideLinkContext] = createContext<Link>();

/** Gives the link to every component below. Call during component initialisation. */
export const provideLink = (link: Link): Link => provideLinkContext(link);

/** The link given by {@link provideLink} further up. Call during component initialisation. */
export const useLink = (): Link => useLinkContext();
