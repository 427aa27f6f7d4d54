// Runs inside the private session bus (see keyring-session.mjs): unlocks a keyring, then runs the command it was
// given. Usage: keyring-inside.mjs <program> [arguments]; MIM_KEYRING_HOME and MIM_KEYRING_PASSWORD are set, and number 3
// is the standard error to use.
import { spawn, spawnSync } from 'node:child_process';
import { writeSync } from 'node:fs';
import path from 'node:path';

const { MIM_KEYRING_HOME: home = '', MIM_KEYRING_PASSWORD: password = '', ...outer } = process.env;
const [program = '', ...args] = process.argv.slice(2);

/** @type {3} */
const STANDARD_ERROR = 3;
const say = (text) => writeSync(STANDARD_ERROR, `${text}\n`);
const daemonOutput = process.env.MIM_VERBOSE ? 'inherit' : 'ignore';

// Only the daemon gets the private folders: the command keeps its own HOME, cache and display.
const daemon = spawn('gnome-keyring-daemon', ['--foreground', '--unlock', '--components=secrets'], {
  env: {
    ...outer,
    HOME: home,
    XDG_DATA_HOME: path.join(home, 'data'),
    XDG_RUNTIME_DIR: path.join(home, 'run'),
  },
  stdio: ['pipe', daemonOutput, daemonOutput],
});
daemon.on('error', (error) => say(`The keyring could not be started: ${error.message}`));
daemon.stdin.end(password);

const ask = [
  '--session',
  '--print-reply',
  '--dest=org.freedesktop.DBus',
  '/org/freedesktop/DBus',
  'org.freedesktop.DBus.NameHasOwner',
  'string:org.freedesktop.secrets',
];

/** Waits until the secret service has its name on the bus (about a tenth of a second), for at most five seconds. */
async function serviceIsUp() {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const answer = spawnSync('dbus-send', ask, { encoding: 'utf8' });
    if (answer.stdout.includes('boolean true')) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}

if (!(await serviceIsUp())) say('The keyring did not come up; the app will say that it has no keychain.');
const child = spawn(program, args, { env: outer, stdio: ['inherit', 'inherit', STANDARD_ERROR] });
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
  process.on(signal, () => child.kill(signal));
child.once('error', (error) => {
  say(`“${program}” could not be started: ${error.message}`);
  daemon.kill();
  process.exit(1);
});
child.once('close', (code) => {
  daemon.kill();
  process.exit(code ?? 1);
});
