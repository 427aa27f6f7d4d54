import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../main/engine/clock.ts';
import { startPractice, type PracticeGateway } from '../../../main/practice/practice.ts';
import { bring as bringText } from '../imports/importing.ts';
import { startSending, temporaryFolder, type Sending, type SendingOptions } from '../support/sending.ts';

const MINUTE = 60_000;
const PEOPLE = ['8801711000001', '8801811000002', '8801911000003'];

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function gateway(): Promise<PracticeGateway> {
  const practice = await startPractice({ delays: 100 });
  ends.push(() => practice.close());
  return practice;
}

function sending(practice: PracticeGateway, more: Partial<SendingOptions> = {}): Sending {
  const folder = more.dir === undefined ? temporaryFolder() : null;
  if (folder) ends.push(folder.remove);
  const started = startSending({
    url: practice.url,
    dir: folder?.dir ?? '',
    advanced: true,
    perRequest: 2,
    ...more,
  });
  ends.push(() => started.stop());
  return started;
}

const START_BALANCE = 5_000;

async function balanceOf(practice: PracticeGateway): Promise<unknown> {
  const authorization = `Basic ${Buffer.from('practice:practice').toString('base64')}`;
  const answer = await fetch(`${practice.url}/account/1/balance`, { headers: { authorization } });
  return ((await answer.json()) as { balance: unknown }).balance;
}

const later = (ms: number) => ({ sendAt: Date.now() + ms });

describe('a sending that the gateway holds', () => {
  it('is taken at once and stays scheduled there', async () => {
    const practice = await gateway();
    const { workspace, send, until } = sending(practice);
    const id = await send(PEOPLE, 'Exam on Monday', undefined, later(30 * MINUTE));
    await until(id, (view) => view.counts.accepted === 3);
    expect(workspace.campaigns.get(id)).toMatchObject({ phase: 'scheduled', heldBy: 'gateway' });
    expect(practice.stats().accepted).toBe(3);
    // The log shows nothing of them before their time.
    expect(practice.journal()).toEqual([]);
  });

  it('is told of when its people must not be written to any more, as long as it waits there', async () => {
    const practice = await gateway();
    const { workspace, send, until } = sending(practice);
    const id = await send(PEOPLE, 'Exam on Monday', undefined, later(30 * MINUTE));
    const other = await send(PEOPLE, 'No school today', undefined, later(90 * MINUTE));
    await until(id, (view) => view.counts.accepted === 3);
    await until(other, (view) => view.counts.accepted === 3);
    const block = (numbers: string) => workspace.doNotMessage.add({ numbers, reason: 'asked', note: '' });
    expect(block('01711000001 01811000002 01511000009')).toMatchObject({ added: 3, atGateway: 4 });
    expect(block('01711000001')).toMatchObject({ added: 0, atGateway: 2 });
    expect(await workspace.outbox.cancelRest(id)).toMatchObject({ ok: true });
    expect(block('01711000001')).toMatchObject({ added: 0, atGateway: 1 });
  });

  it('is told of when a list of numbers is imported that must not be written to any more', async () => {
    const practice = await gateway();
    const { workspace, send, until } = sending(practice);
    const id = await send(PEOPLE, 'Exam on Monday', undefined, later(30 * MINUTE));
    await until(id, (view) => view.counts.accepted === 3);
    const bring = (text: string) => bringText(workspace.imports, text, { purpose: 'do-not-message' });
    expect((await bring('01711000001\n01811000002; 01511000009\n')).atGateway).toBe(2);
    expect((await bring('01511000008\n')).atGateway).toBe(0);
  });

  it('is called back whole, and the money comes back', async () => {
    const practice = await gateway();
    const { workspace, send, until } = sending(practice);
    const id = await send(PEOPLE, 'Exam on Monday', undefined, later(30 * MINUTE));
    await until(id, (view) => view.counts.accepted === 3);
    expect(await workspace.outbox.cancelRest(id)).toEqual({ ok: true, value: { cancelled: 3 } });
    expect(workspace.campaigns.get(id)).toMatchObject({
      phase: 'finished',
      counts: { cancelled: 3 },
      equationHolds: true,
    });
    expect(await balanceOf(practice)).toBe(START_BALANCE);
  });

  it('can be moved, and sent now', async () => {
    const practice = await gateway();
    const { workspace, send, until } = sending(practice);
    const id = await send(PEOPLE, 'Exam on Monday', undefined, later(30 * MINUTE));
    await until(id, (view) => view.counts.accepted === 3);
    const { sendAt } = later(50 * MINUTE);
    expect((await workspace.outbox.reschedule(id, sendAt)).ok).toBe(true);
    expect(workspace.campaigns.get(id)).toMatchObject({ phase: 'scheduled', sendAt });
    expect((await workspace.outbox.reschedule(id, null)).ok).toBe(true);
    await until(id, (view) => view.counts.delivered === 3);
  });

  it('is not let go in the quiet hours, unless the user said so', async () => {
    const practice = await gateway();
    const { workspace, db, send, until } = sending(practice);
    const id = await send(PEOPLE, 'Exam on Monday', undefined, later(30 * MINUTE));
    await until(id, (view) => view.counts.accepted === 3);
    const wall = (ms: number) => new Date(Date.now() + ms).toISOString().slice(11, 16);
    workspace.rules.update({
      quiet: { applies: 'promotional', from: wall(-5 * MINUTE), until: wall(20 * MINUTE), zone: 'UTC' },
    });
    db.prepare("UPDATE campaigns SET class = 'promotional'").run();
    const end = expect.closeTo(Date.now() + 20 * MINUTE, -6);
    for (const sendAt of [null, Date.now() + 20_000]) {
      expect(await workspace.outbox.reschedule(id, sendAt)).toEqual({ ok: true, value: end });
      expect(workspace.campaigns.get(id)).toMatchObject({ phase: 'scheduled', sendAt: end });
    }
    expect(db.prepare('SELECT DISTINCT sent_at FROM messages').all()).toEqual([
      { sent_at: workspace.campaigns.get(id)?.sendAt },
    ]);
    db.prepare('UPDATE campaigns SET quiet = 0').run();
    expect((await workspace.outbox.reschedule(id, null)).ok).toBe(true);
    await until(id, (view) => view.counts.delivered === 3);
  });

  it('stays scheduled when the gateway cannot be reached to call it back', async () => {
    const practice = await gateway();
    const { workspace, send, until } = sending(practice);
    const id = await send(PEOPLE, 'Exam on Monday', undefined, later(30 * MINUTE));
    await until(id, (view) => view.counts.accepted === 3);
    await practice.close();
    expect(await workspace.outbox.cancelRest(id)).toMatchObject({ error: { code: 'GATEWAY_UNREACHABLE' } });
    expect(workspace.campaigns.get(id)?.counts).toEqual({ accepted: 3 });
  });
});

describe('a sending that this computer holds', () => {
  it('leaves at its time and not before', async () => {
    const practice = await gateway();
    const { workspace, send, until } = sending(practice, { advanced: false });
    const { sendAt } = later(600);
    const id = await send(PEOPLE, 'Exam on Monday', undefined, { sendAt });
    expect(workspace.campaigns.get(id)).toMatchObject({ heldBy: 'here', counts: { held: 3 } });
    await until(id, (view) => view.counts.delivered === 3);
    for (const { receivedAt } of practice.journal()) expect(receivedAt).toBeGreaterThanOrEqual(sendAt);
  });

  it('asks when its time passed while the program was not running', async () => {
    const practice = await gateway();
    const folder = temporaryFolder();
    ends.push(folder.remove);
    const before = sending(practice, { advanced: false, dir: folder.dir });
    const id = await before.send(PEOPLE, 'Exam on Monday', undefined, later(20 * MINUTE));
    await before.stop();

    const clock = { ...systemClock, now: () => Date.now() + 60 * MINUTE };
    const after = sending(practice, { advanced: false, dir: folder.dir, clock });
    await after.until(id, (view) => view.phase === 'paused');
    expect(after.workspace.campaigns.get(id)?.pauseReason).toBe('overdue');
    expect(practice.journal()).toEqual([]);
    after.workspace.campaigns.resume(id);
    await after.until(id, (view) => (view.counts.accepted ?? 0) + (view.counts.delivered ?? 0) === 3);
    expect(practice.journal()).toHaveLength(3);
  });

  it('goes on at once when it is resumed after its time, and is not asked about again', async () => {
    const practice = await gateway();
    let shift = 0;
    const clock = { ...systemClock, now: () => Date.now() + shift };
    const { workspace, send, until } = sending(practice, { advanced: false, clock });
    const id = await send(PEOPLE, 'Exam on Monday', undefined, later(20 * MINUTE));
    workspace.campaigns.pause(id);
    shift = 60 * MINUTE;
    workspace.campaigns.resume(id);
    await until(id, (view) => view.counts.delivered === 3 || view.pauseReason !== null);
    expect(workspace.campaigns.get(id)).toMatchObject({ pauseReason: null, sendAt: null });
  });

  it('is refused for a time that has passed or is too far away', async () => {
    const practice = await gateway();
    const { send } = sending(practice);
    await expect(send(PEOPLE, 'x', undefined, later(-MINUTE))).rejects.toThrow('INVALID_SCHEDULE');
    await expect(send(PEOPLE, 'x', undefined, later(181 * 24 * 60 * MINUTE))).rejects.toThrow(
      'INVALID_SCHEDULE',
    );
  });
});

describe('a message with an id of ours whose answer was lost', () => {
  const LOST = '8801999020001';
  const LATE_IN_THE_LOG = '8801999020011';

  it('is found in the log by that id', async () => {
    const practice = await gateway();
    const { db, send, until } = sending(practice, { perRequest: 1 });
    const id = await send([LOST]);
    await until(id, (view) => view.counts.delivered === 1);
    const notes = db
      .prepare('SELECT note FROM events ORDER BY id')
      .all()
      .map((row) => row['note']);
    expect(notes).toContain('found-by-id');
    expect(practice.journal()).toHaveLength(1);
  });

  it('is sent again under the same id when the log does not show it, and the refusal proves that it arrived', async () => {
    const practice = await gateway();
    practice.setFaults({ sendScript: ['dropAfter'] });
    const { db, send, until } = sending(practice, { perRequest: 1 });
    const id = await send([LATE_IN_THE_LOG]);
    await until(id, (view) => (view.counts.accepted ?? 0) + (view.counts.delivered ?? 0) === 1);
    const refused = practice.requests().filter(({ path }) => path.endsWith('/advanced'));
    expect(refused.map(({ accepted }) => accepted)).toEqual([1, 0]);
    const notes = db
      .prepare('SELECT note FROM events ORDER BY id')
      .all()
      .map((row) => row['note']);
    expect(notes).toContain('same-id');
    expect(practice.journal()).toHaveLength(1);
  });

  it('gets a new id after an attempt that came to nothing', async () => {
    const practice = await gateway();
    practice.setBalance('practice', 0);
    const { workspace, db, send, until } = sending(practice, { perRequest: 1 });
    const id = await send(['8801711000001']);
    await until(id, (view) => view.pauseReason === 'credits');
    practice.setBalance('practice', 10_000_000);
    workspace.campaigns.resume(id);
    await until(id, (view) => view.counts.delivered === 1);
    expect(practice.journal()).toHaveLength(1);
    expect(db.prepare('SELECT COUNT(*) AS n FROM spent_ids').get()).toEqual({ n: 1 });
  });

  it('is not given a new id while an earlier attempt may have arrived, even when the money is gone meanwhile', async () => {
    const practice = await gateway();
    practice.setFaults({ sendScript: ['dropAfter'] });
    const { workspace, send, until } = sending(practice, {
      perRequest: 1,
      timings: { firstLook: 400 },
    });
    const id = await send([LATE_IN_THE_LOG]);
    await until(id, (view) => view.counts.uncertain === 1);
    practice.setBalance('practice', 0);
    await until(id, (view) => view.counts.uncertain === undefined);
    practice.setBalance('practice', 10_000_000);
    workspace.campaigns.resume(id);
    await until(id, (view) => (view.counts.accepted ?? 0) + (view.counts.delivered ?? 0) === 1);
    expect(practice.journal()).toHaveLength(1);
  });

  it('is sent again a few times at most, then the user is asked', async () => {
    const practice = await gateway();
    practice.setFaults({ send: { http500Before: 1 } });
    const { send, until } = sending(practice, { perRequest: 1, timings: { networkBackoff: [20] } });
    const id = await send(['8801711000001']);
    await until(id, (view) => view.undecided === 1, 15_000);
    const tries = practice.requests().filter(({ path }) => path.endsWith('/advanced'));
    expect(tries.length).toBe(4);
  });

  it('is not sent again when the program comes back after the gateway has forgotten the id', async () => {
    const practice = await gateway();
    practice.setFaults({ sendScript: ['dropAfter'] });
    const folder = temporaryFolder();
    ends.push(folder.remove);
    const before = sending(practice, { dir: folder.dir, perRequest: 1, timings: { firstLook: 3_600_000 } });
    const id = await before.send(['8801711000001']);
    await before.until(id, (view) => view.counts.uncertain === 1);
    await before.stop();
    const clock = { ...systemClock, now: () => Date.now() + 60 * 24 * 60 * MINUTE };
    // Its log begins anew, as after two days.
    const forgetful = await gateway();
    const after = sending(forgetful, { dir: folder.dir, perRequest: 1, clock });
    await after.until(id, (view) => view.undecided === 1);
    expect(forgetful.requests().filter(({ path }) => path.endsWith('/advanced'))).toEqual([]);
  });

  it('is not called refused when only a repeat of it was', async () => {
    const practice = await gateway();
    practice.setFaults({ sendScript: ['dropAfter'] });
    const { workspace, db, send, until } = sending(practice, {
      perRequest: 1,
      timings: { firstLook: 300 },
    });
    const id = await send([LATE_IN_THE_LOG]);
    await until(id, (view) => view.counts.uncertain === 1);
    // The repeat goes out under a sender that the gateway turns down.
    db.prepare("UPDATE campaigns SET sender = 'ab'").run();
    await until(id, (view) => view.counts.uncertain === undefined || view.undecided === 1);
    const { counts } = workspace.campaigns.get(id) ?? {};
    expect(counts?.refused).toBeUndefined();
  });

  it('is not called off with the rest of its campaign: the user is asked', async () => {
    const practice = await gateway();
    practice.setFaults({ sendScript: ['dropAfter'] });
    const { workspace, db, send, until } = sending(practice, {
      perRequest: 1,
      timings: { firstLook: 3_600_000 },
    });
    const id = await send([LATE_IN_THE_LOG]);
    await until(id, (view) => view.counts.uncertain === 1);
    workspace.campaigns.pause(id);
    db.prepare("UPDATE messages SET state = 'queued', reason = NULL").run();
    expect(await workspace.campaigns.cancelRest(id)).toMatchObject({ value: { cancelled: 0 } });
    expect(workspace.campaigns.get(id)).toMatchObject({ phase: 'review', undecided: 1 });
  });
});

describe('what happens to a scheduled sending on the way', () => {
  it('is called back whole although an answer was lost: the bulk was known before it left', async () => {
    const practice = await gateway();
    practice.setFaults({ sendScript: ['dropAfter', 'none', 'dropAfter'] });
    const { workspace, send, until } = sending(practice);
    const people = [...PEOPLE, '8801511000004', '8801611000005', '8801711000006'];
    const id = await send(people, 'Exam on Monday', undefined, later(30 * MINUTE));
    await until(id, (view) => view.counts.accepted === 6);
    expect(await workspace.outbox.cancelRest(id)).toEqual({ ok: true, value: { cancelled: 6 } });
    expect(await balanceOf(practice)).toBe(START_BALANCE);
  });

  it('is called back although its answer was lost and it was never cleared up', async () => {
    const practice = await gateway();
    practice.setFaults({ sendScript: ['dropAfter'] });
    const { workspace, send, until } = sending(practice, { timings: { firstLook: 3_600_000 } });
    const id = await send(PEOPLE.slice(0, 2), 'Exam on Monday', undefined, later(30 * MINUTE));
    await until(id, (view) => view.counts.uncertain === 2);
    expect(await workspace.outbox.cancelRest(id)).toEqual({ ok: true, value: { cancelled: 2 } });
    expect(workspace.campaigns.get(id)).toMatchObject({ counts: { cancelled: 2 }, equationHolds: true });
    expect(await balanceOf(practice)).toBe(START_BALANCE);
  });

  it('can still be called back when the user said that it arrived', async () => {
    const practice = await gateway();
    practice.setFaults({ sendScript: ['dropAfter'] });
    const { workspace, db, send, until } = sending(practice, { timings: { firstLook: 3_600_000 } });
    const id = await send(PEOPLE.slice(0, 2), 'Exam on Monday', undefined, later(30 * MINUTE));
    await until(id, (view) => view.counts.uncertain === 2);
    const ids = db
      .prepare('SELECT id FROM messages')
      .all()
      .map((row) => Number(row['id']));
    await workspace.outbox.settleUncertain(id, ids, 'arrived');
    expect(workspace.campaigns.get(id)?.phase).toBe('scheduled');
    expect(await workspace.outbox.cancelRest(id)).toEqual({ ok: true, value: { cancelled: 2 } });
  });

  it('stays in the bulk that it left in, when the request was refused before its answer was lost', async () => {
    const practice = await gateway();
    practice.setFaults({ sendScript: ['http429', 'dropAfter'] });
    const { workspace, send, until } = sending(practice);
    const id = await send(PEOPLE.slice(0, 2), 'Exam on Monday', undefined, later(30 * MINUTE));
    await until(id, (view) => view.counts.accepted === 2);
    expect(await workspace.outbox.cancelRest(id)).toEqual({ ok: true, value: { cancelled: 2 } });
  });

  it('waits for its new time here when the gateway cannot hold it so long', async () => {
    const practice = await gateway();
    practice.setFaults({ send: { http429: 1 } });
    let shift = 0;
    const clock = { ...systemClock, now: () => Date.now() + shift };
    const { workspace, send, until } = sending(practice, {
      clock,
      url: practice.smppUrl,
      protocol: 'smpp',
      advanced: false,
      perRequest: 1,
    });
    const id = await send(PEOPLE, 'Exam on Monday', undefined, later(2 * MINUTE));
    await until(id, (view) => view.counts.queued === 3);
    shift = 60 * MINUTE;
    workspace.outbox.wake();
    await until(id, (view) => view.pauseReason === 'overdue');
    practice.setFaults({});
    const sendAt = clock.now() + 40 * 24 * 60 * MINUTE;
    expect((await workspace.outbox.reschedule(id, sendAt)).ok).toBe(true);
    expect(workspace.campaigns.get(id)?.heldBy).toBe('here');
    // Something else goes out meanwhile; the moved one stays.
    const other = await send(['8801711000009'], 'Fees are due');
    await until(other, (view) => view.counts.delivered === 1);
    expect(workspace.campaigns.get(id)).toMatchObject({ phase: 'scheduled', counts: { held: 3 } });
  });

  it('leaves at the new time when it was moved after its time had passed', async () => {
    const practice = await gateway();
    practice.setFaults({ send: { http429: 1 } });
    let shift = 0;
    const clock = { ...systemClock, now: () => Date.now() + shift };
    const { workspace, send, until } = sending(practice, { clock });
    const id = await send(PEOPLE, 'Exam on Monday', undefined, later(2 * MINUTE));
    await until(id, (view) => view.counts.queued === 3);
    shift = 60 * MINUTE;
    workspace.outbox.wake();
    await until(id, (view) => view.pauseReason === 'overdue');
    practice.setFaults({});
    const sendAt = clock.now() + 24 * 60 * MINUTE;
    expect((await workspace.outbox.reschedule(id, sendAt)).ok).toBe(true);
    await until(id, (view) => view.counts.accepted === 3);
    expect(workspace.campaigns.get(id)).toMatchObject({ phase: 'scheduled', sendAt });
    expect(practice.journal()).toEqual([]);
  });

  it('stays here when its gateway turns out not to hold anything', async () => {
    const practice = await gateway();
    const { workspace, db, send } = sending(practice, { advanced: false, timings: { hold: 300 } });
    const id = await send(PEOPLE, 'Exam on Monday', undefined, later(30 * MINUTE));
    db.prepare("UPDATE campaigns SET held_by = 'gateway'").run();
    await expect
      .poll(() => {
        workspace.outbox.wake();
        return workspace.campaigns.get(id)?.heldBy;
      })
      .toBe('here');
    expect(workspace.campaigns.get(id)).toMatchObject({ phase: 'scheduled', counts: { held: 3 } });
    expect(practice.journal()).toEqual([]);
  });
});

describe('a text that cannot be written in the account’s format', () => {
  it('is refused alone, and the account goes on', async () => {
    const practice = await gateway();
    const { workspace, send, until } = sending(practice, { protocol: 'rest-xml', advanced: false });
    const bad = await send(['8801711000001'], 'Fees \u000b are due');
    await until(bad, (view) => view.counts.refused === 1);
    const good = await send(['8801711000002'], 'Fees are due');
    await until(good, (view) => view.counts.delivered === 1);
    expect(workspace.campaigns.get(bad)?.phase).toBe('finished');
  });
});
