import { homedir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Absolute path of the repository's top folder. */
export const root = fileURLToPath(new URL('../../', import.meta.url)).replace(/[\\/]$/, '');

/**
 * Joins path segments onto the repository's top folder.
 * @param {...string} segments
 */
export const inRoot = (...segments) => path.join(root, ...segments);

/**
 * The folder outside the repository where prepared runtimes are kept: the platform's cache folder, so that a
 * fresh clone on the same machine finds them again and `git clean` does not throw them away.
 * @param {NodeJS.ProcessEnv} [env]
 * @param {NodeJS.Platform} [platform]
 */
export function cacheFolder(env = process.env, platform = process.platform) {
  if (env.XDG_CACHE_HOME) return path.join(env.XDG_CACHE_HOME, 'mim-sms-desktop');
  if (platform === 'win32' && env.LOCALAPPDATA)
    return path.join(env.LOCALAPPDATA, 'mim-sms-desktop', 'cache');
  if (platform === 'darwin') return path.join(homedir(), 'Library', 'Caches', 'mim-sms-desktop');
  return path.join(homedir(), '.cache', 'mim-sms-desktop');
}
