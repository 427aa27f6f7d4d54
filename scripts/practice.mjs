// `npm run practice`: the practice gateway alone, on loopback. Options go through: --port N, --json, --speed N.
// Only the gateway itself writes to standard output, so that `--json` can be read by a program.
import { spawn } from 'node:child_process';

import { ensureBuild } from './lib/ensure-build.mjs';
import { ensureDependencies } from './lib/ensure-dependencies.mjs';
import { inRoot } from './lib/paths.mjs';
import { fail } from './lib/run.mjs';

try {
  const log = console.error;
  await ensureDependencies({ log });
  await ensureBuild({ log });
  const args = [inRoot('dist', 'practice', 'cli.js'), ...process.argv.slice(2)];
  const gateway = spawn(process.execPath, args, { stdio: 'inherit' });
  // The gateway ends on these itself; this script only waits for it.
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
    process.on(signal, () => gateway.kill(signal));
  }
  gateway.once('error', fail);
  gateway.once('close', (code) => process.exit(code ?? 0));
} catch (error) {
  fail(error);
}
