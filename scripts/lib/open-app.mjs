import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import path from 'node:path';

import { _electron, chromium } from 'playwright';

import { asRoot, sandboxArguments } from './electron-arguments.mjs';
import { root } from './paths.mjs';
import { verbose } from './run.mjs';

const START_LIMIT_MS = 60_000;

/**
 * Playwright's own preload for Electron, given by hand because it leaves it out for an executable of ours: it holds the app
 * back until Playwright is attached. Without it, Playwright now and then attaches in the middle of the first navigation,
 * misses its end and waits for it until its time is up.
 */
function holdUntilAttached() {
  const playwright = createRequire(import.meta.url).resolve('playwright/package.json');
  const core = createRequire(playwright).resolve('playwright-core/package.json');
  return ['-r', path.join(path.dirname(core), 'lib/server/electron/loader.js')];
}

/** @typedef {{ page: import('playwright').Page, close: () => Promise<void> }} OpenApp */

/**
 * Opens the app of this repository, as built in `dist`.
 * @param {string} executablePath Electron's
 * @param {string} userData a folder for this run alone
 * @returns {Promise<OpenApp>}
 */
export async function openUnpacked(executablePath, userData) {
  const app = await _electron.launch({
    executablePath,
    args: [...holdUntilAttached(), `--user-data-dir=${userData}`, root],
    chromiumSandbox: !asRoot,
    timeout: START_LIMIT_MS,
  });
  if (verbose) for (const stream of ['stdout', 'stderr']) app.process()[stream]?.pipe(process[stream]);
  try {
    return { page: await app.firstWindow({ timeout: START_LIMIT_MS }), close: () => app.close() };
  } catch (error) {
    await app.close();
    throw error;
  }
}

/**
 * Opens a packaged app. Its fuses forbid Node's inspector, so it is driven the way any Chromium can be: over the
 * page's debugging port, which it announces on standard error.
 * @param {string} executable the packaged app
 * @param {string} userData a folder for this run alone
 * @returns {Promise<OpenApp>}
 */
export async function openPackaged(executable, userData) {
  const args = ['--remote-debugging-port=0', `--user-data-dir=${userData}`, ...sandboxArguments];
  const child = spawn(executable, args, { stdio: ['ignore', verbose ? 'inherit' : 'ignore', 'pipe'] });
  const ended = once(child, 'exit');
  let complaints = '';
  const address = await new Promise((resolve, reject) => {
    const giveUp = (why) => {
      child.kill();
      reject(new Error(`The packaged app did not start: ${why}\n${complaints}`));
    };
    const timer = setTimeout(() => giveUp('no window in time'), START_LIMIT_MS);
    child.once('exit', (code) => giveUp(`it ended with code ${code}`));
    child.once('error', (error) => giveUp(error.message));
    child.stderr.on('data', (chunk) => {
      if (verbose) process.stderr.write(chunk);
      complaints += chunk;
      const found = /DevTools listening on (ws:\S+)/.exec(complaints);
      if (!found) return;
      clearTimeout(timer);
      resolve(found[1]);
    });
  });
  const browser = await chromium.connectOverCDP(address);
  const [context] = browser.contexts();
  if (!context) throw new Error('The packaged app has no window');
  const page = context.pages()[0] ?? (await context.waitForEvent('page', { timeout: START_LIMIT_MS }));
  const close = async () => {
    await page.close();
    await browser.close();
    child.kill();
    await ended;
  };
  return { page, close };
}
