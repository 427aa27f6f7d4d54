// `npm run bench -- [name …] [--json]`: benchmarks side by side with a peer or a floor in the same run. Without a
// name it runs all of them; with --json it prints one object a line and nothing else.
import { readFileSync, readdirSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

import { displayEnvironment } from './lib/display.mjs';
import { ensureBuild } from './lib/ensure-build.mjs';
import { ensureDependencies } from './lib/ensure-dependencies.mjs';
import { runInKeyringSession } from './lib/keyring-session.mjs';
import { inRoot, root } from './lib/paths.mjs';
import { prepare } from './lib/prepare.mjs';
import { fail, runNode } from './lib/run.mjs';

/** Every file of `tests/bench` that has a `run`; the others are what these share. */
function benchNames() {
  const isBench = (file) =>
    /^export (async )?function run\b/m.test(readFileSync(inRoot('tests', 'bench', file), 'utf8'));
  const files = readdirSync(inRoot('tests', 'bench')).filter((file) => /^[a-z-]+\.ts$/.test(file));
  return files.filter(isBench).map((file) => file.slice(0, -'.ts'.length));
}

/**
 * Bundles one benchmark for plain Node, the way the app's own Node side is bundled; libraries stay in node_modules.
 * @param {string} name
 * @returns {Promise<string>} the bundle's path
 */
async function bundle(name) {
  const { build } = await import('vite');
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    build: {
      ssr: inRoot('tests', 'bench', `${name}.ts`),
      target: 'node20',
      minify: false,
      outDir: inRoot('out', 'bench'),
      emptyOutDir: false,
      rolldownOptions: { output: { entryFileNames: `${name}.mjs`, codeSplitting: false } },
    },
  });
  return inRoot('out', 'bench', `${name}.mjs`);
}

/**
 * Runs one benchmark in a Node of its own, with an app to start, a display and a keychain when it asks for them by
 * `export const needsApp = true`.
 * @param {string} name
 * @param {string[]} flags
 * @returns {Promise<number>} exit code
 */
async function runBench(name, flags) {
  const file = await bundle(name);
  const args = ['--expose-gc', inRoot('scripts', 'lib', 'bench-inside.mjs'), file, ...flags];
  const { needsApp = false } = await import(pathToFileURL(file).href);
  if (!needsApp) return (await runNode(args, { check: false })).code;
  const { executable } = await prepare({ headless: true, log: console.error });
  const screen = await displayEnvironment();
  try {
    const env = { ...screen.env, MIM_ELECTRON: executable };
    return await runInKeyringSession([process.execPath, ...args], { cwd: root, env });
  } finally {
    screen.stop();
  }
}

try {
  await ensureDependencies({ log: console.error });
  const flags = process.argv.slice(2).filter((arg) => arg.startsWith('--'));
  const asked = process.argv.slice(2).filter((arg) => !arg.startsWith('--'));
  const known = benchNames();
  const unknown = asked.filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new Error(`No benchmark “${unknown.join('”, “')}”; there are: ${known.join(', ')}`);
  const wrong = flags.filter((flag) => flag !== '--json');
  if (wrong.length > 0) throw new Error(`Unknown option ${wrong.join(' ')}; there is --json`);
  // The gateway that is sent to, and the app, are those of these sources.
  await ensureBuild({ log: console.error });
  for (const name of asked.length > 0 ? asked : known) {
    const code = await runBench(name, flags);
    if (code !== 0) throw new Error(`The benchmark “${name}” ended with code ${code}`);
  }
} catch (error) {
  fail(error);
}
