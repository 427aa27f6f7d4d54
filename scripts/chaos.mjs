// `npm run chaos -- [--kills N] [--messages N] [--seed N] [--protocol P|all] [--json] [--whole] [--model N]`: kills the engine, or the whole
// app, at random moments of campaigns against a faulty practice gateway, and says by the gateway's own journal whether anything was lost
// or sent twice. `--model N` tries N random interleavings with the ledger's model for each way of clearing up, and nothing else.
import { bundleForNode } from './lib/bundle.mjs';
import { displayEnvironment } from './lib/display.mjs';
import { ensureDependencies } from './lib/ensure-dependencies.mjs';
import { runInKeyringSession } from './lib/keyring-session.mjs';
import { root } from './lib/paths.mjs';
import { prepare } from './lib/prepare.mjs';
import { fail, runNode } from './lib/run.mjs';
import { vitestArguments } from './lib/vitest-run.mjs';

/** @param {string[]} args */
async function killEngine(args) {
  await ensureDependencies({ log: console.error });
  const engine = await bundleForNode('tests/chaos/engine-process.ts', 'chaos');
  const cli = await bundleForNode('tests/chaos/cli.ts', 'chaos');
  return (await runNode([cli, engine, ...args], { check: false })).code;
}

/** @param {string[]} args */
async function killWhole(args) {
  const { executable } = await prepare({ headless: true, log: console.error });
  const cli = await bundleForNode('tests/chaos/cli.ts', 'chaos');
  const screen = await displayEnvironment();
  try {
    const env = { ...screen.env, MIM_ELECTRON: executable };
    return await runInKeyringSession([process.execPath, cli, ...args], { cwd: root, env });
  } finally {
    screen.stop();
  }
}

/** @param {string} runs */
async function tryModel(runs) {
  await ensureDependencies({ log: console.error });
  const env = { ...process.env, MODEL_RUNS: runs };
  const args = vitestArguments('integration', ['tests/integration/sending/model.test.ts'], 'chaos-model');
  return (await runNode(args, { check: false, env })).code;
}

try {
  const args = process.argv.slice(2);
  const model = args.indexOf('--model');
  if (model >= 0) process.exitCode = await tryModel(args[model + 1] ?? '100');
  else process.exitCode = await (args.includes('--whole') ? killWhole(args) : killEngine(args));
} catch (error) {
  fail(error);
}
