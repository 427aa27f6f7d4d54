import { createRequire } from 'node:module';
import path from 'node:path';

import { inRoot } from './paths.mjs';

const require = createRequire(inRoot('package.json'));

/**
 * How the packaged binary must be set. The integrity check of the archive exists on Windows and macOS only.
 * @param {NodeJS.Platform} [platform]
 * @returns {Record<string, boolean>} by the name @electron/fuses uses
 */
export const expectedFuses = (platform = process.platform) => ({
  RunAsNode: false,
  EnableCookieEncryption: false,
  EnableNodeOptionsEnvironmentVariable: false,
  EnableNodeCliInspectArguments: false,
  EnableEmbeddedAsarIntegrityValidation: platform !== 'linux',
  OnlyLoadAppFromAsar: true,
  LoadBrowserProcessSpecificV8Snapshot: false,
  GrantFileProtocolExtraPrivileges: false,
});

/**
 * Reads the fuses back out of a binary.
 * @param {string} executable
 * @returns {Promise<string[]>} one sentence for each fuse that is not as expected
 */
export async function wrongFuses(executable) {
  const { getCurrentFuseWire, FuseV1Options } = require('@electron/fuses');
  const wire = await getCurrentFuseWire(executable);
  const on = '1'.charCodeAt(0);
  return Object.entries(expectedFuses())
    .filter(([name, expected]) => (wire[FuseV1Options[name]] === on) !== expected)
    .map(([name, expected]) => `the fuse ${name} is not ${expected ? 'on' : 'off'}`);
}

/** What belongs into the archive; everything else is an accident. */
const BELONGS = [
  /^package\.json$/,
  /^dist\/(main|engine|practice|preload|renderer)\//,
  /^node_modules\/(@photostructure\/sqlite|keytar|node-gyp-build)\//,
];
const DOES_NOT_BELONG = [/\.map$/, /\.ts$/, /^dist\/practice\/cli\.js$/, /(^|\/)\.env/];

/**
 * @param {string[]} files paths inside the archive, with forward slashes
 * @returns {string[]} one sentence for each file that should not be there or is missing
 */
export function wrongContents(files) {
  const strange = files.filter(
    (file) => !BELONGS.some((rule) => rule.test(file)) || DOES_NOT_BELONG.some((rule) => rule.test(file)),
  );
  const natives = files.filter((file) => file.endsWith('.node'));
  const missing = ['package.json', 'dist/main/index.js', 'dist/engine/entry.js', 'dist/renderer/index.html'];
  return [
    ...strange.map((file) => `${file} does not belong into the package`),
    ...missing.filter((file) => !files.includes(file)).map((file) => `${file} is missing from the package`),
    ...(natives.length === 2
      ? []
      : [`expected 2 native modules, found ${natives.length}: ${natives.join(', ')}`]),
  ];
}

/**
 * Lists the files of an asar archive.
 * @param {string} archive
 */
export function archiveFiles(archive) {
  const asar = require('@electron/asar');
  return asar
    .listPackage(archive, { isPack: false })
    .filter((name) => !('files' in asar.statFile(archive, name.slice(1))))
    .map((name) => name.slice(1).split(path.sep).join('/'));
}
