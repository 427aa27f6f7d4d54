import type { RepeatStop, SendingEnd, SendingProgress } from '#shared/ipc/host.ts';
import type { Log } from '../logging/log.ts';
import type { DueSoon } from './due-soon.ts';
import { hasToSend } from './leaving.ts';
import type { ShowNotice } from './notices.ts';
import type { SendingWords } from './sending-words.ts';
import type { TrayIcon } from './tray.ts';
import type { Wanted } from './wanted.ts';

/** As much of the window as the state of sending is shown on. */
export type ProgressWindow = {
  setProgressBar(fraction: number, options: { mode: 'normal' | 'paused' | 'none' }): void;
  isFocused(): boolean;
  isDestroyed(): boolean;
};

/** Where the state of sending is shown and what follows from it. */
export type SendingWatchOptions = {
  readonly window: () => ProgressWindow | null;
  /** Brings the window to the user. */
  readonly show: () => void;
  readonly tray: TrayIcon;
  readonly notify: ShowNotice;
  readonly dueSoon: DueSoon;
  readonly wanted: Pick<Wanted, 'ask'>;
  readonly words: () => SendingWords;
  readonly quitWord: () => string;
  readonly staysInTray: () => boolean;
  /** `true` for the first time ever. */
  readonly explainsStaying: () => boolean;
  readonly platform: NodeJS.Platform;
  readonly log: Pick<Log, 'info'>;
};

/** The state of sending as the engine tells it, on everything outside of the page. */
export type SendingWatch = {
  now(): SendingProgress;
  progress(next: SendingProgress): void;
  ended(end: SendingEnd): void;
  /** A sending that is repeated has stopped by itself. */
  repeatStopped(stop: RepeatStop): void;
  /** The engine's process is gone: nothing moves until it is started again and says so. */
  engineGone(): void;
  /** The engine will not come back by itself: nothing leaves, and the user has to see why. */
  engineFailed(): void;
  /** The user closed the window, and the program stayed. */
  stayed(where: 'tray' | 'minimized'): void;
  /** There is a window on the screen, or (`false`) none any more. */
  windowShown(isShown: boolean): void;
  /** Words or settings have changed. */
  refresh(): void;
};

const NOTHING: SendingProgress = { fraction: null, waiting: 0, paused: 0, isPaused: false, nextAt: null };

/** Makes a {@link SendingWatch}. */
export function createSendingWatch(options: SendingWatchOptions): SendingWatch {
  const { window, tray, words } = options;
  let now = NOTHING;
  let isShown = true;
  /** The window is only hidden: without the icon nothing on the screen would lead back to it. */
  let isHidden = false;
  /** The user closed the window, and has not seen it since. */
  let isAway = false;

  const refresh = (): void => {
    const open = window();
    if (open && !open.isDestroyed()) {
      const { fraction, isPaused } = now;
      if (fraction === null) open.setProgressBar(-1, { mode: 'none' });
      else open.setProgressBar(fraction, { mode: isPaused ? 'paused' : 'normal' });
    }
    // macOS: the program goes on without a window, and its dock icon leads back.
    const goesOn = !isShown && options.platform === 'darwin' && options.staysInTray() && hasToSend(now);
    if (!isHidden && !goesOn) return tray.hide();
    tray.show({ state: words().state(now), open: words().open, quit: options.quitWord() });
  };
  const progress = (next: SendingProgress): void => {
    // Says later why the program stayed when its window was closed, or did not.
    if (hasToSend(next) !== hasToSend(now)) options.log.info('sending.to-hand-over', next);
    now = next;
    options.dueSoon.next(now.nextAt);
    refresh();
  };
  return {
    now: () => now,
    progress,
    refresh,
    ended(end) {
      const open = window();
      if (open && !open.isDestroyed() && open.isFocused()) return;
      options.notify(words().ended(end), () => {
        options.show();
        options.wanted.ask({ kind: 'campaign', space: end.space, id: end.campaignId });
      });
    },
    // Also told to somebody who is looking at the window: nothing of it was on the screen.
    repeatStopped(stop) {
      options.notify(words().repeatStopped(stop), () => {
        options.show();
        options.wanted.ask({ kind: 'repeated', space: stop.space });
      });
    },
    engineGone: () => progress({ ...now, fraction: null }),
    engineFailed() {
      progress(NOTHING);
      if (isAway) options.show();
      isAway = false;
    },
    stayed(where) {
      isHidden = where === 'tray';
      isAway = true;
      options.log.info('sending.stays', { where });
      refresh();
      if (options.explainsStaying()) options.notify(words().stayed(where), options.show);
    },
    windowShown(shown) {
      isShown = shown;
      if (shown) isHidden = isAway = false;
      refresh();
    },
  };
}
