import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import type { SendRequest } from '#shared/ipc/plan.ts';
import { startPractice } from '../../../main/practice/practice.ts';
import { manualClock } from '../accounts/manual-clock.ts';
import { numbers, startSending, temporaryFolder, type Sending } from '../support/sending.ts';

/** More than are changed in one commit, whatever is done to them. */
const MANY = 2_300;
const NOBODY = 'http://127.0.0.1:9';
/** Nothing here is about reports, and looks into the log come when nobody waits for them any more. */
const CALM = { reportsFastest: 60_000, reportsSlowest: 60_000, sweepEvery: 60_000, firstLook: 60_000 };

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

function folder(): string {
  const { dir, remove } = temporaryFolder();
  ends.push(remove);
  return dir;
}

function open(dir: string, url = NOBODY, hold = 60_000): Sending {
  const started = startSending({ url, dir, perRequest: 500, timings: { ...CALM, hold } });
  ends.push(() => started.stop());
  return started;
}

/** Ends it as it stands after the first commit. */
function kill(app: Sending): void {
  app.abandon();
  ends.pop();
}

/** Queues a sending to {@link MANY}; all but the first of them are put beside it, which is quicker than planning them. */
async function sendMany(app: Sending, text?: string, more?: Partial<SendRequest>): Promise<number> {
  const id = await app.send(numbers(1), text, randomUUID(), more);
  app.db.exec(`
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${MANY - 1})
    INSERT INTO messages (campaign_id, account_id, msisdn, state, not_before, created_at, changed_at)
      SELECT campaign_id, account_id, '8801810' || (100000 + i), state, not_before, created_at, changed_at FROM n CROSS JOIN messages;
    UPDATE campaigns SET planned = ${MANY}`);
  return id;
}

const reasons = ({ db }: Sending) =>
  db.prepare('SELECT state, reason, COUNT(*) AS count FROM messages GROUP BY state, reason').all();

/** As if each message had left, and nobody could tell what became of it. */
const leaveToUser = ({ db }: Sending) =>
  db.exec(`UPDATE messages SET state = 'uncertain', reason = 'undecided', not_before = NULL, attempts = 1, attempt_at = 1,
    uncertain_since = 1`);

/** From now on no message can change as `what` says. */
const forbid = ({ db }: Sending, what: string) =>
  db.exec(
    `CREATE TRIGGER forbidden BEFORE UPDATE ON messages WHEN ${what} BEGIN SELECT RAISE(ABORT, 'forbidden'); END`,
  );

describe('taking back thousands', () => {
  it('gives the draft back at once, and lets others in while the rows follow', async () => {
    const app = open(folder());
    const { campaigns, drafts } = app.workspace;
    const id = await sendMany(app);
    const draft = randomUUID();
    expect(campaigns.undo(id, draft)).toMatchObject({ ok: true });
    expect(drafts.list(undefined, 5)).toMatchObject({ value: { rows: [{ id: draft }] } });
    expect(campaigns.undo(id, randomUUID())).toMatchObject({ error: { code: 'UNDO_TOO_LATE' } });
    const seen = new Set<number>();
    for (let left = MANY; left > 0;) {
      const view = campaigns.get(id);
      expect(view).toMatchObject({ phase: 'finished', equationHolds: true });
      left = view?.counts.held ?? 0;
      seen.add(left);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(seen.size).toBeGreaterThan(1);
    expect(reasons(app)).toEqual([{ state: 'cancelled', reason: 'undone', count: MANY }]);
  });

  it('is no repetition for who sends the same again at once', async () => {
    const app = open(folder());
    const undone = app.workspace.campaigns.undo(await sendMany(app));
    const last = app.db.prepare('SELECT msisdn FROM messages WHERE id = ?').get(MANY) as { msisdn: string };
    const again = { ...(undone.ok ? undone.value : expect.fail()), recipients: last.msisdn };
    expect(await app.workspace.campaigns.plan(again)).toMatchObject({ ok: true, value: { warnings: [] } });
  });

  it('lets nothing leave when the program is killed in the middle, and is finished by the next start', async () => {
    const dir = folder();
    const app = open(dir);
    expect(app.workspace.campaigns.undo(await sendMany(app))).toMatchObject({ ok: true });
    app.db.exec(`UPDATE messages SET not_before = 1 WHERE state = 'held';
      UPDATE messages SET state = 'queued' WHERE state = 'held' AND id % 2 = 0; UPDATE campaigns SET held_until = 1`);
    forbid(app, "NEW.state = 'cancelled'");
    kill(app);

    const gateway = await startPractice({ delays: { toOperatorMs: 1, toHandsetMs: 1 } });
    ends.push(() => gateway.close());
    const stuck = open(dir, gateway.url, 0);
    const other = await stuck.send(numbers(3, MANY), 'Something else');
    await stuck.until(other, ({ counts }) => counts.accepted === 3 || counts.delivered === 3);
    expect(gateway.journal()).toHaveLength(3);
    expect(stuck.workspace.campaigns.get(1)).toMatchObject({ phase: 'finished', equationHolds: true });
    expect(stuck.workspace.campaigns.get(1)?.counts.cancelled).toBeLessThan(MANY);
    stuck.db.exec('DROP TRIGGER forbidden');
    await stuck.stop();

    const again = open(dir, gateway.url, 0);
    await again.until(1, ({ counts }) => counts.cancelled === MANY);
    expect(reasons(again)).toContainEqual({ state: 'cancelled', reason: 'undone', count: MANY });
    expect(gateway.journal()).toHaveLength(3);
  });
});

describe('cancelling the rest of thousands', () => {
  it('says how many there were when all of them are cancelled', async () => {
    const app = open(folder());
    const id = await sendMany(app);
    const cancelled = app.workspace.outbox.cancelRest(id);
    expect(app.workspace.campaigns.get(id)).toMatchObject({ phase: 'finished', equationHolds: true });
    expect(await cancelled).toEqual({ ok: true, value: { cancelled: MANY } });
    expect(reasons(app)).toEqual([{ state: 'cancelled', reason: 'user', count: MANY }]);
  });

  it('is finished before some of it is sent again after all', async () => {
    const app = open(folder());
    const id = await sendMany(app);
    app.db.exec(
      "UPDATE messages SET state = 'uncertain', reason = 'undecided', uncertain_since = 1 WHERE id = 1",
    );
    const cancelled = app.workspace.campaigns.cancelRest(id);
    const again = await app.workspace.outbox.settleUncertain(id, null, 'send-again');
    expect(again).toEqual({ ok: true, value: { settled: 1 } });
    expect(await cancelled).toEqual({ ok: true, value: { cancelled: MANY - 1 } });
    const { cancelled: off, ...left } = app.workspace.campaigns.get(id)?.counts ?? {};
    expect(off).toBe(MANY - 1);
    expect(Object.values(left)).toEqual([1]);
  });

  it('is the last word of who cancels once more while some of it waits to be sent again', async () => {
    const app = open(folder());
    const { campaigns, outbox } = app.workspace;
    const id = await sendMany(app);
    app.db.exec(
      "UPDATE messages SET state = 'uncertain', reason = 'undecided', uncertain_since = 1 WHERE id = 1",
    );
    const first = campaigns.cancelRest(id);
    const again = outbox.settleUncertain(id, null, 'send-again');
    await Promise.all([first, campaigns.cancelRest(id)]);
    expect(await again).toMatchObject({ error: { code: 'NOT_POSSIBLE_NOW' } });
    expect(campaigns.get(id)).toMatchObject({ phase: 'review', undecided: 1 });
  });

  it('is told of each message whose turn to be sent again had not come', async () => {
    const app = open(folder());
    const { campaigns, outbox } = app.workspace;
    const id = await sendMany(app);
    leaveToUser(app);
    campaigns.pause(id);
    const again = outbox.settleUncertain(id, null, 'send-again');
    const cancelled = campaigns.cancelRest(id);
    await Promise.all([again, cancelled]);
    expect(campaigns.get(id)).toMatchObject({ phase: 'finished', counts: { cancelled: MANY } });
    const told = app.db.prepare('SELECT state, COUNT(*) AS count FROM events GROUP BY state ORDER BY state');
    const [off, queued] = told.all() as { state: string; count: number }[];
    expect(off).toMatchObject({ state: 'cancelled' });
    expect(queued).toMatchObject({ state: 'queued', count: MANY - (off?.count ?? 0) });
  });

  it('stays cancelled when the program ends before some of it could be sent again', async () => {
    const dir = folder();
    const app = open(dir);
    const id = await sendMany(app);
    app.db.exec(
      "UPDATE messages SET state = 'uncertain', reason = 'undecided', uncertain_since = 1 WHERE id = 1",
    );
    const cancelled = app.workspace.campaigns.cancelRest(id);
    const refused = expect(app.workspace.outbox.settleUncertain(id, null, 'send-again')).rejects.toThrow(
      'ends',
    );
    await app.stop();
    await Promise.all([cancelled, refused]);
    const again = open(dir);
    await again.until(id, ({ counts }) => counts.cancelled === MANY - 1);
    expect(again.workspace.campaigns.get(id)).toMatchObject({ phase: 'review', undecided: 1 });
  });
});

describe('deciding about thousands', () => {
  it.each(['arrived', 'send-again'] as const)(
    'says of all that they are to be taken as: %s',
    async (word) => {
      const app = open(folder());
      const id = await sendMany(app);
      app.workspace.campaigns.pause(id);
      leaveToUser(app);
      const settled = app.workspace.outbox.settleUncertain(id, null, word);
      expect(app.workspace.campaigns.get(id)).toMatchObject({ equationHolds: true });
      expect(app.workspace.campaigns.get(id)?.undecided).toBeGreaterThan(0);
      expect(await settled).toEqual({ ok: true, value: { settled: MANY } });
      const state = word === 'arrived' ? 'accepted' : 'queued';
      expect(app.workspace.campaigns.get(id)?.counts).toEqual({ [state]: MANY });
      const told = app.db.prepare("SELECT COUNT(*) AS count FROM events WHERE state = ? AND note = 'user'");
      expect(told.get(state)).toEqual({ count: MANY });
    },
  );

  it('is gone on with after a kill, for what it was said of and nothing else', async () => {
    const dir = folder();
    const app = open(dir);
    const id = await sendMany(app);
    leaveToUser(app);
    const cut = expect(app.workspace.outbox.settleUncertain(id, null, 'arrived')).rejects.toThrow('not open');
    // Five hours ago; the last one left again meanwhile, and nobody can tell what became of that.
    app.db.exec(`UPDATE preferences SET value = json_set(value, '$.at', value ->> '$.at' - 5 * 3600000);
      UPDATE messages SET changed_at = changed_at - 5 * 3600000 WHERE id < ${MANY}`);
    kill(app);
    await cut;
    const again = open(dir);
    await again.until(id, ({ counts }) => counts.accepted === MANY - 1);
    expect(again.workspace.campaigns.get(id)?.undecided).toBe(1);
    await again.stop();
    const third = open(dir);
    expect(third.db.prepare('SELECT COUNT(*) AS count FROM preferences').get()).toEqual({ count: 0 });
  });
});

describe('keeping thousands here that the gateway cannot hold', () => {
  it('is finished by the next start, and nothing leaves before its time', async () => {
    const dir = folder();
    const app = open(dir);
    const sendAt = Date.now() + 3_600_000;
    const id = await sendMany(app, 'Exam on Monday', { sendAt });
    app.db.exec(`UPDATE campaigns SET held_by = 'here', held_until = 1;
      UPDATE messages SET state = 'queued', not_before = NULL WHERE id > 10`);
    await app.stop();
    const gateway = await startPractice();
    ends.push(() => gateway.close());
    const again = open(dir, gateway.url, 0);
    await again.until(id, ({ counts }) => counts.held === MANY);
    expect(again.workspace.campaigns.get(id)?.phase).toBe('scheduled');
    expect(gateway.journal()).toHaveLength(0);
  });
});

describe('keeping here what nobody was there to put back', () => {
  /** A sending whose time was two hours ago, all of it in the queue since a time (ms) after that one. */
  async function late(since: number) {
    const dir = folder();
    const app = open(dir);
    const id = await app.send(numbers(5), 'Exam on Monday', randomUUID(), {
      sendAt: Date.now() + 3_600_000,
    });
    app.db
      .exec(`UPDATE campaigns SET held_by = 'here', held_until = 1, quiet = 0, send_at = ${Date.now() - 7_200_000};
      UPDATE messages SET state = 'queued', not_before = NULL, changed_at = (SELECT send_at FROM campaigns) + ${since}`);
    await app.stop();
    const gateway = await startPractice({ delays: { toOperatorMs: 1, toHandsetMs: 1 } });
    ends.push(() => gateway.close());
    return { id, gateway, again: open(dir, gateway.url, 0) };
  }

  it('asks before it leaves late', async () => {
    const { id, gateway, again } = await late(-1_000);
    await again.until(id, ({ pauseReason }) => pauseReason === 'overdue');
    expect(gateway.journal()).toHaveLength(0);
  });

  it('goes on without a question with what began in time', async () => {
    const { id, gateway, again } = await late(1_000);
    await again.until(id, ({ counts }) => (counts.queued ?? 0) + (counts.submitting ?? 0) === 0);
    expect(gateway.journal()).toHaveLength(5);
  });
});

describe('repeating thousands on a disk that is full', () => {
  /** A sending to many that all failed, and whose repetition could be neither written to its end nor removed again. */
  async function partlyRepeated() {
    const clock = manualClock();
    const app = startSending({ url: NOBODY, dir: folder(), clock, timings: { ...CALM, hold: 60_000 } });
    ends.push(() => app.stop());
    const { campaigns } = app.workspace;
    const id = await sendMany(app);
    app.db.exec("UPDATE messages SET state = 'refused', not_before = NULL");
    const groups = await campaigns.failures(id);
    const keys = groups.ok ? groups.value.map(({ key }) => key) : [];
    const again = () =>
      campaigns.retry({
        id,
        keys,
        expectedRecipients: MANY,
        typedCount: MANY,
        accepted: ['balance'],
        token: randomUUID(),
      });
    const repeated = again();
    while (campaigns.get(id)?.failed === MANY) await new Promise((resolve) => setImmediate(resolve));
    app.db.exec('PRAGMA query_only = ON');
    expect(await repeated).toMatchObject({ error: { code: 'STORE_READONLY' } });
    expect(await again()).toMatchObject({ error: { code: 'STORE_READONLY' } });
    app.db.exec('PRAGMA query_only = OFF');
    return { app, clock, id, again };
  }

  it('can be done again as soon as it is full no more', async () => {
    const { app, again } = await partlyRepeated();
    expect(await again()).toMatchObject({ ok: true });
    expect(app.workspace.campaigns.page(null, 10)).toMatchObject([
      { planned: MANY, retryOf: 1 },
      { id: 1, failed: 0 },
    ]);
    expect(app.db.prepare('SELECT COUNT(*) AS count FROM campaigns').get()).toEqual({ count: 2 });
  });

  it('is offered again by itself some time after it is full no more', async () => {
    const { app, clock, id } = await partlyRepeated();
    expect(app.workspace.campaigns.get(id)?.failed).toBeLessThan(MANY);
    const told = new Promise<void>((resolve) => {
      app.workspace.changes.listen((changed) => changed === id && resolve());
    });
    clock.advance(5_000);
    await told;
    expect(app.workspace.campaigns.get(id)?.failed).toBe(MANY);
  });
});

describe('giving up on the reports of thousands', () => {
  it('lets others in between', async () => {
    const gateway = await startPractice();
    ends.push(() => gateway.close());
    const app = open(folder(), gateway.url);
    const id = await sendMany(app);
    app.db.exec(
      "UPDATE messages SET state = 'accepted', sent_at = 1, gateway_message_id = id, not_before = NULL",
    );
    const seen = new Set<number | undefined>();
    app.workspace.changes.listen(() => seen.add(app.workspace.campaigns.get(id)?.counts['no-final-report']));
    await app.workspace.reports.sync();
    expect(seen.size).toBeGreaterThan(1);
    expect(app.workspace.campaigns.get(id)).toMatchObject({ phase: 'finished', failed: MANY });
  });
});
