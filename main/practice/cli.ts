import { parseArgs } from 'node:util';
import { startPractice } from './practice.ts';

/** `cli.js [--port N] [--smpp-port N] [--json] [--speed N] [--balance N]`: the practice gateway alone, until SIGINT or SIGTERM. */

const USAGE = 'Usage: practice [--port N] [--smpp-port N] [--json] [--speed N] [--balance N]';

/** Reads a number of the command line; throws a `RangeError` that names the option. */
function readNumber(name: string, text: string, most: number): number {
  const value = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text) || value > most) throw new RangeError(`--${name} cannot be ${text}`);
  return value;
}

async function run(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      'smpp-port': { type: 'string' },
      json: { type: 'boolean' },
      speed: { type: 'string' },
      balance: { type: 'string' },
    },
  });
  const gateway = await startPractice({
    port: readNumber('port', values.port ?? '0', 65_535),
    smppPort: readNumber('smpp-port', values['smpp-port'] ?? '0', 65_535),
    delays: readNumber('speed', values.speed ?? '1', 1_000_000),
  });
  if (values.balance !== undefined) {
    const whole = readNumber('balance', values.balance, 1_000_000_000);
    gateway.setBalance('practice', Math.round(whole * 1_000_000));
  }
  const sentence = `The practice gateway listens on ${gateway.url} and ${gateway.smppUrl} (user practice, password practice). Press Ctrl+C to stop it.`;
  process.stdout.write(
    `${values.json === true ? JSON.stringify({ url: gateway.url, smppUrl: gateway.smppUrl }) : sentence}\n`,
  );
  const stop = (): void => void gateway.close();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

run().catch((error: unknown) => {
  const reason = error instanceof Error ? error.message : String(error);
  process.stderr.write(`The practice gateway could not start: ${reason}\n${USAGE}\n`);
  process.exitCode = 1;
});
