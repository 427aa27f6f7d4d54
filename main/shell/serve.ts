import type { MessagePortMain } from 'electron';
import { servePort } from '../ipc/serve-port.ts';
import type { Log } from '../logging/log.ts';
import { hostRouter, type HostServices } from './host-router.ts';
import { shellRouter, type ShellServices } from './router.ts';

/** Bytes of the largest message that the page may send to the main process. Its calls carry a few words each. */
const MAX_PAGE_BYTES = 64 * 1024;

/**
 * Answers the page's and the engine's calls. Loaded after the window was opened, because the call library is not needed
 * to show it: messages wait in their port until it is served.
 */
export function serving(page: ShellServices, engine: HostServices, log: Log) {
  const pageRouter = shellRouter(page);
  const engineRouter = hostRouter(engine);
  return {
    page: (port: MessagePortMain) =>
      void servePort(port, pageRouter, { log: log.child('page'), maxBytes: MAX_PAGE_BYTES }),
    engine(port: MessagePortMain) {
      // An engine that crashed while it was sending cannot say any more that the computer may sleep.
      port.once('close', () => {
        engine.power.keepAwake(false, 'sending');
        engine.sending.engineGone();
      });
      servePort(port, engineRouter, { log: log.child('host') });
    },
  };
}
