/**
 * One end of a message channel, as Node's worker threads, a page or Electron's main side have it. The first two
 * hand events over by `addEventListener`, the last by `on`.
 */
export type Port = {
  postMessage(message: unknown): void;
  close(): void;
  start?(): void;
  on?(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown;
  on?(event: 'close', listener: () => void): unknown;
  addEventListener?(type: string, listener: (event: object) => void): void;
};

/** Calls `onMessage` with the data of each message and `onClose` once the other end is gone; starts the port. */
export function listen(port: Port, onMessage: (data: unknown) => void, onClose: () => void): void {
  if (port.addEventListener) {
    port.addEventListener('message', (event) => onMessage('data' in event ? event.data : undefined));
    port.addEventListener('close', onClose);
  } else if (port.on) {
    port.on('message', (event) => onMessage(event.data));
    port.on('close', onClose);
  }
  port.start?.();
}
