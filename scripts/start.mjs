// `npm start`: from a fresh clone to the running app. Without a display it performs a practice send through the
// real window on a virtual one and shows what happened. Option: --headless does the latter in any case.
import { spawn } from 'node:child_process';

import { displayEnvironment, hasDisplay } from './lib/display.mjs';
import { sandboxArguments } from './lib/electron-arguments.mjs';
import { runInKeyringSession } from './lib/keyring-session.mjs';
import { inRoot, root } from './lib/paths.mjs';
import { prepare } from './lib/prepare.mjs';
import { fail } from './lib/run.mjs';

/**
 * Opens the app for a person and stays until its window is closed.
 * @param {string} executable
 * @returns {Promise<number>} exit code
 */
function openApp(executable) {
  return new Promise((resolve, reject) => {
    const app = spawn(executable, [...sandboxArguments, root], { stdio: 'inherit' });
    app.once('error', reject);
    app.once('close', (code) => resolve(code ?? 1));
  });
}

/**
 * Performs the practice send on a virtual display, beside a private keyring.
 * @param {string} executable
 * @returns {Promise<number>} exit code
 */
async function demonstrate(executable) {
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...without } = process.env;
  const screen = await displayEnvironment(process.platform === 'linux' ? without : process.env);
  try {
    return await runInKeyringSession([process.execPath, inRoot('scripts', 'headless-demo.mjs')], {
      env: { ...screen.env, MIM_ELECTRON: executable },
    });
  } finally {
    screen.stop();
  }
}

try {
  const headless = process.argv.includes('--headless') || !hasDisplay();
  const { executable } = await prepare({ headless });
  process.exitCode = await (headless ? demonstrate(executable) : openApp(executable));
} catch (error) {
  fail(error);
}
