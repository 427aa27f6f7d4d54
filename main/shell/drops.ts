import { ipcMain, type BrowserWindow } from 'electron';
import * as v from 'valibot';
import { FILE_DROPPED_MESSAGE } from '#shared/ipc/boot.ts';
import type { ChosenFile } from '#shared/ipc/shell.ts';
import type { Log } from '../logging/log.ts';
import { APP_ORIGIN } from './app-origin.ts';
import type { ChosenFiles } from './chosen-files.ts';
import type { Watched } from './watched.ts';

const Path = v.pipe(v.string(), v.minLength(1), v.maxLength(32_768));

/**
 * Hears of a file that was dropped onto our page and gives it a handle. Only what the user drops gets here: the preload passes
 * on real drops alone, and knows the path only of real files.
 */
export function takeDrops(
  window: () => BrowserWindow | null,
  files: ChosenFiles,
  dropped: Watched<ChosenFile | null>,
  log: Log,
): void {
  ipcMain.on(FILE_DROPPED_MESSAGE, (event, file: unknown) => {
    const frame = event.senderFrame;
    const path = v.safeParse(Path, file);
    if (
      frame === null ||
      frame !== window()?.webContents.mainFrame ||
      frame.origin !== APP_ORIGIN ||
      !path.success
    ) {
      log.warn('drop.refused', { origin: frame?.origin ?? null });
      return;
    }
    void files.toRead(path.output).then((chosen) => {
      if (chosen) dropped.set(chosen);
    });
  });
}
