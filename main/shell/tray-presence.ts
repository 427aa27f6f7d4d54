import { execFile } from 'node:child_process';

/** Time for the session bus to answer, in ms. The window waits for it before it goes. */
const ANSWER_LIMIT_MS = 1_000;

/** Asks whether something shows the icons that are registered with the watcher of the freedesktop and KDE trays. */
const QUESTION = [
  ...['call', '--session', '--timeout=1'],
  ...['--dest=org.kde.StatusNotifierWatcher', '--object-path=/StatusNotifierWatcher'],
  ...['--method=org.freedesktop.DBus.Properties.Get'],
  ...['org.kde.StatusNotifierWatcher', 'IsStatusNotifierHostRegistered'],
];

/** Runs a program and gives its output; `null` when it is not there, fails or takes too long. */
export type Run = (file: string, args: readonly string[]) => Promise<string | null>;

/**
 * Whether an icon in the tray would be seen. Windows and macOS always have one. On Linux an icon can be made without anybody showing
 * it (GNOME without its extension), and a hidden window would then be out of reach; what cannot be found out counts as no tray.
 */
export async function hasTray(platform: NodeJS.Platform, run: Run = runProgram): Promise<boolean> {
  if (platform !== 'linux') return true;
  return (await run('gdbus', QUESTION))?.includes('<true>') ?? false;
}

function runProgram(file: string, args: readonly string[]): Promise<string | null> {
  return new Promise((resolve) => {
    execFile(file, args, { timeout: ANSWER_LIMIT_MS, windowsHide: true }, (error, output) =>
      resolve(error ? null : output),
    );
  });
}
