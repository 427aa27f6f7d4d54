import process from 'node:process';
import { app, dialog, type BrowserWindow } from 'electron';
import type { Log } from '../logging/log.ts';
import { createDueSoon } from './due-soon.ts';
import { createLeaving } from './leaving.ts';
import { createNotices } from './notices.ts';
import type { Power } from './power.ts';
import { createSendingWatch, type SendingWatch } from './sending-watch.ts';
import { sendingWords } from './sending-words.ts';
import type { ShellSettings } from './settings.ts';
import { shellLanguage, shellWords } from './shell-words.ts';
import { hasTray } from './tray-presence.ts';
import { createTrayIcon } from './tray.ts';
import type { Wanted } from './wanted.ts';

/** What going on without a window needs from the rest of the shell. */
export type BackgroundOptions = {
  readonly window: () => BrowserWindow | null;
  /** Brings the window to the user, making it where there is none. */
  readonly show: () => void;
  readonly settings: ShellSettings;
  readonly power: Power;
  readonly wanted: Wanted;
  readonly log: Log;
};

/** The program while it sends: on the taskbar, in the tray, in notifications, and when it is to end. */
export type Background = {
  readonly sending: SendingWatch;
  /** Takes a new window into care. */
  attach(window: BrowserWindow): void;
  /** Quits, after asking where something still has to be sent. */
  quit(): void;
};

/** Joins the state of sending with the system's window, tray, notifications and dialogs. */
export function createBackground(options: BackgroundOptions): Background {
  const { window, show, settings, power } = options;
  const { platform } = process;
  const language = () => shellLanguage(settings.page.get().language, app.getLocale());
  const words = () => sendingWords(language());
  const staysInTray = () => settings.page.get().staysInTray;
  const quit = (): void => void leaving.quit();

  const sending = createSendingWatch({
    ...{ window, show, words, staysInTray, platform, wanted: options.wanted, log: options.log },
    tray: createTrayIcon(platform, { open: show, quit }),
    notify: createNotices(),
    dueSoon: createDueSoon((isNear) => power.keepAwake(isNear, 'due')),
    quitWord: () => shellWords(language()).quit,
    explainsStaying: () => settings.explainsStaying(),
  });
  const leaving = createLeaving({
    ...{ platform, staysInTray, window },
    now: () => sending.now(),
    hasTray: () => hasTray(platform),
    onStayed: (where) => sending.stayed(where),
    quit: () => app.quit(),
    async ask(tray) {
      const { title, body } = words().notLeft(sending.now());
      const stay = tray ? words().stayInTray : words().keepRunning;
      const box = {
        ...{ type: 'question' as const, message: title, detail: body, noLink: true },
        ...{ buttons: [shellWords(language()).quit, stay], defaultId: 1, cancelId: 1 },
      };
      const open = window();
      const { response } = await (open?.isVisible()
        ? dialog.showMessageBox(open, box)
        : dialog.showMessageBox(box));
      return response === 0 ? 'quit' : 'stay';
    },
  });

  // Comes before any window is closed, also at the end of the session and after SIGTERM.
  app.on('before-quit', () => leaving.ends());
  settings.page.watch(() => sending.refresh());
  return {
    sending,
    quit,
    attach(opened) {
      opened.on('close', (event) => leaving.onClose(event));
      opened.on('show', () => sending.windowShown(true));
      opened.on('restore', () => sending.windowShown(true));
      opened.on('closed', () => sending.windowShown(false));
      // Windows: what is left of the time goes to the engine.
      opened.on('session-end', () => app.quit());
    },
  };
}
