import { builtinModules } from 'node:module';
import path from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, type EnvironmentOptions } from 'vite';

const root = import.meta.dirname;

/** Loaded from node_modules at run time: the runtime itself, and the two packages with native code. */
const EXTERNAL = ['electron', '@photostructure/sqlite', 'keytar', ...builtinModules, /^node:/];

/**
 * One Node-side output: a single self-contained file, so that the package carries no node_modules but the native ones
 * and a start reads one file instead of hundreds.
 */
function nodeSide(entry: string, outFile: string, format: 'es' | 'cjs' = 'es'): EnvironmentOptions {
  return {
    consumer: 'server',
    resolve: { noExternal: true, conditions: ['node', 'import', 'default'] },
    build: {
      target: 'node20',
      outDir: path.join(root, 'dist', path.dirname(outFile)),
      // Several outputs share a folder; scripts/build clears dist as a whole.
      emptyOutDir: false,
      copyPublicDir: false,
      sourcemap: false,
      minify: false,
      rolldownOptions: {
        input: path.join(root, entry),
        external: EXTERNAL,
        output: { format, entryFileNames: path.basename(outFile), codeSplitting: false },
      },
    },
  };
}

/** The page and the Node-side programs, built by `vite build --app`. */
export default defineConfig({
  root: path.join(root, 'renderer'),
  base: './',
  plugins: [svelte()],
  environments: {
    client: {
      build: {
        target: 'chrome130',
        outDir: path.join(root, 'dist/renderer'),
        emptyOutDir: true,
        // Fonts and icons stay files: the CSP allows no data: fonts.
        assetsInlineLimit: 0,
        modulePreload: false,
      },
    },
    preload: nodeSide('main/preload/preload.ts', 'preload/preload.cjs', 'cjs'),
    main: nodeSide('main/index.ts', 'main/index.js'),
    engine: nodeSide('main/engine/entry.ts', 'engine/entry.js'),
    fileWorker: nodeSide('main/engine/file-worker/entry.ts', 'engine/file-worker.js'),
    practice: nodeSide('main/practice/entry.ts', 'practice/entry.js'),
    practiceCli: nodeSide('main/practice/cli.ts', 'practice/cli.js'),
  },
  builder: {
    sharedConfigBuild: true,
    async buildApp(builder) {
      for (const name of ['client', 'preload', 'main', 'engine', 'fileWorker', 'practice', 'practiceCli']) {
        const environment = builder.environments[name];
        if (environment) await builder.build(environment);
      }
    },
  },
});
