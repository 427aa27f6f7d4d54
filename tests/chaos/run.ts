import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { seededRandom } from '../../main/practice/core/faults.ts';
import { startPractice } from '../../main/practice/practice.ts';
import { runEngine } from './engine.ts';
import { faultsOf } from './faults.ts';
import { judge, wentBack } from './judge.ts';
import { equationLine, equationOf, readLedger, type Ledger } from './ledger.ts';
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

/** What a run came to. Everything from `duplicates` to `wentBack` has to be 0. */
export type ChaosResult = {
  readonly seed: number;
  readonly protocol: string;
  readonly planned: number;
  readonly leftOut: number;
  readonly cancelled: number;
  /** Accepted, and whatever came after that. */
  readonly accepted: number;
  readonly final: number;
  readonly refused: number;
  /** Left to the user because nobody can tell; and how many of those the gateway had taken. */
  readonly uncertain: number;
  readonly uncertainTaken: number;
  readonly duplicates: number;
  readonly lost: number;
  /** Count as accepted although the gateway turned them down: only ids of ours told of them, see {@link judge}. */
  readonly refusedUnheard: number;
  /** Taken by the gateway although the store says otherwise. */
  readonly unnoticed: number;
  /** Times that the equation did not hold after a kill. */
  readonly unequal: number;
  /** Rows that left a state which is for good. */
  readonly wentBack: number;
  /** Left to the user although the protocol could have told. */
  readonly needlesslyUncertain: number;
  readonly kills: number;
  /** Bad answers that the gateway gave. */
  readonly faults: number;
  readonly seconds: number;
  /** What was wrong, the first of each kind. */
  readonly wrong: readonly string[];
};

/** Nothing lost, nothing twice, and the equation held all the time. */
export const isClean = (result: ChaosResult): boolean =>
  result.duplicates +
    result.lost +
    result.unnoticed +
    result.unequal +
    result.wentBack +
    result.needlesslyUncertain ===
  0;

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
  const startedAt = performance.now();
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
    sendAgain: false,
  };
  const wrong: string[] = [];
  let unequal = 0;
  let back = 0;
  let before: Ledger | null = null;

  function look(what: string): Ledger | null {
    const ledger = readLedger(store, copies);
    if (!ledger) {
      say(`${what}: no campaign yet`);
      return null;
    }
    const equation = equationOf(ledger);
    say(`${what}: ${equationLine(equation)}`);
    if (equation.nowhere !== 0) {
      unequal++;
      wrong.push(`${what}: ${equationLine(equation)}`);
    }
    const gone = before === null ? [] : wentBack(before, ledger);
    back += gone.length;
    wrong.push(...gone.slice(0, 3).map((row) => `went back at ${what}: ${row}`));
    before = ledger;
    return ledger;
  }

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
      look(`kill ${kill}/${kills} (${moment.kind}, after “${life.said}” and ${took} taken)`);
      kill++;
    }
    // The gateway is well again: whoever is left has to come to its end.
    gateway.setFaults({});
    const limit = END_LIMIT.beside + END_LIMIT.each * total;
    const calm = { ...orders, sendAgain: variant.decides === 'own-id' };
    const last = await runEngine(options.program, calm, { kind: 'after', ms: limit }, gateway, limit);
    if (!last.ended) wrong.push(`the last engine did not come to its end in ${Math.round(limit / 1000)} s`);
    const ledger = look('end') ?? { planned: 0, rows: [] };
    const verdict = judge(ledger, gateway.journal());
    const { planned, leftOut, cancelled, refused, accepted } = equationOf(ledger);
    const awaiting = ledger.rows.filter(({ state }) => state === 'accepted' || state === 'at-operator');
    const open = ledger.rows.filter(({ state }) => ['held', 'queued', 'submitting'].includes(state));
    if (open.length > 0) wrong.push(`${open.length} messages are still open at the end`);
    const needless = variant.decides === 'nobody' ? [] : verdict.uncertain;
    const lost = variant.decides === 'own-id' ? verdict.lost : [...verdict.lost, ...verdict.refusedUnheard];
    for (const [name, rows] of Object.entries({
      duplicate: verdict.duplicates,
      lost,
      unnoticed: verdict.unnoticed,
      'needlessly uncertain': needless.map(({ msisdn, reason }) => `${msisdn} (${String(reason)})`),
    })) {
      wrong.push(...rows.slice(0, 5).map((row) => `${name}: ${row}`));
    }
    return {
      seed,
      protocol: variant.name,
      planned,
      leftOut,
      cancelled,
      accepted,
      final: accepted - awaiting.length,
      refused,
      uncertain: verdict.uncertain.length,
      uncertainTaken: verdict.uncertainTaken,
      duplicates: verdict.duplicates.length,
      lost: lost.length + open.length,
      refusedUnheard: verdict.refusedUnheard.length,
      unnoticed: verdict.unnoticed.length,
      unequal,
      wentBack: back,
      needlesslyUncertain: needless.length,
      kills,
      faults: gateway.stats().faults,
      seconds: Math.round((performance.now() - startedAt) / 1000),
      wrong,
    };
  } finally {
    await gateway.close();
    rmSync(dir, { recursive: true, force: true });
  }
}
