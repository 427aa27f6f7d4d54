// `npm run chaos -- [--kills N] [--messages N] [--seed N] [--protocol P|all] [--json]`: kills the engine at random moments of campaigns
// against a faulty practice gateway, and says by the gateway's own journal whether anything was lost or sent twice.
import { bundleForNode } from './lib/bundle.mjs';
import { ensureDependencies } from './lib/ensure-dependencies.mjs';
import { fail, runNode } from './lib/run.mjs';

try {
  await ensureDependencies({ log: console.error });
  const engine = await bundleForNode('tests/chaos/engine-process.ts', 'chaos');
  const cli = await bundleForNode('tests/chaos/cli.ts', 'chaos');
  const { code } = await runNode([cli, engine, ...process.argv.slice(2)], { check: false });
  process.exitCode = code;
} catch (error) {
  fail(error);
}
