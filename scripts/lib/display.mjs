import { spawn } from 'node:child_process';

import { findProgram } from './run.mjs';

/** The virtual screen: the smallest size the app supports fits with room for its dialogs. 24 bits of colour. */
const SCREEN = '1280x800x24';
const START_LIMIT_MS = 10_000;

/**
 * Tells whether a window can be shown as things stand. Only Linux can be without a display.
 * @param {NodeJS.ProcessEnv} [env]
 */
export const hasDisplay = (env = process.env) =>
  process.platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);

/**
 * Starts a virtual X display, and lets the server choose a free number itself (`-displayfd`), so that two runs
 * at once cannot pick the same one.
 * @returns {Promise<{ display: string, stop: () => void }>} `display` is like “:99”
 * @throws when Xvfb is missing or does not come up
 */
async function startVirtualDisplay() {
  const program = findProgram('Xvfb');
  if (!program) throw new Error('Xvfb is not installed, and there is no display to open a window on');
  const args = ['-displayfd', '3', '-screen', '0', SCREEN, '-nolisten', 'tcp'];
  const server = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe', 'pipe'] });
  let complaint = '';
  server.stderr?.on('data', (chunk) => (complaint += chunk));
  const number = await new Promise((resolve, reject) => {
    const giveUp = (why) => {
      server.kill('SIGTERM');
      reject(new Error(`the virtual display did not start: ${why} ${complaint.trim()}`));
    };
    const timer = setTimeout(() => giveUp('no answer in time'), START_LIMIT_MS);
    let answer = '';
    server.stdio[3]?.on('data', (chunk) => {
      answer += chunk;
      if (!answer.includes('\n')) return;
      clearTimeout(timer);
      resolve(answer.trim());
    });
    server.once('exit', (code) => {
      clearTimeout(timer);
      giveUp(`it ended with code ${code}`);
    });
  });
  server.removeAllListeners('exit');
  server.unref();
  server.stderr?.destroy();
  server.stdio[3]?.destroy();
  const stop = () => void server.kill('SIGTERM');
  process.once('exit', stop);
  return { display: `:${number}`, stop };
}

/**
 * Gives an environment in which a window can open: as it is where there is a display, else with a virtual one.
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<{ env: NodeJS.ProcessEnv, stop: () => void }>} `stop` ends the virtual display, if any
 */
export async function displayEnvironment(env = process.env) {
  if (hasDisplay(env)) return { env, stop: () => undefined };
  const { display, stop } = await startVirtualDisplay();
  return { env: { ...env, DISPLAY: display }, stop };
}
