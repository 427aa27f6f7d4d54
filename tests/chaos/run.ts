import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { seededRandom } from '../../main/practice/core/faults.ts';
import { startPractice } from '../../main/practice/practice.ts';
import { openBook, type ChaosResult } from './book.ts';
import { runEngine } from './engine.ts';
import { faultsOf } from './faults.ts';
import { drawMoment } from './moments.ts';
import { ordersOf, type EngineOrders } from './orders.ts';
import type { Variant } from './variants.ts';

/** What a run is to do. */
export type ChaosOptions = {
  readonly variant: Variant;
  readonly kills: number;
  readonly messages: number;
  readonly seed: number;
  /** The bundled `engine-process.ts`. */
  readonly program: string;
  /** Told after every kill, a line for reading. */
  readonly say: (line: string) => void;
};

/** Test speed: looks, pulls and sweeps after tenths of a second. A log that is read whole costs the most, so that is done rarely. */
const TIMINGS: EngineOrders['timings'] = {
  hold: 120,
  firstLook: 200,
  secondLook: 300,
  reportsFastest: 30,
  reportsSlowest: 300,
  sweepEvery: 20_000,
  deepSweepEvery: 20_000,
  networkBackoff: [50, 100],
  retryAfter: 300,
  concurrency: 4,
  claim: 8,
};

/** An engine that nobody kills has to come to its end within this, ms for each message and ms beside. */
const END_LIMIT = { each: 30, beside: 120_000 };
/**
 * One run: campaigns against a faulty gateway that keeps running, by an engine that is killed (SIGKILL) again and again and
 * started again on the same store; after the last kill it is let come to its end.
 */
export async function runChaos(options: ChaosOptions): Promise<ChaosResult> {
  const { variant, kills, messages, seed, say } = options;
  const random = seededRandom(seed);
  const gateway = await startPractice({
    seed,
    delays: { toOperatorMs: 20, toHandsetMs: 40, jitterMs: 80 },
    faults: faultsOf(seed, messages / variant.perRequest, random() < 0.5),
    users: [{ user: 'practice', password: 'practice', balanceMicros: 1e12, apiKey: 'practice-key' }],
  });
  const dir = mkdtempSync(path.join(tmpdir(), 'mim-chaos-'));
  const copies = path.join(dir, 'copies');
  const store = path.join(dir, 'store.sqlite');
  mkdirSync(copies);
  const total = ordersOf(messages).reduce((sum, { recipients }) => sum + recipients.length, 0);
  const orders: EngineOrders = {
    url: variant.protocol === 'smpp' ? gateway.smppUrl : gateway.url,
    password: variant.protocol.startsWith('key') ? gateway.apiKey('practice') : 'practice',
    dir,
    variant: variant.name,
    seed,
    timings: TIMINGS,
    messages,
    last: false,
  };
  const book = openBook(store, copies, say);
  try {
    let over = false;
    for (let kill = 1; kill <= kills;) {
      const { accepted } = gateway.stats();
      const left = { messages: over ? 0 : Math.max(0, total - accepted), kills: kills - kill + 1 };
      const moment = drawMoment(random, left);
      const life = await runEngine(options.program, { ...orders, seed: seed + kill }, moment, gateway);
      // Everything is done and there are kills left: they hit engines that start and find nothing to do.
      over ||= life.ended;
      if (life.ended) continue;
      const took = gateway.stats().accepted - accepted;
      book.look(`kill ${kill}/${kills} (${moment.kind}, after “${life.said}” and ${took} taken)`);
      kill++;
    }
    // The gateway is well again: whoever is left has to come to its end.
    gateway.setFaults({});
    const limit = END_LIMIT.beside + END_LIMIT.each * total;
    const calm = { ...orders, last: true };
    const last = await runEngine(options.program, calm, { kind: 'after', ms: limit }, gateway, limit);
    if (!last.ended) book.note(`the last engine did not come to its end in ${Math.round(limit / 1000)} s`);
    book.look('end');
    return book.close({ seed, protocol: variant.name, kills }, variant, gateway);
  } finally {
    await gateway.close();
    rmSync(dir, { recursive: true, force: true });
  }
}
