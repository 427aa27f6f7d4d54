import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { inRoot } from './paths.mjs';
import { runNode, verbose } from './run.mjs';

/** What the build reads. */
const SOURCES = ['shared', 'main', 'renderer', 'vite.config.ts', 'package.json', 'package-lock.json'];
const stampFile = inRoot('dist', '.built-from');

/**
 * A print of all sources by path, size and time of change: cheap, and unlike “newer than” it also notices files
 * that were removed or went back in time.
 */
function sourcePrint() {
  const hash = createHash('sha256');
  const visit = (file) => {
    const stat = statSync(file);
    if (stat.isDirectory()) {
      for (const name of readdirSync(file).sort()) visit(path.join(file, name));
    } else {
      hash.update(`${file}\0${stat.size}\0${stat.mtimeMs}\n`);
    }
  };
  for (const source of SOURCES) if (existsSync(inRoot(source))) visit(inRoot(source));
  return hash.digest('hex');
}

/** Forgets that `dist` is current, for whoever is about to write something else into it. */
export const forgetBuild = () => rmSync(stampFile, { force: true });

/**
 * Builds the app into an emptied `dist`, unless `dist` was built from exactly these sources.
 * @param {{ log?: (line: string) => void }} [options]
 * @throws when the build fails, with what it said
 */
export async function ensureBuild({ log = console.log } = {}) {
  const print = sourcePrint();
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === print) return;
  log('Building the app …');
  const started = performance.now();
  rmSync(inRoot('dist'), { recursive: true, force: true });
  await runNode([inRoot('node_modules', 'vite', 'bin', 'vite.js'), 'build', '--app'], { capture: !verbose });
  mkdirSync(inRoot('dist'), { recursive: true });
  writeFileSync(stampFile, print);
  log(`Built in ${((performance.now() - started) / 1000).toFixed(1)} s`);
}
