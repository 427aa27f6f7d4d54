// The e2e tests alone: `node scripts/e2e.mjs [file …]`. Arguments go to vitest.
import { runEndToEnd } from './lib/e2e-run.mjs';
import { prepare } from './lib/prepare.mjs';
import { fail } from './lib/run.mjs';

try {
  const { executable } = await prepare({ headless: true });
  process.exitCode = await runEndToEnd(executable, process.argv.slice(2));
} catch (error) {
  fail(error);
}
