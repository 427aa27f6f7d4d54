// `npm run dev`: builds, opens the app, and on every change of a source builds again and restarts the app. It works
// on data of its own (out/dev-data), never on the history of an installed app.
import { spawn } from 'node:child_process';

import { displayEnvironment } from './lib/display.mjs';
import { sandboxArguments } from './lib/electron-arguments.mjs';
import { forgetBuild } from './lib/ensure-build.mjs';
import { inRoot, root } from './lib/paths.mjs';
import { prepare } from './lib/prepare.mjs';
import { fail } from './lib/run.mjs';

/** One save often touches several outputs: the app is restarted once they have all been quiet for this long. */
const QUIET_MS = 300;

/**
 * @param {string} executable Electron's
 * @param {NodeJS.ProcessEnv} env
 * @returns {{ restart: () => void, stop: () => void }}
 */
function appRunner(executable, env) {
  const args = [...sandboxArguments, `--user-data-dir=${inRoot('out', 'dev-data')}`, root];
  /** @type {import('node:child_process').ChildProcess | undefined} */
  let app;
  const start = () => {
    const own = spawn(executable, args, { stdio: 'inherit', env });
    app = own;
    own.once('close', () => {
      if (app === own) process.exit(0); // closed by the person, not by a restart
    });
  };
  const stop = () => {
    const running = app;
    app = undefined;
    running?.kill();
    return running;
  };
  const restart = () => {
    const running = stop();
    if (running && running.exitCode === null) running.once('close', start);
    else start();
  };
  return { restart, stop };
}

/**
 * Watches every environment of the app's own Vite configuration.
 * @param {() => void} built called after each round of builds that went well
 */
async function watchSources(built) {
  const { createBuilder } = await import('vite');
  const builder = await createBuilder({ configFile: inRoot('vite.config.ts'), build: { watch: {} } });
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const broken = new Set();
  for (const [name, environment] of Object.entries(builder.environments)) {
    if (name === 'ssr') continue;
    environment.config.build.watch ??= {};
    const watcher = /** @type {{ on: Function }} */ (await builder.build(environment));
    watcher.on('event', (event) => {
      clearTimeout(timer);
      if (event.code === 'ERROR') {
        broken.add(name);
        console.error(`✗ ${name}: ${event.error.message}`);
      } else if (event.code === 'BUNDLE_END') {
        broken.delete(name);
      }
      if (broken.size === 0) timer = setTimeout(built, QUIET_MS);
    });
  }
}

try {
  const { executable } = await prepare();
  const screen = await displayEnvironment();
  const app = appRunner(executable, screen.env);
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
    process.once(signal, () => {
      app.stop();
      process.exit(0);
    });
  }
  forgetBuild();
  await watchSources(() => app.restart());
} catch (error) {
  fail(error);
}
