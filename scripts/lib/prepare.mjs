import { hasDisplay } from './display.mjs';
import { sandboxAdvice } from './electron-arguments.mjs';
import { resolveElectron } from './electron-runtime.mjs';
import { ensureBuild } from './ensure-build.mjs';
import { ensureDependencies } from './ensure-dependencies.mjs';
import { ensureSystemPackages } from './system-packages.mjs';

/**
 * Takes a fresh clone to the point where the app can be started: dependencies, system packages (Linux), an
 * Electron runtime and a build. Each step is skipped when it is done already.
 * @param {{ headless?: boolean, browser?: boolean, log?: (line: string) => void }} [options] `headless`: also what a machine without a display
 *   and a keychain needs; `browser`: also a Chromium for the component tests;
 *   `log`: where to say what is being done
 * @returns {Promise<import('./electron-runtime.mjs').ElectronRuntime>}
 */
export async function prepare({ headless = !hasDisplay(), browser = false, log = console.log } = {}) {
  await ensureSystemPackages({ headless, browser }, log);
  await ensureDependencies({ log });
  const runtime = await resolveElectron({ log });
  const advice = sandboxAdvice(runtime.dir);
  if (advice) throw new Error(advice);
  await ensureBuild({ log });
  return runtime;
}
