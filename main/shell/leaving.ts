import type { SendingProgress } from '#shared/ipc/host.ts';

/** What the window can do when the user closes it. */
export type ClosableWindow = { hide(): void; minimize(): void; isDestroyed(): boolean };

/** What decides whether the program may end, and how it stays when it may not. */
export type LeavingOptions = {
  readonly platform: NodeJS.Platform;
  readonly now: () => SendingProgress;
  /** The user's setting. */
  readonly staysInTray: () => boolean;
  /** Whether an icon in the tray would be seen. */
  readonly hasTray: () => Promise<boolean>;
  readonly window: () => ClosableWindow | null;
  /** The window is gone from the screen: into the tray, or only minimised. */
  readonly onStayed: (where: 'tray' | 'minimized') => void;
  /** Asks whether to quit though something waits; `tray`: the other answer is to stay in the tray. */
  readonly ask: (tray: boolean) => Promise<'quit' | 'stay'>;
  readonly quit: () => void;
};

/** Decides what closing the window and quitting mean. */
export type Leaving = {
  /** The window is about to close, by its button or by the system. */
  onClose(event: { preventDefault(): void }): void;
  /** The user chose to quit: in the menu, by its keys or in the tray. */
  quit(): Promise<void>;
  /** The program ends now, whoever said so; from here on nothing is asked and nothing kept open. */
  ends(): void;
};

/** Something still has to be handed over by this computer, now or later. */
export const hasToSend = (now: SendingProgress): boolean => now.waiting > 0 || now.nextAt !== null;

/**
 * Closing the window ends the program, unless something is still to be sent: then it stays in the tray, and where no tray shows an
 * icon, minimised. Whoever closes it again there is asked: a window that comes back for ever looks broken. On macOS a closed window never ends the program. Only the user's own wish to quit is questioned: the end of the
 * session and signals go through `ends` first, so that no dialog holds up a shutdown.
 */
export function createLeaving(options: LeavingOptions): Leaving {
  const { platform, now, staysInTray, hasTray, window, onStayed, ask } = options;
  let ending = false;
  let asking = false;
  /** Without a tray the window was minimised once instead of being closed. */
  let minimized = false;

  const stay = async (): Promise<void> => {
    const tray = await hasTray();
    const open = window();
    if (ending || !open || open.isDestroyed()) return;
    if (tray) open.hide();
    else open.minimize();
    minimized ||= !tray;
    onStayed(tray ? 'tray' : 'minimized');
  };
  const quit = async (): Promise<void> => {
    if (asking || ending) return;
    if (hasToSend(now())) {
      asking = true;
      const answer = await hasTray()
        .then((tray) => ask(tray && staysInTray()))
        .finally(() => (asking = false));
      if (answer === 'stay') return staysInTray() ? stay() : undefined;
    }
    options.quit();
  };
  const close = async (): Promise<void> =>
    staysInTray() && (!minimized || (await hasTray())) ? stay() : quit();
  return {
    quit,
    onClose(event) {
      if (ending || platform === 'darwin' || !hasToSend(now())) return;
      event.preventDefault();
      void close();
    },
    ends() {
      ending = true;
    },
  };
}
