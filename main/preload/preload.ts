import { ipcRenderer, webUtils } from 'electron';
import {
  ENGINE_PORT_MESSAGE,
  FILE_DROPPED_MESSAGE,
  PORTS_WANTED_MESSAGE,
  SHELL_PORT_MESSAGE,
} from '#shared/ipc/boot.ts';

/** A drop as the page's events have it. */
type Drop = {
  readonly isTrusted: boolean;
  readonly dataTransfer: { readonly files: ArrayLike<Parameters<typeof webUtils.getPathForFile>[0]> } | null;
};

/** The part of the page's `window` that is used here; this is the only file of `main` that lives beside a page. */
declare const window: {
  readonly origin: string;
  addEventListener(type: 'message', listener: (event: { source: unknown; data: unknown }) => void): void;
  addEventListener(type: 'drop', listener: (event: Drop) => void, capture: true): void;
  postMessage(message: string, targetOrigin: string, transfer: readonly unknown[]): void;
};

// The page gets two ports and nothing else: no name is added to its world. The main process decides whether it gets them.
window.addEventListener('message', (event) => {
  if (event.source === window && event.data === PORTS_WANTED_MESSAGE) ipcRenderer.send(PORTS_WANTED_MESSAGE);
});
for (const type of [SHELL_PORT_MESSAGE, ENGINE_PORT_MESSAGE]) {
  ipcRenderer.on(type, (event) => window.postMessage(type, window.origin, event.ports));
}

// A script of the page could make up an event, but not a trusted one; a file that it makes up has no path.
window.addEventListener(
  'drop',
  (event) => {
    const file = event.isTrusted ? event.dataTransfer?.files[0] : undefined;
    const path = file ? webUtils.getPathForFile(file) : '';
    if (path !== '') ipcRenderer.send(FILE_DROPPED_MESSAGE, path);
  },
  true,
);
