// Runs inside the private session bus (see keyring-session.mjs): unlocks a keyring, then runs the command it was
// given. Usage: keyring-inside.mjs <program> [arguments]; MIM_KEYRING_HOME and MIM_KEYRING_PASSWORD are set.
import { spawn, spawnSync } from 'node:child_process';
import path from 'node:path';

const { MIM_KEYRING_HOME: home = '', MIM_KEYRING_PASSWORD: password = '', ...outer } = process.env;
const [program = '', ...args] = process.argv.slice(2);

// Only the daemon gets the private folders: the command keeps its own HOME, cache and display.
const daemon = spawn('gnome-keyring-daemon', ['--foreground', '--unlock', '--components=secrets'], {
  env: {
    ...outer,
    HOME: home,
    XDG_DATA_HOME: path.join(home, 'data'),
    XDG_RUNTIME_DIR: path.join(home, 'run'),
  },
  stdio: [
    'pipe',
    process.env.MIM_VERBOSE ? 'inherit' : 'ignore',
    process.env.MIM_VERBOSE ? 'inherit' : 'ignore',
  ],
});
daemon.on('error', (error) => console.error(`The keyring could not be started: ${error.message}`));
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

if (!(await serviceIsUp()))
  console.error('The keyring did not come up; the app will say that it has no keychain.');
const child = spawn(program, args, { env: outer, stdio: 'inherit' });
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
  process.on(signal, () => child.kill(signal));
child.once('error', (error) => {
  console.error(`“${program}” could not be started: ${error.message}`);
  daemon.kill();
  process.exit(1);
});
child.once('close', (code) => {
  daemon.kill();
  process.exit(code ?? 1);
});
