import { displayEnvironment } from './display.mjs';
import { runInKeyringSession } from './keyring-session.mjs';
import { root } from './paths.mjs';
import { vitestArguments } from './vitest-run.mjs';

/**
 * Runs the e2e tests in the real Electron, on a display and beside a keychain of their own.
 * @param {string} executable Electron's, handed to the tests as MIM_ELECTRON
 * @param {string[]} [extra] more arguments for vitest, such as a file name
 * @returns {Promise<number>} vitest's exit code
 */
export async function runEndToEnd(executable, extra = []) {
  const screen = await displayEnvironment();
  try {
    return await runInKeyringSession([process.execPath, ...vitestArguments('e2e', extra)], {
      cwd: root,
      env: { ...screen.env, MIM_ELECTRON: executable },
    });
  } finally {
    screen.stop();
  }
}
