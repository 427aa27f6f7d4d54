// `node scripts/protocols.mjs`: writes docs/protocols.md from the conformance table, and fails where a row lacks its proof.
// The table is TypeScript, so the test that checks the page writes it.
import { fail, runNode } from './lib/run.mjs';
import { inRoot } from './lib/paths.mjs';

try {
  const args = [
    inRoot('node_modules', 'vitest', 'vitest.mjs'),
    'run',
    '--project',
    'integration',
    'tests/conformance/table.test.ts',
  ];
  const { code } = await runNode(args, { check: false, env: { ...process.env, UPDATE_PROTOCOLS: '1' } });
  process.exitCode = code ?? 1;
} catch (error) {
  fail(error);
}
