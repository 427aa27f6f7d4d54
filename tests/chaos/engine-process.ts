import { seededRandom } from '../../main/practice/core/faults.ts';
import { startSending } from '../integration/support/sending.ts';
import { ordersOf, type EngineOrders, type Order } from './orders.ts';
import { variantOf } from './variants.ts';

/**
 * An engine with a user in front of it, as a process of its own, to be killed at any time: `node engine-process.js ORDERS`. It goes on
 * where the last one was killed: plans what is not planned yet, pauses and lets go on, cancels and takes back, and ends by itself when
 * nothing is open any more but what only the user can decide, and no report has come for a while. Says what it does, a word a line.
 */

/** How often (ms) the user looks at the campaigns. */
const LOOK_EVERY_MS = 40;
/** No report for so long (ms): those that are missing were lost on the way, where no log can bring them back. */
const QUIET_MS = 2_500;
/** The next campaign is planned when no more of the last one is open than this share. */
const NEARLY_DONE = 0.4;

const orders = JSON.parse(process.argv[2] ?? '{}') as EngineOrders;
const { url, dir, password, timings } = orders;
const { protocol, perRequest, advanced, decides } = variantOf(orders.variant);
const say = (word: string) => void process.stdout.write(`${word}\n`);
const random = seededRandom(orders.seed);

say('open');
const sending = startSending({ url, dir, password, protocol, perRequest, advanced, timings });
const { campaigns, outbox } = sending.workspace;
say('started');

const idOf = (token: string): number | null => {
  const row = sending.db
    .prepare("SELECT id FROM campaigns WHERE token = ? AND pause_reason IS NOT 'writing'")
    .get(token);
  return row === undefined ? null : Number(row['id']);
};
const viewOf = (token: string) => {
  const id = idOf(token);
  const view = id === null ? null : campaigns.get(id);
  if (!view) return null;
  const { held = 0, queued = 0, submitting = 0, uncertain = 0 } = view.counts;
  return { ...view, open: held + queued + submitting, asked: uncertain - view.undecided };
};

async function plan(order: Order): Promise<void> {
  say('planning');
  const id = await sending.send(order.recipients, order.text, order.token);
  say('queued');
  // Too late is an answer, too: a killed engine did not hear that it had been queued.
  if (order.then === 'undo') campaigns.undo(id);
}

/** What the user does with a campaign at one look. */
async function attend(order: Order): Promise<void> {
  const view = viewOf(order.token);
  if (!view) return;
  if (view.phase === 'paused' && view.pauseReason !== 'network') campaigns.resume(view.id);
  else if (view.phase === 'sending' && random() < 0.01) campaigns.pause(view.id);
  const called = view.counts.cancelled ?? 0;
  if (order.then === 'cancel' && called === 0 && view.open > 0 && view.open < (view.planned * 2) / 3) {
    await outbox.cancelRest(view.id);
  }
}

let seen = '';
let quietSince = performance.now();

/** Whether nothing happens any more. */
function isOver(all: readonly Order[]): boolean {
  const views = all.map(({ token }) => viewOf(token));
  const now = JSON.stringify(views.map((view) => view?.counts));
  if (now !== seen) quietSince = performance.now();
  seen = now;
  if (views.some((view) => view === null || view.open > 0 || view.asked > 0)) return false;
  return views.every((view) => view?.phase === 'finished') || performance.now() - quietSince > QUIET_MS;
}

/** Has everything sent again that was left to the user; says whether there was any. */
function sendAgain(all: readonly Order[]): boolean {
  const left = all.map(({ token }) => viewOf(token)).filter((view) => view !== null && view.undecided > 0);
  for (const view of left) if (view) void outbox.settleUncertain(view.id, null, 'send-again');
  return left.length > 0;
}

const all = ordersOf(orders.messages);
let mayAskAgain = orders.last && decides === 'own-id';
let synced = false;
let planning: Promise<void> | null = null;
for (;;) {
  const next = all.find(({ token }) => viewOf(token) === null);
  const busy = all.some(({ token }) => {
    const view = viewOf(token);
    return view !== null && view.open > view.planned * NEARLY_DONE;
  });
  if (next && !busy) planning ??= plan(next).finally(() => (planning = null));
  for (const order of all) await attend(order);
  if (!next && isOver(all)) {
    // What only the log still knows is asked for now, instead of at the next sweep's time.
    if (orders.last && !synced) {
      await sending.workspace.reports.sync();
      synced = true;
      quietSince = performance.now();
      continue;
    }
    const again = mayAskAgain && sendAgain(all);
    mayAskAgain = false;
    synced = false;
    if (!again) break;
  }
  await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
}
await planning;
await sending.stop();
say('over');
