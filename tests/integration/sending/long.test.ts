import { afterEach, describe, expect, it } from 'vitest';
import { startPractice } from '../../../main/practice/practice.ts';
import { acceptedTimes, numbers, startSending, temporaryFolder, type Sending } from '../support/sending.ts';

/** More than are written in one commit. */
const MANY = 2_100;
const TOKEN = '6f1c0a2e-0000-4000-8000-000000000003';
/** Nothing here is about reports. */
const CALM = { reportsFastest: 60_000, reportsSlowest: 60_000, sweepEvery: 60_000 };
const NOBODY = 'http://127.0.0.1:9';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

function open(dir: string, url = NOBODY, hold = 60_000): Sending {
  const started = startSending({ url, dir, perRequest: 500, timings: { ...CALM, hold } });
  ends.push(() => started.stop());
  return started;
}

function folder(): string {
  const { dir, remove } = temporaryFolder();
  ends.push(remove);
  return dir;
}

const count = ({ db }: Sending, table: 'messages' | 'campaigns') =>
  (db.prepare(`SELECT COUNT(*) AS n FROM ${table}`).get() as { n: number }).n;

/** What a program leaves that is killed while it writes a campaign. */
function halfWritten({ db }: Sending): void {
  db.prepare('UPDATE campaigns SET pause_reason = ?').run('writing');
  db.prepare('DELETE FROM messages WHERE id % 2 = 0').run();
}

describe('a sending to thousands', () => {
  it('is there all at once, and not to be seen before', async () => {
    const app = open(folder());
    const queued = app.send(numbers(MANY), 'Roll {{number}}', TOKEN);
    const seen: unknown[] = [];
    while (count(app, 'messages') < MANY) {
      await new Promise((resolve) => setImmediate(resolve));
      if (count(app, 'messages') === 0) continue;
      seen.push(app.workspace.campaigns.page(null, 10).length, app.workspace.messages.count({}).count);
    }
    const id = await queued;
    expect(seen.length).toBeGreaterThan(2);
    expect(seen.slice(0, -2).every((each) => each === 0)).toBe(true);
    const view = app.workspace.campaigns.get(id);
    expect(view).toMatchObject({ phase: 'held', planned: MANY, counts: { held: MANY }, equationHolds: true });
    expect((view?.heldUntil ?? 0) - Date.now()).toBeGreaterThan(55_000);
    expect(app.workspace.campaigns.undo(id)).toMatchObject({ ok: true });
  });

  it('leaves whole, each message once', async () => {
    const gateway = await startPractice({ delays: { toOperatorMs: 1, toHandsetMs: 1 } });
    ends.push(() => gateway.close());
    const app = open(folder(), gateway.url, 0);
    const id = await app.send(numbers(MANY), 'Fees are due');
    await app.until(
      id,
      ({ counts }) => (counts.queued ?? 0) + (counts.held ?? 0) + (counts.submitting ?? 0) === 0,
      30_000,
    );
    const times = acceptedTimes(gateway);
    expect(times.size).toBe(MANY);
    expect([...times.values()].every((each) => each === 1)).toBe(true);
  }, 40_000);

  it('is gone after a kill in the middle of writing it, and can be asked for again', async () => {
    const dir = folder();
    const first = open(dir);
    await first.send(numbers(MANY), 'Fees are due', TOKEN);
    halfWritten(first);
    await first.stop();
    const again = open(dir);
    expect(again.workspace.campaigns.page(null, 10)).toEqual([]);
    const id = await again.send(numbers(3), 'Fees are due', TOKEN);
    expect(again.workspace.campaigns.get(id)?.planned).toBe(3);
    await expect.poll(() => [count(again, 'campaigns'), count(again, 'messages')]).toEqual([1, 3]);
  });

  it('is not queued when the program ends while it is written', async () => {
    const dir = folder();
    const first = open(dir);
    const queued = first.send(numbers(MANY), 'Fees are due', TOKEN);
    const refused = expect(queued).rejects.toThrow('LINK_LOST');
    await expect.poll(() => count(first, 'messages'), { interval: 0 }).toBeGreaterThan(0);
    await first.stop();
    await refused;
    const again = open(dir);
    await expect.poll(() => [count(again, 'campaigns'), count(again, 'messages')]).toEqual([0, 0]);
  });

  it('is taken back whole when it cannot be written to its end', async () => {
    const app = open(folder());
    app.db
      .exec(`CREATE TRIGGER full BEFORE INSERT ON messages WHEN NEW.msisdn = '${numbers(MANY).at(-1) ?? ''}'
      BEGIN SELECT RAISE(ABORT, 'as if full'); END`);
    await expect(app.send(numbers(MANY), 'Fees are due', TOKEN)).rejects.toThrow('as if full');
    expect([count(app, 'campaigns'), count(app, 'messages')]).toEqual([0, 0]);
    app.db.exec('DROP TRIGGER full');
    expect(await app.send(numbers(2), 'Fees are due', TOKEN)).toBeGreaterThan(0);
  });

  it('can be asked for again when what was written of it could not be taken back either', async () => {
    const dir = folder();
    const app = open(dir);
    app.db.exec(`
      CREATE TRIGGER full BEFORE INSERT ON messages WHEN NEW.msisdn = '${numbers(MANY).at(-1) ?? ''}'
      BEGIN SELECT RAISE(ABORT, 'as if full'); END;
      CREATE TRIGGER still_full BEFORE UPDATE OF token ON campaigns
      BEGIN SELECT RAISE(ABORT, 'as if still full'); END`);
    await expect(app.send(numbers(MANY), 'Fees are due', TOKEN)).rejects.toThrow('as if full');
    app.db.exec('DROP TRIGGER full; DROP TRIGGER still_full');
    const id = await app.send(numbers(MANY), 'Fees are due', TOKEN);
    expect(app.workspace.campaigns.page(null, 10)).toMatchObject([{ id, planned: MANY }]);
    await app.stop();
    const again = open(dir);
    await expect.poll(() => [count(again, 'campaigns'), count(again, 'messages')]).toEqual([1, MANY]);
  });
});
