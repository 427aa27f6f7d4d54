import { spawn } from 'node:child_process';
import type { PracticeGateway } from '../../main/practice/practice.ts';
import { LATEST_MS, type Moment } from './moments.ts';
import type { EngineOrders } from './orders.ts';

/** How often (ms) is looked whether a moment has come. */
const LOOK_EVERY_MS = 1;
/** A program that says nothing for so long (ms) is killed all the same. */
const START_LIMIT_MS = 60_000;

/** How a life ended: by itself or by the kill, and the last word that was heard. */
export type Life = { readonly ended: boolean; readonly said: string };

/**
 * Runs an engine until its moment has come and kills it then (SIGKILL). Rejects when it ends by itself with an error:
 * an engine that breaks down is a fault, and no kill.
 */
export function runEngine(
  program: string,
  orders: EngineOrders,
  moment: Moment,
  gateway: Pick<PracticeGateway, 'stats'>,
  latest = LATEST_MS[moment.kind],
): Promise<Life> {
  const before = gateway.stats();
  const startedAt = performance.now();
  let said = 'nothing';
  let heardAt = Infinity;
  // Counted from its first word: before that it is Node that reads the program, which takes seconds on a busy computer.
  let beganAt = Infinity;

  function hasCome(): boolean {
    const now = performance.now();
    if (now - beganAt >= latest || now - startedAt >= latest + START_LIMIT_MS) return true;
    switch (moment.kind) {
      case 'taken':
        return gateway.stats().accepted >= before.accepted + moment.more;
      case 'reports':
        return gateway.stats().reportsHandedOut >= before.reportsHandedOut + moment.more;
      case 'after':
        return now - beganAt >= moment.ms;
      case 'said':
        return now - heardAt >= moment.ms;
    }
  }

  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, JSON.stringify(orders)], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    child.stdout.on('data', (chunk: Buffer) => {
      for (const word of chunk.toString().trim().split('\n')) {
        said = word;
        beganAt = Math.min(beganAt, performance.now());
        if (moment.kind === 'said' && word === moment.word) heardAt = Math.min(heardAt, performance.now());
      }
    });
    const watch = setInterval(() => {
      if (!hasCome()) return;
      clearInterval(watch);
      child.kill('SIGKILL');
    }, LOOK_EVERY_MS);
    child.once('error', reject);
    child.once('close', (code, signal) => {
      clearInterval(watch);
      if (signal === 'SIGKILL') resolve({ ended: false, said });
      else if (code === 0) resolve({ ended: true, said });
      else reject(new Error(`The engine ended with ${String(code ?? signal)} after “${said}”:\n${errors}`));
    });
  });
}
