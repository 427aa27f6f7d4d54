import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type Page } from 'playwright';
import { median, type BenchRow } from './row.ts';

/** Runs in the display and keychain session that the app needs. */
export const needsApp = true;

const RUNS = 7;
const LIMIT_MS = 60_000;
const ELECTRON = process.env['MIM_ELECTRON'] ?? '';
/** As root, where only tests run it, Chromium cannot start its sandbox. */
const SANDBOX = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

/** One start: the folder of the app, and what the page knows about when it could be used (ms since the epoch). */
type Start = {
  readonly app: string;
  readonly userData: string;
  readonly usableAt: (page: Page) => Promise<number>;
};

/** Milliseconds from starting the process to a usable window. Nothing is attached to it before that. */
async function timeOf({ app, userData, usableAt }: Start): Promise<number> {
  const startedAt = Date.now();
  const child = spawn(
    ELECTRON,
    ['--remote-debugging-port=0', `--user-data-dir=${userData}`, ...SANDBOX, app],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  const ended = once(child, 'exit');
  const address = await new Promise<string>((resolve, reject) => {
    let said = '';
    const limit = setTimeout(() => reject(new Error(`no window: ${said}`)), LIMIT_MS);
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const found = /DevTools listening on (ws:\S+)/u.exec(said);
      if (!found?.[1]) return;
      clearTimeout(limit);
      resolve(found[1]);
    });
  });
  const browser = await chromium.connectOverCDP(address);
  const context = browser.contexts()[0];
  if (!context) throw new Error('no window');
  const page = context.pages()[0] ?? (await context.waitForEvent('page', { timeout: LIMIT_MS }));
  const usable = await usableAt(page);
  await browser.close();
  child.kill();
  await ended;
  return usable - startedAt;
}

/** The mark that the page sets once its accounts are shown. */
const ourMark = (page: Page) =>
  page
    .waitForFunction(() => performance.getEntriesByName('usable')[0], undefined, { timeout: LIMIT_MS })
    .then(() =>
      page.evaluate(
        () => performance.timeOrigin + (performance.getEntriesByName('usable')[0]?.startTime ?? NaN),
      ),
    );

/** The first thing an empty window paints. */
const firstPaint = (page: Page) =>
  page
    .waitForFunction(() => performance.getEntriesByName('first-contentful-paint')[0], undefined, {
      timeout: LIMIT_MS,
    })
    .then(() =>
      page.evaluate(
        () =>
          performance.timeOrigin +
          (performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN),
      ),
    );

/** An app that does nothing but show a window with one word. */
function emptyApp(folder: string): string {
  const dir = path.join(folder, 'empty-app');
  mkdirSync(dir);
  writeFileSync(path.join(dir, 'package.json'), '{"name":"empty","version":"1.0.0","main":"main.cjs"}');
  writeFileSync(
    path.join(dir, 'index.html'),
    '<!doctype html><meta charset="utf-8"><title>Empty</title><h1>Empty</h1>',
  );
  writeFileSync(
    path.join(dir, 'main.cjs'),
    `const { app, BrowserWindow } = require('electron');
     app.whenReady().then(() => new BrowserWindow({ width: 1280, height: 800 }).loadFile(require('path').join(__dirname, 'index.html')));`,
  );
  return dir;
}

/** `start/empty`: from starting the process to Compose with its accounts, empty store, against an empty Electron window. */
export async function run(): Promise<BenchRow[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'mim-start-'));
  const userData = path.join(folder, 'user-data');
  mkdirSync(userData);
  writeFileSync(
    path.join(userData, 'settings.json'),
    JSON.stringify({
      version: 1,
      value: { language: 'en', theme: 'light', firstRunDone: true, vaultMode: 'keychain' },
    }),
  );
  const ours: Start = { app: process.cwd(), userData, usableAt: ourMark };
  const empty: Start = {
    app: emptyApp(folder),
    userData: path.join(folder, 'empty-data'),
    usableAt: firstPaint,
  };
  const times = { ours: [] as number[], empty: [] as number[] };
  // The first start of each fills caches and makes the stores.
  await timeOf(empty);
  await timeOf(ours);
  for (let i = 0; i < RUNS; i++) {
    times.empty.push(await timeOf(empty));
    times.ours.push(await timeOf(ours));
  }
  rmSync(folder, { recursive: true, force: true });
  return [
    {
      name: 'start/empty',
      ours: median(times.ours),
      peer: median(times.empty),
      peerName: 'first paint of an empty Electron window',
      ratio: median(times.ours) / median(times.empty),
      unit: 'ms',
      note: `process start to Compose with its accounts; median of ${RUNS}; bar 1.3`,
    },
  ];
}
