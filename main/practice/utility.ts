import { randomBytes } from 'node:crypto';
import * as v from 'valibot';
import { READ_FAULTS, SEND_FAULTS } from './core/faults.ts';
import type { PracticeOptions } from './core/settings.ts';
import { startPractice, type PracticeGateway } from './practice.ts';

/** What the utility process tells the process that started it: one notice, first of all. */
export type PracticeNotice =
  | {
      readonly type: 'ready';
      readonly url: string;
      readonly smppUrl: string;
      readonly user: string;
      readonly password: string;
    }
  | { readonly type: 'failed'; readonly message: string };

/** The part of Electron's `process.parentPort` that is used here. */
export type ParentPort = { postMessage(notice: PracticeNotice): void };

const USER = 'practice';
const START_BALANCE_MICROS = 5_000_000_000;
const PREFIX = '--options=';

const amount = v.pipe(v.number(), v.integer(), v.minValue(0));
const share = v.exactOptional(v.pipe(v.number(), v.minValue(0), v.maxValue(1)));
const kinds = <K extends string>(names: readonly K[]) => v.picklist(names);

const plan = v.strictObject({
  seed: v.exactOptional(v.number()),
  send: v.exactOptional(v.record(kinds(SEND_FAULTS), share)),
  read: v.exactOptional(v.record(kinds(READ_FAULTS), share)),
  sendScript: v.exactOptional(v.array(v.union([kinds(SEND_FAULTS), v.literal('none')]))),
  readScript: v.exactOptional(v.array(v.union([kinds(READ_FAULTS), v.literal('none')]))),
  delayMs: v.exactOptional(amount),
});

const startOptions = v.strictObject({
  port: v.exactOptional(amount),
  smppPort: v.exactOptional(amount),
  seed: v.exactOptional(v.number()),
  currency: v.exactOptional(v.string()),
  pricePerPartMicros: v.exactOptional(amount),
  balanceMicros: v.exactOptional(amount),
  delays: v.exactOptional(
    v.union([
      v.number(),
      v.strictObject({ toOperatorMs: amount, toHandsetMs: amount, jitterMs: v.exactOptional(amount) }),
    ]),
  ),
  faults: v.exactOptional(plan),
});

/**
 * Starts a gateway for the app and reports on the port, always: `ready` with the address and a password that is new
 * each time, so that no other program on this computer can use it, or `failed` with the reason (then the result is
 * `null`). `argv` may hold `--options=` and JSON: port, smppPort, seed, currency, pricePerPartMicros, balanceMicros, delays,
 * faults.
 */
export async function servePractice(
  port: ParentPort,
  argv: readonly string[],
): Promise<PracticeGateway | null> {
  try {
    const { balanceMicros = START_BALANCE_MICROS, ...options } = readOptions(argv);
    const password = randomBytes(24).toString('base64url');
    const gateway = await startPractice({ ...options, users: [{ user: USER, password, balanceMicros }] });
    port.postMessage({ type: 'ready', url: gateway.url, smppUrl: gateway.smppUrl, user: USER, password });
    return gateway;
  } catch (error) {
    port.postMessage({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
    return null;
  }
}

function readOptions(argv: readonly string[]): PracticeOptions & { readonly balanceMicros?: number } {
  const given = argv.find((argument) => argument.startsWith(PREFIX));
  return given === undefined ? {} : v.parse(startOptions, JSON.parse(given.slice(PREFIX.length)));
}
