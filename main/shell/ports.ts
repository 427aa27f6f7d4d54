import {
  ipcMain,
  MessageChannelMain,
  type BrowserWindow,
  type MessagePortMain,
  type WebFrameMain,
} from 'electron';
import { ENGINE_PORT_MESSAGE, PORTS_WANTED_MESSAGE, SHELL_PORT_MESSAGE } from '#shared/ipc/boot.ts';
import type { Log } from '../logging/log.ts';
import { APP_ORIGIN } from './app-origin.ts';
import type { EngineHost } from './engine-host.ts';

/** How ports are handed over. */
export type PortsOptions = {
  /** The window whose page may have ports; `null` while there is none. */
  readonly window: () => BrowserWindow | null;
  readonly engine: Pick<EngineHost, 'connectPage' | 'onProcess'>;
  /** Answers the page's calls to the main process. */
  readonly serveShell: (port: MessagePortMain) => void;
  readonly log: Log;
};

/**
 * Hands the two ports to the page when it asks, and a new engine port after each restart of the engine. This is the one place where trust is checked: whoever holds a port may call everything that is behind it.
 */
export function handOverPorts({ window, engine, serveShell, log }: PortsOptions): void {
  let served: WebFrameMain | null = null;

  const sendEnginePort = (frame: WebFrameMain): void => {
    const port = engine.connectPage();
    try {
      if (port) frame.postMessage(ENGINE_PORT_MESSAGE, null, [port]);
    } catch (error) {
      // The page is being replaced at this moment; the next one asks for itself.
      log.error('ports.not-sent', error);
    }
  };

  engine.onProcess(() => {
    const frame = window()?.webContents.mainFrame;
    if (frame && served === frame) sendEnginePort(frame);
  });

  ipcMain.on(PORTS_WANTED_MESSAGE, (event) => {
    const frame = event.senderFrame;
    const refusal = whyRefused(frame, window());
    if (frame === null || refusal !== null) {
      log.warn('ports.refused', { why: refusal, origin: frame?.origin ?? null });
      return;
    }
    served = frame;
    const { port1, port2 } = new MessageChannelMain();
    serveShell(port1);
    frame.postMessage(SHELL_PORT_MESSAGE, null, [port2]);
    sendEnginePort(frame);
  });
}

function whyRefused(frame: WebFrameMain | null, window: BrowserWindow | null): string | null {
  if (frame === null) return 'the frame is gone';
  if (window === null) return 'there is no window';
  if (frame !== window.webContents.mainFrame) return 'not the main frame of our window';
  // Compared with the exact text: the parsed form of our scheme's origin is “null” in Node.
  if (frame.origin !== APP_ORIGIN) return 'another origin';
  return null;
}
