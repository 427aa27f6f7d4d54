import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

import { findBrowser } from './browser.mjs';
import { findProgram, run, succeeds, verbose } from './run.mjs';

/**
 * @typedef {{ library?: string, program?: string, packages: string[] }} Need
 * What is looked for (a shared library's soname, or a program in PATH) and the Debian package that has it; later
 * names are what newer releases call the same package.
 */

/** @type {Need[]} what Electron itself links against or loads */
const WINDOW = [
  { library: 'libnss3.so', packages: ['libnss3'] },
  { library: 'libatk-1.0.so.0', packages: ['libatk1.0-0t64', 'libatk1.0-0'] },
  { library: 'libatk-bridge-2.0.so.0', packages: ['libatk-bridge2.0-0t64', 'libatk-bridge2.0-0'] },
  { library: 'libcups.so.2', packages: ['libcups2t64', 'libcups2'] },
  { library: 'libgtk-3.so.0', packages: ['libgtk-3-0t64', 'libgtk-3-0'] },
  { library: 'libgbm.so.1', packages: ['libgbm1'] },
  { library: 'libasound.so.2', packages: ['libasound2t64', 'libasound2'] },
  { library: 'libXss.so.1', packages: ['libxss1'] },
  { library: 'libXtst.so.6', packages: ['libxtst6'] },
  { library: 'libnotify.so.4', packages: ['libnotify4'] },
  { library: 'libsecret-1.so.0', packages: ['libsecret-1-0'] },
];

/** @type {Need[]} a screen and a keychain for a machine that has neither */
const HEADLESS = [
  { program: 'Xvfb', packages: ['xvfb'] },
  { program: 'dbus-run-session', packages: ['dbus'] },
  { program: 'dbus-send', packages: ['dbus', 'dbus-bin'] },
  { program: 'gnome-keyring-daemon', packages: ['gnome-keyring'] },
];

/** Names of the shared libraries the loader knows; empty where there is no such list (then nothing is claimed missing). */
function knownLibraries() {
  const program = findProgram('ldconfig') ?? '/sbin/ldconfig';
  if (!existsSync(program)) return new Set();
  const { stdout } = spawnSync(program, ['-p'], { encoding: 'utf8' });
  return new Set((stdout ?? '').split('\n').map((line) => line.trim().split(' ')[0] ?? ''));
}

/**
 * Lists what this Linux machine lacks.
 * @param {{ headless?: boolean, browser?: boolean }} wanted `headless`: a virtual screen and a private keychain
 *   too; `browser`: a Chromium for the component tests too
 * @returns {Need[]}
 */
export function missingNeeds({ headless = false, browser = false }) {
  const libraries = knownLibraries();
  const needs = [...WINDOW, ...(headless ? HEADLESS : [])].filter(({ library, program }) => {
    if (program) return !findProgram(program);
    return libraries.size > 0 && library !== undefined && !libraries.has(library);
  });
  if (browser && !findBrowser()) needs.push({ program: 'chromium', packages: ['chromium'] });
  return needs;
}

/** How root's rights can be had without asking: as root, or by a `sudo` that asks for no password. */
function rootPrefix() {
  if (process.getuid?.() === 0) return [];
  return findProgram('sudo') && succeeds('sudo', ['-n', 'true']) ? ['sudo', '-n'] : undefined;
}

/**
 * The first of the names under which this release of the system offers a package.
 * @param {string[]} names
 */
function offeredName(names) {
  const offered = (name) =>
    /^ {2}Candidate: (?!\(none\))/m.test(
      spawnSync('apt-cache', ['policy', name], { encoding: 'utf8' }).stdout ?? '',
    );
  return names.find(offered) ?? names.at(-1) ?? '';
}

/**
 * Sees to it that the system packages are there: installs the missing ones where that is possible without asking
 * (Debian and its kin, as root or with a password-less sudo), else names the exact command.
 * @param {Parameters<typeof missingNeeds>[0]} wanted
 * @param {(line: string) => void} [log]
 * @throws when something is missing and cannot be installed from here
 */
export async function ensureSystemPackages(wanted, log = console.log) {
  if (process.platform !== 'linux') return;
  const missing = missingNeeds(wanted);
  if (missing.length === 0) return;

  const debian = findProgram('apt-get') !== undefined;
  const prefix = debian ? rootPrefix() : undefined;
  if (!prefix) {
    const names = [
      ...new Set(missing.map(({ packages }) => (debian ? offeredName(packages) : packages.at(-1)))),
    ];
    const advice = debian
      ? `Please run:\n\n  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${names.join(' ')}`
      : `Please install what your system calls (Debian names): ${names.join(' ')}`;
    throw new Error(`Some system packages are missing. ${advice}`);
  }

  log('Installing system packages …');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = async (...args) => {
    const [program = '', ...rest] = [...prefix, 'apt-get', ...args];
    await run(program, rest, { env, capture: !verbose });
  };
  await apt('update');
  const names = [...new Set(missing.map(({ packages }) => offeredName(packages)))];
  log(`  ${names.join(' ')}`);
  await apt('install', '-y', '--no-install-recommends', ...names);
  const still = missingNeeds(wanted);
  if (still.length > 0) {
    throw new Error(
      `Still missing after installing: ${still.map((need) => need.library ?? need.program).join(', ')}`,
    );
  }
}
