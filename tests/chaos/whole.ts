import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { seededRandom } from '../../main/practice/core/faults.ts';
import { startPractice } from '../../main/practice/practice.ts';
import { faultsOf } from './faults.ts';
import { openBook, type ChaosResult } from './book.ts';
import { equationOf, rowsOf } from './ledger.ts';
import type { ChaosOptions } from './run.ts';
import { seedUserData } from './user-data.ts';
import { openWholeApp } from './whole-app.ts';

/** Messages of unknown fate are looked for twice, minutes apart, as they are for users; so long (ms) after the last kill all are through. */
const END_LIMIT_MS = 12 * 60_000;
/** Looked at so often (ms) while the last app comes to its end. */
const LOOK_EVERY_MS = 2_000;
/** No change for so long (ms) with nothing open: reports that are missing were lost, and no log brings them back. */
const QUIET_MS = 30_000;
/** An app that has not come to its moment is killed after this, ms. */
const LATEST_MS = 20_000;
/** About so long (ms) an app takes to its first message. */
const START_MS = 4_000;

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/**
 * Like a run of the engine alone, with the whole app: its main process and all that it has started are killed at once and the app is opened
 * again on the same folder. It goes on by itself; nobody touches its window. Waiting times are those of real accounts.
 *
 * @param executable Electron's
 */
export async function runWhole(
  options: Omit<ChaosOptions, 'program'>,
  executable: string,
): Promise<ChaosResult> {
  const { variant, kills, messages, seed, say } = options;
  const random = seededRandom(seed);
  const gateway = await startPractice({
    seed,
    delays: { toOperatorMs: 50, toHandsetMs: 200, jitterMs: 400 },
    faults: { ...faultsOf(seed, messages, true), delayMs: 1_500 },
    users: [{ user: 'practice', password: 'practice', balanceMicros: 1e12, apiKey: 'practice-key' }],
  });
  const userData = mkdtempSync(path.join(tmpdir(), 'mim-whole-'));
  const copies = path.join(userData, '..', `${path.basename(userData)}-copies`);
  mkdirSync(copies);
  const store = path.join(userData, 'real.sqlite');
  const book = openBook(store, copies, say);
  const cleanUp = await seedUserData(userData, gateway, variant, messages);
  try {
    for (let kill = 1; kill <= kills; kill++) {
      const { accepted } = gateway.stats();
      const left = Math.max(0, messages - accepted);
      const more = left === 0 ? Infinity : 1 + Math.floor((random() * 2 * left) / (kills - kill + 1));
      const latest = random() < 0.2 ? random() * 2 * START_MS : LATEST_MS;
      const app = openWholeApp(executable, userData);
      const openedAt = performance.now();
      while (
        app.running() &&
        gateway.stats().accepted < accepted + more &&
        performance.now() - openedAt < latest
      ) {
        await pause(1);
      }
      if (!app.running()) book.note(`the app ended by itself: ${app.said()}`);
      const processes = await app.kill();
      const took = gateway.stats().accepted - accepted;
      book.look(`kill ${kill}/${kills} (${processes} processes, after ${took} taken)`);
    }
    gateway.setFaults({});
    const app = openWholeApp(executable, userData);
    if (!(await comesToItsEnd(store))) book.note('the last app did not come to its end');
    await app.kill();
    book.look('end');
    const protocol = `${variant.name}, the whole app`;
    // Nobody is there to have anything sent again that was left to the user.
    const decides = variant.decides === 'log' ? 'log' : 'nobody';
    return book.close({ seed, protocol, kills }, { ...variant, decides }, gateway);
  } finally {
    await gateway.close();
    await cleanUp();
    for (const folder of [userData, copies]) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Waits until nothing is open in a store that an app works on; `false` when that takes too long. */
async function comesToItsEnd(store: string): Promise<boolean> {
  const until = performance.now() + END_LIMIT_MS;
  let seen = '';
  let quietSince = performance.now();
  while (performance.now() < until) {
    await pause(LOOK_EVERY_MS);
    const db = new DatabaseSync(store, { readOnly: true });
    const ledger = rowsOf(db);
    db.close();
    const now = JSON.stringify(equationOf(ledger));
    const awaited = ledger.rows.filter(({ state }) => state === 'accepted' || state === 'at-operator').length;
    const open = ledger.rows.filter(
      ({ state, reason }) =>
        ['held', 'queued', 'submitting'].includes(state) || (state === 'uncertain' && reason !== 'undecided'),
    );
    if (`${now} ${awaited}` !== seen) quietSince = performance.now();
    seen = `${now} ${awaited}`;
    if (open.length === 0 && (awaited === 0 || performance.now() - quietSince > QUIET_MS)) return true;
  }
  return false;
}
