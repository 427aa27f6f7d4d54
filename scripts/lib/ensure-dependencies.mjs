import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { root } from './paths.mjs';
import { runNpm, verbose } from './run.mjs';

/**
 * Hash of the lock file: the installed tree is right exactly while this has not changed.
 * @param {string} folder
 */
function lockHash(folder) {
  return createHash('sha256')
    .update(readFileSync(path.join(folder, 'package-lock.json')))
    .digest('hex');
}

/** @param {string} folder */
const stampFile = (folder) => path.join(folder, 'node_modules', '.mim-stamp');

/**
 * Tells whether `node_modules` is the tree the lock file describes.
 * @param {string} [folder]
 */
export function dependenciesAreCurrent(folder = root) {
  const stamp = stampFile(folder);
  return existsSync(stamp) && readFileSync(stamp, 'utf8').trim() === lockHash(folder);
}

/**
 * Installs the dependencies where they are missing or older than the lock file. Install scripts stay off: every
 * native module used here ships its binaries inside its package, and a dependency that needs its script should
 * be noticed here rather than on a user's machine.
 * @param {{ log?: (line: string) => void }} [options]
 */
export async function ensureDependencies({ log = console.log } = {}) {
  if (dependenciesAreCurrent()) return;
  log('Installing dependencies (npm ci) …');
  await runNpm(['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { capture: !verbose });
  writeFileSync(stampFile(root), `${lockHash(root)}\n`);
}
