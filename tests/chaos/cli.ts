import { parseArgs } from 'node:util';
import { isClean, runChaos, type ChaosResult } from './run.ts';
import { VARIANTS, variantOf } from './variants.ts';

/**
 * `cli.js PROGRAM [--kills N] [--messages N] [--seed N] [--protocol P|all] [--json]`: kills the engine (`PROGRAM`) in the middle of
 * campaigns and says whether anything was lost or sent twice. Ends with code 1 when it was.
 */

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    kills: { type: 'string', default: '200' },
    messages: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
    protocol: { type: 'string', default: 'all' },
    json: { type: 'boolean', default: false },
  },
});

/** Reads a whole number of the command line. Throws a `RangeError` that names the option. */
function whole(name: string, text: string, least: number): number {
  const value = Number(text);
  if (!/^\d+$/u.test(text) || value < least) throw new RangeError(`--${name} cannot be ${text}`);
  return value;
}

const [program = ''] = positionals;
const chosen = values.protocol === 'all' ? VARIANTS : values.protocol.split(',').map(variantOf);
const kills = whole('kills', values.kills, 0);
const messages = whole('messages', values.messages, 20);
const seed = whole('seed', values.seed, 0);
// With `--json` standard output is for programs.
const say = (line: string) => void (values.json ? process.stderr : process.stdout).write(`${line}\n`);
const share = (amount: number, index: number) =>
  Math.floor((amount * (index + 1)) / chosen.length) - Math.floor((amount * index) / chosen.length);

const results: ChaosResult[] = [];
for (const [index, variant] of chosen.entries()) {
  say(`── ${variant.name}, seed ${seed} ──`);
  const result = await runChaos({
    variant,
    kills: share(kills, index),
    messages: Math.max(20, share(messages, index)),
    seed,
    program,
    say,
  });
  results.push(result);
  for (const line of result.wrong) say(`WRONG  ${line}`);
  process.stdout.write(`${JSON.stringify(result)}\n`);
}
const bad = results.filter((result) => !isClean(result) || result.wrong.length > 0);
if (bad.length > 0) {
  say(`Not clean: ${bad.map(({ protocol }) => protocol).join(', ')} with seed ${seed}`);
  process.exitCode = 1;
} else say('Nothing lost, nothing twice.');
