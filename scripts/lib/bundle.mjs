import path from 'node:path';

import { inRoot, root } from './paths.mjs';

/**
 * Bundles a program for plain Node the way the app's own Node side is bundled; libraries stay in node_modules, which is found from
 * the place of the bundle.
 * @param {string} entry TypeScript file, from the repository's top folder
 * @param {string} folder of the bundle, inside `out`
 * @returns {Promise<string>} the bundle's path
 */
export async function bundleForNode(entry, folder) {
  const { build } = await import('vite');
  const name = `${path.basename(entry, '.ts')}.mjs`;
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    build: {
      ssr: inRoot(...entry.split('/')),
      target: 'node20',
      minify: false,
      outDir: inRoot('out', folder),
      emptyOutDir: false,
      rolldownOptions: { output: { entryFileNames: name, codeSplitting: false } },
    },
  });
  return inRoot('out', folder, name);
}
