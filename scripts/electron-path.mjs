// Prints the path of the Electron executable this project runs with, fetching it when needed.
import { resolveElectron } from './lib/electron-runtime.mjs';
import { ensureDependencies } from './lib/ensure-dependencies.mjs';
import { fail } from './lib/run.mjs';

try {
  const log = console.error;
  await ensureDependencies({ log });
  const { executable } = await resolveElectron({ log });
  console.log(executable);
} catch (error) {
  fail(error);
}
