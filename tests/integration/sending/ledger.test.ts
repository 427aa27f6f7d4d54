import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startPractice, type PracticeGateway } from '../../../main/practice/practice.ts';
import { acceptedTimes, numbers, startSending, temporaryFolder, type Sending } from '../support/sending.ts';

const DND = '8801999000010';
const SWITCHED_OFF = '8801999010027';
const ANSWER_LOST = '8801999020001';

describe('the ledger, over HTTP to the practice gateway', () => {
  const folder = temporaryFolder();
  let gateway: PracticeGateway;
  let sending: Sending;
  let dir = 0;

  beforeEach(async () => {
    gateway = await startPractice({ delays: { toOperatorMs: 5, toHandsetMs: 20 } });
    sending = startSending({ url: gateway.url, dir: `${folder.dir}/${dir++}` });
  });
  afterEach(async () => {
    await sending.stop();
    await gateway.close();
  });

  const counts = (id: number) => sending.workspace.campaigns.get(id)?.counts;

  it('sends each message once and follows it to the handset', async () => {
    const id = await sending.send(numbers(40));
    await sending.until(id, (view) => view.phase === 'finished');
    expect(counts(id)).toEqual({ delivered: 40 });
    expect([...acceptedTimes(gateway).values()]).toEqual(Array(40).fill(1));
  });

  it('charges what the reports say and explains it by rows', async () => {
    const id = await sending.send([...numbers(9), DND], 'ক'.repeat(100));
    await sending.until(id, (view) => view.phase === 'finished');
    const view = sending.workspace.campaigns.get(id);
    expect(view?.estimated).toEqual({ micros: 10 * 2 * 350_000, currency: 'BDT' });
    expect(view?.charged).toEqual({ micros: 9 * 2 * 350_000, currency: 'BDT' });
  });

  it('tells apart refused, undeliverable and delivered', async () => {
    const id = await sending.send([...numbers(3), DND, SWITCHED_OFF]);
    await sending.until(id, (view) => view.phase === 'finished');
    expect(counts(id)).toEqual({ delivered: 3, refused: 1, undeliverable: 1 });
    const page = sending.workspace.messages.ofCampaign(id, ['undeliverable'], undefined, 10);
    expect(page.ok && page.value.rows[0]).toMatchObject({ msisdn: SWITCHED_OFF, errorId: 27, statusId: 9 });
    await sending.workspace.reports.sync();
    expect(counts(id)).toEqual({ delivered: 3, refused: 1, undeliverable: 1 });
  });

  it('finds a message whose answer was lost in the log, and never sends it again', async () => {
    const id = await sending.send([...numbers(2), ANSWER_LOST]);
    await sending.until(id, (view) => (view.counts.uncertain ?? 0) === 1);
    await sending.until(id, (view) => view.phase === 'finished');
    expect(counts(id)).toEqual({ delivered: 3 });
    expect(acceptedTimes(gateway).get(ANSWER_LOST)).toBe(1);
  });

  it('queues a message again when two looks have not found it', async () => {
    gateway.setFaults({ sendScript: ['resetBefore'] });
    const id = await sending.send(numbers(1));
    await sending.until(id, (view) => (view.counts.uncertain ?? 0) === 1);
    await sending.until(id, (view) => view.phase === 'finished');
    expect(counts(id)).toEqual({ delivered: 1 });
    expect(acceptedTimes(gateway).get(numbers(1)[0] ?? '')).toBe(1);
  });

  it('leaves out duplicates in any spelling, and what is no mobile number, each with its reason', async () => {
    const id = await sending.send(['8801712000001', '০১৭১২০০০০০১', '+880 1712-000001', 'not a number']);
    await sending.until(id, (view) => view.phase === 'finished');
    expect(counts(id)?.delivered).toBe(1);
    expect(counts(id)?.['left-out']).toBeGreaterThanOrEqual(3);
    expect(sending.workspace.campaigns.get(id)?.equationHolds).toBe(true);
    expect(gateway.journal()).toHaveLength(1);
  });

  it('queues once for one token, however often it is asked', async () => {
    const token = '6f1c0a2e-0000-4000-8000-000000000001';
    expect(await sending.send(numbers(2), 'Hello', token)).toBe(
      await sending.send(numbers(2), 'Hello', token),
    );
    expect(sending.workspace.campaigns.page(null, 10)).toHaveLength(1);
  });

  it('pauses with every message kept when the balance runs out, and goes on after a top-up', async () => {
    gateway.setBalance('practice', 3 * 350_000);
    const id = await sending.send(numbers(10));
    await sending.until(id, (view) => view.phase === 'paused');
    expect(sending.workspace.campaigns.get(id)?.pauseReason).toBe('credits');
    gateway.setBalance('practice', 100 * 350_000);
    sending.workspace.campaigns.resume(id);
    await sending.until(id, (view) => view.phase === 'finished');
    expect(counts(id)).toEqual({ delivered: 10 });
    expect([...acceptedTimes(gateway).values()]).toEqual(Array(10).fill(1));
    await sending.workspace.reports.sync();
    expect(sending.workspace.messages.count({})).toEqual({ count: 10, capped: false });
  });

  it('stops after twenty refusals in a row and asks, keeping the rest', async () => {
    const refusing = createServer((request, response) => {
      request.resume();
      response.writeHead(400, { 'content-type': 'application/json' });
      response.end(
        '{"requestError":{"serviceException":{"messageId":"BAD_REQUEST","text":"[from : not allowed]"}}}',
      );
    });
    await new Promise<void>((resolve) => refusing.listen(0, '127.0.0.1', resolve));
    await sending.stop();
    const { port } = refusing.address() as AddressInfo;
    sending = startSending({ url: `http://127.0.0.1:${port}`, dir: `${folder.dir}/${dir++}` });
    const id = await sending.send(numbers(60));
    await sending.until(id, (view) => view.pauseReason === 'refusals' && !view.counts.submitting);
    const { refused = 0, queued = 0 } = counts(id) ?? {};
    expect(refused).toBeGreaterThanOrEqual(20);
    expect(refused + queued).toBe(60);
    expect(queued).toBeGreaterThan(0);
    const page = sending.workspace.messages.ofCampaign(id, ['refused'], undefined, 1);
    expect(page.ok && page.value.rows[0]?.reason).toContain('[from : not allowed]');
    refusing.close();
  });

  it('waits out a network that is gone and goes on by itself, sending nothing twice', async () => {
    const { url } = gateway;
    await gateway.close();
    const id = await sending.send(numbers(5));
    await sending.until(id, (view) => view.pauseReason === 'network' && view.counts.queued === 5);
    gateway = await startPractice({
      port: Number(new URL(url).port),
      delays: { toOperatorMs: 1, toHandsetMs: 1 },
    });
    await sending.until(id, (view) => view.phase === 'finished');
    expect(counts(id)).toEqual({ delivered: 5 });
    expect([...acceptedTimes(gateway).values()]).toEqual(Array(5).fill(1));
  });

  it('keeps messages seen in the log that were sent elsewhere, once', async () => {
    await fetch(`${gateway.url}/sms/1/text/single`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from('practice:practice').toString('base64')}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ from: 'OtherPC', to: '8801812345678', text: 'From the other computer' }),
    });
    await sending.workspace.reports.sync();
    await sending.workspace.reports.sync();
    const found = sending.workspace.messages.list({ search: 'other computer' }, undefined, 10);
    expect(found.ok && found.value.rows).toMatchObject([
      { origin: 'elsewhere', sender: 'OtherPC', msisdn: '8801812345678', campaignId: null },
    ]);
  });

  it('cancels what has not left, and says how many', async () => {
    await sending.stop();
    sending = startSending({ url: gateway.url, dir: `${folder.dir}/${dir++}`, timings: { hold: 60_000 } });
    const id = await sending.send(numbers(7));
    const cancelled = await sending.workspace.campaigns.cancelRest(id);
    expect(cancelled).toEqual({ ok: true, value: { cancelled: 7 } });
    expect(sending.workspace.campaigns.get(id)?.phase).toBe('finished');
    expect(gateway.journal()).toHaveLength(0);
  });

  it('takes a held campaign back whole, and only a held one', async () => {
    await sending.stop();
    sending = startSending({ url: gateway.url, dir: `${folder.dir}/${dir++}`, timings: { hold: 60_000 } });
    const held = await sending.send(numbers(3), 'Taken back');
    expect(sending.workspace.campaigns.undo(held)).toMatchObject({ ok: true, value: { text: 'Taken back' } });
    expect(sending.workspace.campaigns.undo(held)).toMatchObject({
      ok: false,
      error: { code: 'UNDO_TOO_LATE' },
    });
    expect(gateway.requests().filter(({ path }) => path.includes('single'))).toHaveLength(0);
  });

  it('hands nothing over any more once the rest is cancelled, not even what comes back unsent', async () => {
    gateway.setFaults({ send: { delay: 1 }, delayMs: 80 });
    const id = await sending.send(numbers(60));
    await sending.until(id, (view) => (view.counts.accepted ?? 0) >= 2);
    await sending.workspace.campaigns.cancelRest(id);
    const leaving = sending.workspace.campaigns.get(id)?.counts;
    await sending.until(id, (view) => view.phase === 'finished' || view.phase === 'awaiting-reports');
    const { cancelled = 0 } = counts(id) ?? {};
    // At most the requests that were on their way at that moment were still answered.
    expect(gateway.journal().length).toBeLessThanOrEqual(
      (leaving?.accepted ?? 0) + (leaving?.delivered ?? 0) + 2 * 4,
    );
    expect(gateway.journal().length + cancelled).toBe(60);
  });

  it('cancels an uncertain message of a cancelled campaign that the log does not know, instead of sending it', async () => {
    gateway.setFaults({ sendScript: ['resetBefore'] });
    const id = await sending.send(numbers(1));
    await sending.until(id, (view) => view.counts.uncertain === 1);
    await sending.workspace.campaigns.cancelRest(id);
    await sending.until(id, (view) => view.phase === 'finished');
    expect(counts(id)).toEqual({ cancelled: 1 });
    expect(gateway.journal()).toHaveLength(0);
  });

  it('asks the user before sending again where the log shows another text to the same number', async () => {
    gateway.setFaults({ sendScript: ['resetBefore'] });
    const [number = ''] = numbers(1);
    const id = await sending.send([number], 'As it was written');
    await sending.until(id, (view) => view.counts.uncertain === 1);
    await fetch(`${gateway.url}/sms/1/text/single`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from('practice:practice').toString('base64')}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ from: 'School', to: number, text: 'As the gateway changed it' }),
    });
    await sending.until(id, (view) => view.phase === 'review');
    expect(gateway.journal()).toHaveLength(1);
  });

  it('keeps the messages when a portal or a wrong path answers in place of the gateway', async () => {
    const portal = createServer((request, response) => {
      request.resume();
      response.writeHead(302, { location: 'http://login.example/' });
      response.end();
    });
    await new Promise<void>((resolve) => portal.listen(0, '127.0.0.1', resolve));
    await sending.stop();
    const { port } = portal.address() as AddressInfo;
    sending = startSending({ url: `http://127.0.0.1:${port}`, dir: `${folder.dir}/${dir++}` });
    const id = await sending.send(numbers(5));
    await sending.until(id, (view) => view.phase === 'paused');
    await sending.until(id, (view) => view.counts.queued === 5);
    portal.close();
  });
});
