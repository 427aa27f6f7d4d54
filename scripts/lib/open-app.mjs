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
 * Waits until a process has announced the port by which its page can be driven.
 * @param {import('node:child_process').ChildProcess} child with a pipe for standard error
 * @returns {Promise<string>} host and port
 */
function debuggingPort(child) {
  return new Promise((resolve, reject) => {
    let said = '';
    const giveUp = (why) => reject(new Error(`The packaged app did not start: ${why}\n${said}`));
    const timer = setTimeout(() => giveUp('no debugging port in time'), START_LIMIT_MS);
    child.once('exit', (code) => giveUp(`it ended with code ${code}`));
    child.once('error', (error) => giveUp(error.message));
    child.stderr?.on('data', (chunk) => {
      if (verbose) process.stderr.write(chunk);
      said += chunk;
      const found = /DevTools listening on ws:\/\/([^/]+)\//.exec(said);
      if (!found?.[1]) return;
      clearTimeout(timer);
      resolve(found[1]);
    });
  });
}

/**
 * Waits until the app's own page is there. Connecting while its window is still being made can hang for good.
 * @param {string} address host and port
 */
async function pageIsThere(address) {
  const until = Date.now() + START_LIMIT_MS;
  while (Date.now() < until) {
    const targets = await (await fetch(`http://${address}/json/list`)).json();
    if (targets.some(({ type, url, title }) => type === 'page' && url.startsWith('app://') && title !== url))
      return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('The packaged app showed no page');
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
  try {
    const address = await debuggingPort(child);
    await pageIsThere(address);
    const browser = await chromium.connectOverCDP(`http://${address}`, { timeout: START_LIMIT_MS });
    const page = browser.contexts()[0]?.pages()[0];
    if (!page) throw new Error('The packaged app has no window');
    const close = async () => {
      await page.close();
      await browser.close();
      child.kill();
      await ended;
    };
    return { page, close };
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
}
