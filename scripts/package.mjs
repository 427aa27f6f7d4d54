// `npm run package`: installers for this platform into out/package. Options: --dir builds an unpacked app only,
// --smoke then performs a practice send in it (on Linux without a display on a virtual one).
import { rmSync } from 'node:fs';
import path from 'node:path';

import { displayEnvironment } from './lib/display.mjs';
import { runInKeyringSession } from './lib/keyring-session.mjs';
import { archiveFiles, expectedFuses, wrongContents, wrongFuses } from './lib/package-inspection.mjs';
import { inRoot, root } from './lib/paths.mjs';
import { prepare } from './lib/prepare.mjs';
import { fail } from './lib/run.mjs';

const PRODUCT = 'MiM SMS Desktop';
const output = inRoot('out', 'package');

/** Where electron-builder leaves the unpacked app: its folder of resources and its executable. */
function unpackedApp() {
  const arch = process.arch === 'x64' ? '' : `-${process.arch}`;
  if (process.platform === 'darwin') {
    const contents = path.join(output, `mac${arch}`, `${PRODUCT}.app`, 'Contents');
    return { resources: path.join(contents, 'Resources'), executable: path.join(contents, 'MacOS', PRODUCT) };
  }
  const windows = process.platform === 'win32';
  const folder = path.join(output, `${windows ? 'win' : 'linux'}${arch}-unpacked`);
  const executable = path.join(folder, windows ? `${PRODUCT}.exe` : 'mim-sms-desktop');
  return { resources: path.join(folder, 'resources'), executable };
}

/** Patterns that leave out the native binaries of all platforms but this one. */
function otherPrebuilds() {
  const mine = `${process.platform}-${process.arch}`;
  return [`!node_modules/**/prebuilds/!(${mine})/**`, '!node_modules/**/prebuilds/**/*.musl.node'];
}

/**
 * @param {import('./lib/electron-runtime.mjs').ElectronRuntime} runtime
 * @param {boolean} folderOnly
 */
async function pack(runtime, folderOnly) {
  const { build } = await import('electron-builder');
  rmSync(output, { recursive: true, force: true });
  await build({
    ...(folderOnly ? { dir: true } : {}),
    publish: 'never',
    projectDir: root,
    config: {
      extends: inRoot('electron-builder.yml'),
      electronDist: runtime.dir,
      electronVersion: runtime.version,
      files: otherPrebuilds(),
      // The stand-in that runs unpacked apps during development has no business in an installer.
      afterPack: ({ appOutDir, packager }) =>
        rmSync(path.join(packager.getResourcesDir(appOutDir), 'default_app.asar'), { force: true }),
      electronFuses: { enableEmbeddedAsarIntegrityValidation: process.platform !== 'linux' },
    },
  });
}

/** Reads the packaged app back. @throws when it is not what it should be */
async function inspect() {
  const { resources, executable } = unpackedApp();
  const files = archiveFiles(path.join(resources, 'app.asar'));
  const wrong = [...(await wrongFuses(executable)), ...wrongContents(files)];
  if (wrong.length > 0) throw new Error(`The package is not right:\n  ${wrong.join('\n  ')}`);
  console.log(
    `Read back: ${Object.keys(expectedFuses()).length} fuses as expected, ${files.length} files in the archive`,
  );
  return executable;
}

/**
 * Performs the practice send in the packaged app.
 * @param {string} executable
 */
async function smoke(executable) {
  const screen = await displayEnvironment();
  try {
    const demo = [process.execPath, inRoot('scripts', 'headless-demo.mjs')];
    const code = await runInKeyringSession(demo, { env: { ...screen.env, MIM_PACKAGED: executable } });
    if (code !== 0) throw new Error('The packaged app did not manage a practice send');
  } finally {
    screen.stop();
  }
}

try {
  const known = ['--dir', '--smoke'];
  const wrong = process.argv.slice(2).filter((arg) => !known.includes(arg));
  if (wrong.length > 0)
    throw new Error(`Unknown option ${wrong.join(' ')}; there are ${known.join(' and ')}`);
  const runtime = await prepare();
  await pack(runtime, process.argv.includes('--dir'));
  const executable = await inspect();
  if (process.argv.includes('--smoke')) await smoke(executable);
  console.log(`Packaged: ${path.relative(root, output)}`);
} catch (error) {
  fail(error);
}
