import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { findProgram, verbose } from './run.mjs';

/** @type {NodeJS.Signals[]} */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
/** @type {import('node:child_process').StdioOptions} */
const STDIO = ['inherit', 'inherit', 'inherit'];

const inside = fileURLToPath(new URL('keyring-inside.mjs', import.meta.url));

/**
 * Gives a command line that runs another one beside an unlocked keychain that nobody will miss: on Linux a
 * private session bus with a secret service whose data lives in a temporary folder, so that the person's own
 * keyring is never touched. macOS and Windows have a keychain already: there the command is left as it is.
 * @param {string[]} command program and arguments
 * @param {NodeJS.ProcessEnv} env
 * @returns {{ command: string[], env: NodeJS.ProcessEnv, stdio: import('node:child_process').StdioOptions, cleanUp: () => void }}
 * @throws on Linux when dbus or gnome-keyring is missing
 */
function inKeyringSession(command, env) {
  if (process.platform !== 'linux') return { command, env, stdio: STDIO, cleanUp: () => undefined };
  const bus = findProgram('dbus-run-session');
  if (!bus || !findProgram('gnome-keyring-daemon')) {
    throw new Error('dbus and gnome-keyring are needed to try the keychain, and they are not installed');
  }
  const home = mkdtempSync(path.join(tmpdir(), 'mim-keyring-'));
  for (const folder of ['data', 'run']) mkdirSync(path.join(home, folder), { mode: 0o700 });
  const session = { ...env, MIM_KEYRING_HOME: home, MIM_KEYRING_PASSWORD: randomBytes(16).toString('hex') };
  // An outer bus or keyring must not leak in: the app would ask that one.
  for (const name of ['DBUS_SESSION_BUS_ADDRESS', 'GNOME_KEYRING_CONTROL', 'SSH_AUTH_SOCK'])
    delete session[name];
  return {
    command: [bus, '--', process.execPath, inside, ...command],
    env: session,
    // The bus chatters on standard error, so the command gets the real one as number 3 (keyring-inside.mjs).
    stdio: ['inherit', 'inherit', verbose ? 'inherit' : 'ignore', 2],
    cleanUp: () => rmSync(home, { recursive: true, force: true }),
  };
}

/**
 * Runs a command to its end in a keyring session.
 * @param {string[]} command program and arguments
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string }} [options]
 * @returns {Promise<number>} its exit code
 */
export async function runInKeyringSession(command, { env = process.env, cwd } = {}) {
  const session = inKeyringSession(command, env);
  const [program = '', ...args] = session.command;
  try {
    return await new Promise((resolve, reject) => {
      const child = spawn(program, args, { env: session.env, stdio: session.stdio, ...(cwd ? { cwd } : {}) });
      // A signal ends the command first, so that the temporary keyring is still removed below.
      for (const signal of SIGNALS) process.once(signal, () => child.kill(signal));
      child.once('error', reject);
      child.once('close', (code) => resolve(code ?? 1));
    });
  } finally {
    session.cleanUp();
  }
}
