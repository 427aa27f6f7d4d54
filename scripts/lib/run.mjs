import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

import { root } from './paths.mjs';

/** A command that ended badly: the message names the command and how it ended. */
export class CommandFailed extends Error {
  /**
   * @param {string} command the whole command line, for reading
   * @param {number | null} code exit code, null when a signal ended it
   * @param {string | null} signal
   * @param {string} [output] what it printed, when that was captured
   */
  constructor(command, code, signal, output = '') {
    super(
      `“${command}” ended with ${signal ? `signal ${signal}` : `code ${code}`}${output ? `\n${output}` : ''}`,
    );
    this.name = 'CommandFailed';
    this.code = code;
    this.output = output;
  }
}

/** True when `MIM_VERBOSE` asks for everything the called tools print. */
export const verbose = Boolean(process.env.MIM_VERBOSE);

/**
 * Runs a command to its end in the repository's top folder.
 * @param {string} command program, looked up in PATH
 * @param {string[]} args
 * @param {{
 *   env?: NodeJS.ProcessEnv,
 *   cwd?: string,
 *   capture?: boolean,
 *   timeoutMs?: number,
 *   check?: boolean,
 * }} [options] `capture` keeps the output instead of showing it; `timeoutMs` ends the command after that time;
 *   `check: false` gives back a bad exit code instead of throwing
 * @returns {Promise<{ code: number, output: string }>}
 * @throws {CommandFailed} when the command ends with anything but 0
 */
export function run(command, args, options = {}) {
  const { env = process.env, cwd = root, capture = false, timeoutMs, check = true } = options;
  const line = [path.basename(command), ...args].join(' ');
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: ['inherit', capture ? 'pipe' : 'inherit', capture ? 'pipe' : 'inherit'],
      ...(timeoutMs === undefined ? {} : { timeout: timeoutMs, killSignal: 'SIGKILL' }),
    });
    let output = '';
    child.stdout?.on('data', (chunk) => (output += chunk));
    child.stderr?.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => reject(new Error(`“${line}” could not be started: ${error.message}`)));
    child.on('close', (code, signal) => {
      if (check && code !== 0) reject(new CommandFailed(line, code, signal, output.trim()));
      else resolve({ code: code ?? 1, output });
    });
  });
}

/**
 * Runs a script with this same Node.
 * @param {string[]} args script and its arguments
 * @param {Parameters<typeof run>[2]} [options]
 */
export const runNode = (args, options) => run(process.execPath, args, options);

/**
 * Runs npm with this same Node where npm's own script is known (it is under `npm run …`), because `npm` alone is
 * a `.cmd` file on Windows that cannot be spawned without a shell.
 * @param {string[]} args
 * @param {Parameters<typeof run>[2]} [options]
 */
export function runNpm(args, options) {
  const beside = path.join(path.dirname(process.execPath), 'node_modules', 'npm', 'bin', 'npm-cli.js');
  const script = [process.env.npm_execpath, beside].find((file) => file?.endsWith('.js') && existsSync(file));
  return script ? runNode([script, ...args], options) : run('npm', args, options);
}

/**
 * Looks for a program in PATH.
 * @param {...string} names tried in this order
 * @returns {string | undefined} absolute path of the first one found
 */
export function findProgram(...names) {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  for (const name of names) {
    for (const folder of folders) {
      const file = path.join(folder, process.platform === 'win32' ? `${name}.exe` : name);
      if (existsSync(file)) return file;
    }
  }
  return undefined;
}

/**
 * True when the command ends with 0; it prints nothing.
 * @param {string} command
 * @param {string[]} args
 */
export const succeeds = (command, args) => spawnSync(command, args, { stdio: 'ignore' }).status === 0;

/**
 * Ends a script after a failure: the reason on standard error, the whole stack under `MIM_VERBOSE`, exit code 1.
 * @param {unknown} error
 * @returns {never}
 */
export function fail(error) {
  const text = error instanceof Error ? (verbose ? error.stack : error.message) : String(error);
  console.error(`\n✗ ${text}`);
  process.exit(1);
}
