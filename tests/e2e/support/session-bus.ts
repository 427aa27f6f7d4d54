import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from './app.ts';
import { eventually } from './eventually.ts';

/** Where nobody answers: the app finds no session bus, and so no secret service. */
export const NO_KEYCHAIN = { DBUS_SESSION_BUS_ADDRESS: 'disabled:' } as const;

/**
 * Starts a session bus of its own with a keyring that is closed: whoever asks it makes the system show its password
 * prompt, which nobody answers. Gives the environment for the app; the bus and the keyring end with the test.
 */
export async function lockedKeyringBus(): Promise<Readonly<Record<string, string>>> {
  const home = temporaryFolder();
  const env = {
    PATH: process.env['PATH'] ?? '',
    DISPLAY: process.env['DISPLAY'] ?? '',
    HOME: home,
    XDG_DATA_HOME: path.join(home, 'data'),
    XDG_RUNTIME_DIR: home,
  };
  const [address = '', pid = ''] = execFileSync(
    'dbus-daemon',
    ['--session', '--fork', '--print-address=1', '--print-pid=1'],
    { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
  ).split('\n');
  // The keyring and its prompt leave with their bus.
  onTestFinished(() => void process.kill(Number(pid)));

  // Unlocking makes a keyring with this password; the one that the bus starts next has to ask for it.
  const first = spawn('gnome-keyring-daemon', ['--foreground', '--unlock', '--components=secrets'], {
    env: { ...env, DBUS_SESSION_BUS_ADDRESS: address },
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  first.stdin.end('nobody types this');
  await eventually(() => existsSync(path.join(home, 'data/keyrings/login.keyring'))).toBe(true);
  first.kill();
  await once(first, 'exit');
  return { DBUS_SESSION_BUS_ADDRESS: address };
}
