import { app, dialog, type BrowserWindow } from 'electron';
import type { Log } from '../logging/log.ts';
import type { ShellWords } from './shell-words.ts';

/** Time after which an earlier crash of the page no longer counts, in ms. */
const FORGIVEN_MS = 60_000;

/**
 * Brings the page back after a crash of its process: the first time by itself, the second time only when the user says
 * so, because it would crash again and again. The engine is another process and goes on sending meanwhile.
 *
 * @param words asked for at the time, in the language that is chosen then
 */
export function recoverPage(window: BrowserWindow, words: () => ShellWords, log: Log): void {
  let lastCrash = Number.NEGATIVE_INFINITY;
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    log.warn('page.gone', { reason, exitCode });
    if (reason === 'clean-exit') return;
    const again = Date.now() - lastCrash < FORGIVEN_MS;
    lastCrash = Date.now();
    // Reloading inside this event would reload into the process that is just ending.
    setImmediate(() => void (again ? askToShowAgain(window, words()) : reload(window)));
  });
  window.on('unresponsive', () => log.warn('page.unresponsive'));
  window.on('responsive', () => log.info('page.responsive'));
}

function reload(window: BrowserWindow): void {
  if (!window.isDestroyed()) window.reload();
}

async function askToShowAgain(window: BrowserWindow, words: ShellWords): Promise<void> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    message: words.crashTitle,
    detail: words.crashText,
    buttons: [words.showAgain, words.quit],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  });
  if (response === 0) reload(window);
  else app.quit();
}
