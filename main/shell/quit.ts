import { app } from 'electron';
import type { Log } from '../logging/log.ts';

/**
 * Lets the other processes finish before the program ends. The windows are gone by then, so nobody waits for it.
 *
 * @param stop resolves within its own time limit
 */
export function quitCleanly(stop: () => Promise<void>, log: Log): void {
  let ending = false;
  app.on('will-quit', (event) => {
    event.preventDefault();
    if (ending) return;
    ending = true;
    void stop()
      .catch((error: unknown) => log.error('quit.stop', error))
      .finally(() => {
        log.info('quit.done');
        app.exit(0);
      });
  });
}
