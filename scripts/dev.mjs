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
 * @param {() => void} allBuilt called when every environment is built, and again after each change that built well
 */
async function watchSources(allBuilt) {
  const { createBuilder } = await import('vite');
  const builder = await createBuilder({ configFile: inRoot('vite.config.ts'), build: { watch: {} } });
  const environments = Object.entries(builder.environments).filter(([name]) => name !== 'ssr');
  const unfinished = new Set(environments.map(([name]) => name));
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  for (const [name, environment] of environments) {
    environment.config.build.watch ??= {};
    const watcher = /** @type {{ on: Function }} */ (await builder.build(environment));
    watcher.on('event', ({ code, error }) => {
      clearTimeout(timer);
      if (code === 'START') unfinished.add(name);
      else if (code === 'END') unfinished.delete(name);
      else if (code === 'ERROR') console.error(`✗ ${name}: ${error.message}`);
      if (unfinished.size === 0) timer = setTimeout(allBuilt, QUIET_MS);
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
  await watchSources(() => {
    console.log('Built; starting the app');
    app.restart();
  });
} catch (error) {
  fail(error);
}
