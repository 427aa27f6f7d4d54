// The e2e tests alone: `node scripts/e2e.mjs [file …]`. Arguments go to vitest.
import { runChosen, runEndToEnd } from './lib/e2e-run.mjs';
import { prepare } from './lib/prepare.mjs';
import { fail } from './lib/run.mjs';

try {
  const { executable } = await prepare({ headless: true });
  const args = process.argv.slice(2);
  if (args.length > 0) process.exitCode = await runChosen(executable, args);
  else {
    const { passed, failed } = await runEndToEnd(executable);
    console.log(`${passed} passed, ${failed} failed`);
    process.exitCode = failed === 0 ? 0 : 1;
  }
} catch (error) {
  fail(error);
}
