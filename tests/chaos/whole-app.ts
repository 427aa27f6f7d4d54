import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { processTree } from '../e2e/support/processes.ts';

/** The real app, running in the real Electron; nobody drives its window. */
export type WholeApp = {
  /** Whether its main process is still there. */
  running(): boolean;
  /** What it said on standard error, for a failure. */
  said(): string;
  /** Kills its main process and everything that it has started (SIGKILL), waits until all are gone, and says how many they were. */
  kill(): Promise<number>;
};

/** As root, Chromium refuses to start its sandbox. */
const SANDBOX = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

/** A process that has ended but was not asked about yet does nothing any more. */
function isGone(pid: number): boolean {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return true;
  try {
    return /\) Z /u.test(readFileSync(file, 'utf8'));
  } catch {
    return true;
  }
}

/** Opens the app as built in `dist` below the working folder, in a process group of its own. */
export function openWholeApp(executable: string, userData: string): WholeApp {
  const args = [...SANDBOX, `--user-data-dir=${userData}`, '--lang=en-US', path.resolve('.')];
  const child = spawn(executable, args, {
    cwd: userData,
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  let ended = false;
  // Whoever stops the run must not leave an app behind that sends on.
  const killGroup = () => void (child.pid !== undefined && process.kill(-child.pid, 'SIGKILL'));
  process.once('exit', killGroup);
  child.once('exit', () => process.off('exit', killGroup));
  child.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-4_000)));
  const end = new Promise<void>((resolve) => {
    child.once('error', (error) => {
      said += error.message;
      ended = true;
      resolve();
    });
    child.once('exit', () => {
      ended = true;
      resolve();
    });
  });
  return {
    running: () => !ended,
    said: () => said,
    async kill() {
      const { pid } = child;
      if (pid === undefined || ended) return 0;
      const all = processTree(pid).map((one) => one.pid);
      // The group first: all of them at the same moment, as when the power fails.
      for (const target of [-pid, ...all]) {
        try {
          process.kill(target, 'SIGKILL');
        } catch (error) {
          if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
        }
      }
      await end;
      while (!all.every(isGone)) await new Promise((resolve) => setTimeout(resolve, 5));
      return all.length;
    },
  };
}
