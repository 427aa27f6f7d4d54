/**
 * Messages outside the typed calls: how processes find each other. They carry ports and start-up facts only.
 */

/** Posted by the main process to the engine right after it started: where its data lives. The engine's host port comes with it. */
export type EngineStart = {
  readonly type: 'start';
  readonly dataDir: string;
  readonly logDir: string;
  readonly version: string;
};

/** Posted by the main process to the engine for each page that was given a port; the port comes with it. */
export type EnginePage = { readonly type: 'page' };

/** Posted by the main process when the program ends: finish the transactions at hand, then exit. */
export type EngineStop = { readonly type: 'stop' };

/** Posted by the engine when its services run, or when they cannot. */
export type EngineBoot =
  | { readonly type: 'ready' }
  | { readonly type: 'failed'; readonly code: import('../errors.ts').ErrorCode; readonly detail: string };

/** `window.postMessage` types by which the preload hands the two ports to the page. */
export const SHELL_PORT_MESSAGE = 'mim:shell-port';
export const ENGINE_PORT_MESSAGE = 'mim:engine-port';
/** Sent by the preload to the main process with the path of a file that the user dropped onto the page. */
export const FILE_DROPPED_MESSAGE = 'mim:file-dropped';
/** Posted by the page when it is ready to receive ports; the preload forwards it to the main process. */
export const PORTS_WANTED_MESSAGE = 'mim:ports-wanted';
