import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PRACTICE_ACCOUNT_ID } from '#shared/ids.ts';
import { startPractice, type PracticeGateway } from '../../../main/practice/practice.ts';
import { numbers, startSending, temporaryFolder, type Sending } from '../support/sending.ts';

const NEVER = 3_600_000;
const DEAF = { reportsFastest: NEVER, reportsSlowest: NEVER, sweepEvery: NEVER };

describe('receiving', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let gateway: PracticeGateway;
  let sending: Sending;

  beforeEach(async () => {
    folder = temporaryFolder();
    gateway = await startPractice({ delays: { toOperatorMs: 1, toHandsetMs: 1 } });
    sending = startSending({ url: gateway.url, dir: folder.dir, timings: DEAF });
  });
  afterEach(async () => {
    await sending.stop();
    await gateway.close();
    folder.remove();
  });

  const counts = (id: number) => sending.workspace.campaigns.get(id)?.counts;
  const sent = async (count: number) => {
    const id = await sending.send(numbers(count));
    await sending.until(id, (view) => view.counts.accepted === count);
    return id;
  };

  it('fills from the log what a lost page of once-only reports had said', async () => {
    const id = await sent(20);
    gateway.setFaults({ readScript: ['drop'] });
    await sending.workspace.reports.sync();
    expect(counts(id)).toEqual({ accepted: 20 });
    await sending.workspace.reports.sync();
    expect(counts(id)).toEqual({ delivered: 20 });
  });

  it('applies after a start what was journalled and not parsed before the end', async () => {
    const id = await sent(3);
    const answer = await fetch(`${gateway.url}/sms/1/reports`, {
      headers: { authorization: `Basic ${Buffer.from('practice:practice').toString('base64')}` },
    });
    sending.db
      .prepare("INSERT INTO journal (account_id, source, body, received_at) VALUES (?, 'report', ?, ?)")
      .run(PRACTICE_ACCOUNT_ID, await answer.text(), Date.now());
    await sending.stop();
    sending = startSending({ url: gateway.url, dir: folder.dir, timings: { ...DEAF, reportsFastest: 20 } });
    await sending.until(id, (view) => view.counts.delivered === 3);
    expect(sending.db.prepare('SELECT COUNT(*) AS left FROM journal WHERE parsed_at IS NULL').get()).toEqual({
      left: 0,
    });
  });

  it('applies a report that another account of the same login was handed', async () => {
    const id = await sent(2);
    sending.db
      .prepare(
        `INSERT INTO accounts (id, name, protocol, server_address, user_name, created_at)
         SELECT 'other', 'Other', 'xml-v3', server_address, user_name, 0 FROM accounts WHERE id = ?`,
      )
      .run(PRACTICE_ACCOUNT_ID);
    sending.db.prepare("UPDATE messages SET account_id = 'other'").run();
    await sending.workspace.reports.sync();
    expect(counts(id)).toEqual({ delivered: 2 });
    expect(sending.db.prepare('SELECT COUNT(*) AS n FROM messages').get()).toEqual({ n: 2 });
  });

  it('gives a log entry to the uncertain message of another account of the same login', async () => {
    gateway.setFaults({ sendScript: ['dropAfter'] });
    const id = await sending.send(numbers(1));
    await sending.until(id, (view) => view.counts.uncertain === 1);
    sending.db
      .prepare(
        `INSERT INTO accounts (id, name, protocol, server_address, user_name, created_at)
         SELECT 'other', 'Other', 'json-v3', server_address, user_name, 0 FROM accounts WHERE id = ?`,
      )
      .run(PRACTICE_ACCOUNT_ID);
    sending.db.prepare("UPDATE messages SET account_id = 'other'").run();
    await sending.workspace.reports.sync();
    expect(counts(id)).toEqual({ delivered: 1 });
    expect(sending.db.prepare('SELECT COUNT(*) AS n FROM messages').get()).toEqual({ n: 1 });
  });

  it('keeps a body it cannot read, and says so', async () => {
    sending.db
      .prepare("INSERT INTO journal (account_id, source, body, received_at) VALUES (?, 'report', ?, ?)")
      .run(PRACTICE_ACCOUNT_ID, '<html>maintenance</html>', Date.now());
    const state = await sending.workspace.reports.sync();
    expect(state.unreadable).toBe(1);
    expect(sending.db.prepare('SELECT body FROM journal WHERE problem IS NOT NULL').get()).toEqual({
      body: '<html>maintenance</html>',
    });
  });

  it('reads a log that is larger than a page, each entry once', async () => {
    const authorization = `Basic ${Buffer.from('practice:practice').toString('base64')}`;
    gateway.setBalance('practice', 1e12);
    for (let i = 0; i < 3; i++) {
      await fetch(`${gateway.url}/sms/1/text/single`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body: JSON.stringify({ from: 'OtherPC', to: numbers(500, i * 500), text: `Batch ${i}` }),
      });
    }
    await sending.workspace.reports.sync();
    expect(sending.workspace.messages.count({ sender: 'OtherPC' })).toEqual({ count: 1_500, capped: false });
  });

  it('records what a sweep covered, and shows no gap for it', async () => {
    const state = await sending.workspace.reports.sync();
    expect(state.failed).toBeNull();
    expect(state.lastLogSweep).not.toBeNull();
    expect(state.gaps).toEqual([]);
  });

  it('says why it could not ask, and keeps what it has', async () => {
    const id = await sent(1);
    await gateway.close();
    const state = await sending.workspace.reports.sync();
    expect(state.failed).toBe('GATEWAY_UNREACHABLE');
    expect(counts(id)).toEqual({ accepted: 1 });
    gateway = await startPractice();
  });

  it('never takes one log entry for two messages', async () => {
    gateway.setFaults({ sendScript: ['dropAfter', 'resetBefore'] });
    const [number = ''] = numbers(1);
    const first = await sending.send([number], 'Same text');
    await sending.until(first, (view) => view.counts.uncertain === 1);
    const second = await sending.send([number], 'Same text');
    await sending.until(second, (view) => view.counts.uncertain === 1);
    await sending.until(first, (view) => (view.counts.accepted ?? 0) + (view.counts.delivered ?? 0) === 1);
    await sending.until(second, (view) => (view.counts.accepted ?? 0) + (view.counts.delivered ?? 0) === 1);
    expect(gateway.journal()).toHaveLength(2);
    const ids = sending.db.prepare('SELECT DISTINCT gateway_message_id FROM messages').all();
    expect(ids).toHaveLength(2);
  });

  it('leaves to the user what the log has forgotten, and does as the user decides', async () => {
    gateway.setFaults({ sendScript: ['resetBefore', 'resetBefore'] });
    await sending.stop();
    sending = startSending({ url: gateway.url, dir: folder.dir, timings: { ...DEAF, firstLook: 60_000 } });
    const id = await sending.send(numbers(2));
    await sending.until(id, (view) => view.counts.uncertain === 2);
    const threeDaysAgo = Date.now() - 72 * 3_600_000;
    sending.db
      .prepare("UPDATE messages SET attempt_at = ?, not_before = 0 WHERE state = 'uncertain'")
      .run(threeDaysAgo);
    await sending.workspace.reports.sync();
    expect(sending.workspace.campaigns.get(id)).toMatchObject({ phase: 'review', undecided: 2 });
    const page = sending.workspace.messages.ofCampaign(id, ['uncertain'], undefined, 2);
    const [first] = page.ok ? page.value.rows : [];
    await sending.workspace.outbox.settleUncertain(id, [first?.id ?? 0], 'arrived');
    expect(sending.workspace.campaigns.get(id)).toMatchObject({ phase: 'review', undecided: 1 });
    await sending.workspace.outbox.settleUncertain(id, null, 'send-again');
    await sending.until(id, (view) => view.counts.accepted === 2);
    expect(gateway.journal()).toHaveLength(1);
  });

  it('waits between looks while the gateway is gone, however long a look is overdue', async () => {
    gateway.setFaults({ sendScript: ['resetBefore'] });
    await sending.stop();
    sending = startSending({
      url: gateway.url,
      dir: folder.dir,
      timings: { reportsFastest: 200, reportsSlowest: 200 },
    });
    const id = await sending.send(numbers(1));
    await sending.until(id, (view) => view.counts.uncertain === 1);
    gateway.setFaults({ read: { http500: 1 } });
    const before = gateway.requests().length;
    await expect(sending.until(id, (view) => !view.counts.uncertain, 1_500)).rejects.toThrow('not reached');
    expect(gateway.requests().length - before).toBeLessThan(15);
    gateway.setFaults({});
    await sending.until(id, (view) => view.counts.accepted === 1 || view.counts.delivered === 1);
  });
});

describe('receiving where there is no log', () => {
  it('asks about a few messages at a time, so that a lost answer takes few reports with it', async () => {
    const folder = temporaryFolder();
    const gateway = await startPractice({ delays: { toOperatorMs: 1, toHandsetMs: 1 } });
    const timings = { ...DEAF, firstLook: NEVER };
    const sending = startSending({
      url: gateway.url,
      dir: folder.dir,
      protocol: 'json-v3',
      perRequest: 100,
      timings,
    });
    const { reports, campaigns } = sending.workspace;
    const asked = () => gateway.requests().filter(({ path }) => path.includes('/dr/pull')).length;
    try {
      const id = await sending.send(numbers(180));
      await sending.until(id, (view) => view.counts.accepted === 180);
      gateway.setFaults({ readScript: ['drop'] });
      await reports.sync();
      expect(asked()).toBe(1);
      // Those after the lost ones come at once; when nothing more comes, everything is asked for.
      await reports.sync();
      expect(campaigns.get(id)?.counts).toEqual({ accepted: 50, delivered: 130 });
      expect(asked()).toBe(4);
      await reports.sync();
      expect(asked()).toBe(6);
    } finally {
      await sending.stop();
      await gateway.close();
      folder.remove();
    }
  });
});
