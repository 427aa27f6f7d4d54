import { parseArgs } from 'node:util';
import { isClean, type ChaosResult } from './book.ts';
import { runChaos } from './run.ts';
import { runWhole } from './whole.ts';
import { VARIANTS, variantOf } from './variants.ts';

/**
 * `cli.js PROGRAM [--kills N] [--messages N] [--seed N] [--protocol P|all] [--json] [--whole]`: kills the engine (`PROGRAM`) in the
 * middle of campaigns, or with `--whole` the app of `MIM_ELECTRON`, and says whether anything was lost or sent twice. Ends with code 1
 * when it was.
 */

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    kills: { type: 'string' },
    messages: { type: 'string' },
    seed: { type: 'string', default: '1' },
    protocol: { type: 'string', default: 'all' },
    json: { type: 'boolean', default: false },
    whole: { type: 'boolean', default: false },
  },
});

/** Reads a whole number of the command line. Throws a `RangeError` that names the option. */
function whole(name: string, text: string, least: number): number {
  const value = Number(text);
  if (!/^\d+$/u.test(text) || value < least) throw new RangeError(`--${name} cannot be ${text}`);
  return value;
}

const [program = ''] = positionals;
// The whole app takes seconds to start and minutes to clear up: one protocol is enough unless others are asked for.
const usual = values.whole
  ? { kills: '20', messages: '2000', variants: [variantOf('rest-json')] }
  : { kills: '200', messages: '20000', variants: VARIANTS };
const chosen = values.protocol === 'all' ? usual.variants : values.protocol.split(',').map(variantOf);
const kills = whole('kills', values.kills ?? usual.kills, 0);
const messages = whole('messages', values.messages ?? usual.messages, 20);
const executable = process.env['MIM_ELECTRON'] ?? '';
const seed = whole('seed', values.seed, 0);
// With `--json` standard output is for programs.
const say = (line: string) => void (values.json ? process.stderr : process.stdout).write(`${line}\n`);
const share = (amount: number, index: number) =>
  Math.floor((amount * (index + 1)) / chosen.length) - Math.floor((amount * index) / chosen.length);

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

const results: ChaosResult[] = [];
for (const [index, variant] of chosen.entries()) {
  say(`── ${variant.name}, seed ${seed} ──`);
  const options = {
    variant,
    kills: share(kills, index),
    messages: Math.max(20, share(messages, index)),
    seed,
    say,
  };
  const result = values.whole ? await runWhole(options, executable) : await runChaos({ ...options, program });
  results.push(result);
  for (const line of result.wrong) say(`WRONG  ${line}`);
  process.stdout.write(`${JSON.stringify(result)}\n`);
}
const bad = results.filter((result) => !isClean(result));
if (bad.length > 0) {
  say(`Not clean: ${bad.map(({ protocol }) => protocol).join(', ')} with seed ${seed}`);
  process.exitCode = 1;
} else say('Nothing lost, nothing twice.');
