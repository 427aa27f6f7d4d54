// `npm run check`: types, lint, format, architecture and dead code, under a minute.
import { runChecks } from './lib/checks.mjs';
import { ensureDependencies } from './lib/ensure-dependencies.mjs';
import { fail } from './lib/run.mjs';

try {
  await ensureDependencies();
  const { passed, failed } = await runChecks();
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exitCode = failed ? 1 : 0;
} catch (error) {
  fail(error);
}
