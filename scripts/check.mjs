// `npm run check`: types, lint, architecture and dead code, under a minute. With --format, and in `npm test`, the
// layout of files too.
import { runChecks } from './lib/checks.mjs';
import { ensureDependencies } from './lib/ensure-dependencies.mjs';
import { fail } from './lib/run.mjs';

try {
  await ensureDependencies();
  const { passed, failed } = await runChecks({ format: process.argv.includes('--format') });
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exitCode = failed ? 1 : 0;
} catch (error) {
  fail(error);
}
