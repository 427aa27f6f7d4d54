import type { ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright';
import { onTestFinished } from 'vitest';
import { eventually } from './eventually.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const OUTPUT = path.join(ROOT, 'tests/e2e/output');
const START_LIMIT_MS = 30_000;
const CLOSE_LIMIT_MS = 15_000;

/** How to start the app for a test. */
export type LaunchOptions = {
  /** An existing user data folder, for a second start; without it the app gets a new one that is removed afterwards. */
  readonly userData?: string;
  /** Added to the environment of the test. */
  readonly env?: Readonly<Record<string, string>>;
  /** Added to the command line, before the app's folder. */
  readonly args?: readonly string[];
};

/** The real app, running in the real Electron. It is closed when the test ends. */
export type RunningApp = {
  /** The main process. */
  readonly app: ElectronApplication;
  /** The operating system's process of it; usable after the end, too. */
  readonly child: ChildProcess;
  /** The page of the window. */
  readonly page: Page;
  readonly userData: string;
  /** Saves what the window shows as `tests/e2e/output/<name>.png`. */
  screenshot(name: string): Promise<void>;
  /** Closes the app as a user would and waits for the end of its process. Closing twice is allowed. */
  close(): Promise<void>;
  /** Ends the engine's process as a crash would (-9) and gives its process id. */
  killEngine(): Promise<number>;
  /** Process ids of the app's utility processes by their name, such as `MiM SMS engine`. */
  processes(): Promise<ReadonlyMap<string, number>>;
  /** Everything that the main process and the engine have logged so far. */
  logs(): string;
};

/** The name of the engine's process. */
export const ENGINE = 'MiM SMS engine';

/** A folder that is removed when the test ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'mim-e2e-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** The switches that every start of Electron by a test needs: as root, Chromium refuses to start its sandbox. */
export const sandboxArguments: readonly string[] = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

/**
 * Playwright's own preload for Electron, given by hand because it leaves it out for an executable of ours: it holds the app
 * back until Playwright is attached. Without it, Playwright now and then attaches in the middle of the first navigation,
 * misses its end and waits for it until its time is up.
 */
const HOLD_UNTIL_ATTACHED: readonly string[] = ['-r', playwrightLoader()];

function playwrightLoader(): string {
  const playwright = createRequire(import.meta.url).resolve('playwright/package.json');
  const core = createRequire(playwright).resolve('playwright-core/package.json');
  return path.join(path.dirname(core), 'lib/server/electron/loader.js');
}

/** Electron's executable; `node scripts/e2e.mjs` finds it and hands it over. */
export function electronExecutable(): string {
  const executable = process.env['MIM_ELECTRON'];
  if (!executable) throw new Error('MIM_ELECTRON is not set: run the e2e tests by `node scripts/e2e.mjs`');
  return executable;
}

/** The command line after the executable, for a user data folder. */
export const appArguments = (userData: string, args: readonly string[] = []): string[] => [
  ...sandboxArguments,
  `--user-data-dir=${userData}`,
  '--lang=en-US',
  ...args,
  ROOT,
];

/**
 * Starts the built app and waits for its window. When the test fails, the window is saved as a picture and the logs are
 * printed with the failure. Call it inside a test.
 */
export async function launchApp(options: LaunchOptions = {}): Promise<RunningApp> {
  const userData = options.userData ?? temporaryFolder();
  const app = await _electron.launch({
    executablePath: electronExecutable(),
    args: [...HOLD_UNTIL_ATTACHED, ...appArguments(userData, options.args)],
    // Playwright's default would switch the sandbox off for everybody.
    chromiumSandbox: sandboxArguments.length === 0,
    env: { ...definedEnvironment(), ...options.env },
    // A desktop starts programs anywhere but in their own folder.
    cwd: userData,
    timeout: START_LIMIT_MS,
    // Playwright would pretend “light” to every page.
    colorScheme: null,
  });
  const child = app.process();
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const page = await app.firstWindow({ timeout: START_LIMIT_MS });
  await page.waitForLoadState('domcontentloaded');

  const screenshot = async (name: string): Promise<void> => {
    mkdirSync(OUTPUT, { recursive: true });
    await page.screenshot({ path: path.join(OUTPUT, `${name}.png`) });
  };
  const close = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const late = setTimeout(() => child.kill('SIGKILL'), CLOSE_LIMIT_MS);
    await Promise.all([app.close(), ended]);
    clearTimeout(late);
  };
  const processes: RunningApp['processes'] = async () =>
    new Map(
      await app.evaluate(({ app: electron }) =>
        electron
          .getAppMetrics()
          .filter((one) => one.type === 'Utility')
          .map((one): [string, number] => [one.name ?? '', one.pid]),
      ),
    );
  const running: RunningApp = {
    app,
    child,
    page,
    userData,
    screenshot,
    close,
    processes,
    async killEngine() {
      await eventually(async () => (await processes()).has(ENGINE)).toBe(true);
      const pid = (await processes()).get(ENGINE);
      if (pid === undefined) throw new Error('there is no engine to kill');
      process.kill(pid, 'SIGKILL');
      await eventually(async () => (await processes()).get(ENGINE)).not.toBe(pid);
      return pid;
    },
    logs: () => readLogs(userData),
  };
  onTestFinished(async ({ task }) => {
    if (task.result?.state === 'fail') await reportFailure(task.name, running);
    await close();
  });
  return running;
}

async function reportFailure(testName: string, running: RunningApp): Promise<void> {
  const name = `failed-${testName.replaceAll(/\W+/gu, '-').slice(0, 60)}`;
  const saved = await running.screenshot(name).then(
    () => `its window is in tests/e2e/output/${name}.png`,
    (error: unknown) => `there is no picture of its window: ${String(error)}`,
  );
  console.error(`“${testName}” failed; ${saved}. Logs:\n${running.logs()}`);
}

function readLogs(userData: string): string {
  const folder = path.join(userData, 'logs');
  const files = readdirSync(userData).includes('logs') ? readdirSync(folder) : [];
  return files.map((file) => `--- ${file}\n${readFileSync(path.join(folder, file), 'utf8')}`).join('\n');
}

function definedEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
