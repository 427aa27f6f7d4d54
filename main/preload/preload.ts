import { ipcRenderer } from 'electron';
import { ENGINE_PORT_MESSAGE, PORTS_WANTED_MESSAGE, SHELL_PORT_MESSAGE } from '#shared/ipc/boot.ts';

/** The part of the page's `window` that is used here; this is the only file of `main` that lives beside a page. */
declare const window: {
  readonly origin: string;
  addEventListener(type: 'message', listener: (event: { source: unknown; data: unknown }) => void): void;
  postMessage(message: string, targetOrigin: string, transfer: readonly unknown[]): void;
};

// The page gets two ports and nothing else: no name is added to its world. The main process decides whether it gets them.
window.addEventListener('message', (event) => {
  if (event.source === window && event.data === PORTS_WANTED_MESSAGE) ipcRenderer.send(PORTS_WANTED_MESSAGE);
});
for (const type of [SHELL_PORT_MESSAGE, ENGINE_PORT_MESSAGE]) {
  ipcRenderer.on(type, (event) => window.postMessage(type, window.origin, event.ports));
}
