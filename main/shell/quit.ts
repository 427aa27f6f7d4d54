import process from 'node:process';
import { app } from 'electron';
import type { Log } from '../logging/log.ts';

/**
 * Lets the other processes finish before the program ends. The windows are gone by then, so nobody waits for it.
 *
 * @param stop resolves within its own time limit
 * @param hangs whether a thread of this process waits for the system for ever, as for a keyring's prompt that nobody sees:
 *   the exit would wait for that thread, for minutes or for ever
 */
export function quitCleanly(stop: () => Promise<void>, hangs: () => boolean, log: Log): void {
  let ending = false;
  app.on('will-quit', (event) => {
    event.preventDefault();
    if (ending) return;
    ending = true;
    void stop()
      .catch((error: unknown) => log.error('quit.stop', error))
      .finally(() => {
        log.info('quit.done', { hangs: hangs() });
        if (hangs()) process.kill(process.pid, 'SIGKILL');
        else app.exit(0);
      });
  });
}
