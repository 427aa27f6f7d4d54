import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startPractice, type PracticeGateway } from '../../../main/practice/practice.ts';
import {
  numbers,
  startSending,
  temporaryFolder,
  type Sending,
  type SendingOptions,
} from '../support/sending.ts';

const DO_NOT_DISTURB = '8801999000010';
const MINUTE = 60_000;

let practice: PracticeGateway;
beforeAll(async () => {
  practice = await startPractice({ delays: 20 });
});
afterAll(() => practice.close());

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

function start(more: Partial<SendingOptions> = {}): Sending {
  const folder = temporaryFolder();
  ends.push(folder.remove);
  const sending = startSending({ url: practice.url, dir: folder.dir, perRequest: 10, ...more });
  ends.push(() => sending.stop());
  return sending;
}

const wall = (at: number) => new Date(at).toISOString().slice(11, 16);

describe('the head of a campaign', () => {
  it('says that it waits for the end of the quiet hours, and lets it go at once when told so', async () => {
    const { workspace, send, until } = start();
    const now = Date.now();
    const end = Math.ceil((now + 30 * MINUTE) / MINUTE) * MINUTE;
    workspace.rules.update({
      quiet: { applies: 'promotional', from: wall(now - 30 * MINUTE), until: wall(end), zone: 'UTC' },
    });
    const id = await send(numbers(2), 'Offer', undefined, { options: { transactionClass: 'promotional' } });
    await until(id, ({ phase }) => phase === 'quiet');
    expect(workspace.campaigns.get(id)).toMatchObject({
      quietUntil: end,
      transactionClass: 'promotional',
      counts: { queued: 2 },
    });
    workspace.campaigns.pause(id);
    expect(workspace.campaigns.get(id)).toMatchObject({ phase: 'paused', quietUntil: null });
    workspace.campaigns.resume(id);
    workspace.campaigns.ignoreQuiet(id);
    await until(id, ({ phase }) => phase === 'finished');
    expect(workspace.campaigns.get(id)).toMatchObject({ quietUntil: null, counts: { delivered: 2 } });
  });

  it('follows those who go ahead: the others wait, then leave, or stay until the user decides', async () => {
    const { workspace, send, until } = start({ timings: { hold: 200 } });
    workspace.rules.update({ canary: 2, canaryOver: 3 });
    const small = await send(numbers(3), 'Few');
    expect(workspace.campaigns.get(small)?.canary).toBeNull();
    const good = await send(numbers(4), 'Good');
    expect(workspace.campaigns.get(good)?.canary).toEqual({ size: 2, state: 'waiting' });
    const bad = await send([DO_NOT_DISTURB, ...numbers(4)], 'Bad');
    await until(good, ({ phase }) => phase === 'finished');
    expect(workspace.campaigns.get(good)?.canary).toEqual({ size: 2, state: 'passed' });
    await until(bad, ({ phase }) => phase === 'paused');
    expect(workspace.campaigns.get(bad)).toMatchObject({
      pauseReason: 'canary',
      canary: { size: 2, state: 'stopped' },
      counts: { queued: 3 },
    });
    await workspace.campaigns.cancelRest(bad);
    expect(workspace.campaigns.get(bad)).toMatchObject({ canary: { size: 2, state: 'stopped' } });
  });

  it('keeps apart what was taken back in its undo window and what was cancelled later', async () => {
    const { workspace, send, until } = start({ timings: { hold: 60_000 } });
    const undone = await send(numbers(2), 'Undone');
    workspace.campaigns.undo(undone);
    expect(workspace.campaigns.get(undone)).toMatchObject({ phase: 'finished', takenBack: true });
    const off = await send(numbers(2), 'Cancelled');
    await workspace.campaigns.cancelRest(off);
    await until(off, ({ phase }) => phase === 'finished');
    expect(workspace.campaigns.get(off)).toMatchObject({ counts: { cancelled: 2 }, takenBack: false });
  });

  it('compares what was charged with what those messages were expected to cost, not with the whole', async () => {
    const sending = start();
    sending.learn({
      operator: null,
      class: null,
      pricePerPart: { micros: 500_000, currency: 'BDT' },
    });
    const id = await sending.send([DO_NOT_DISTURB, ...numbers(3)], 'Fees');
    await sending.until(id, ({ phase, charged }) => phase === 'finished' && charged !== null);
    // One of them is not charged yet.
    sending.db.prepare('UPDATE messages SET price_micros = NULL WHERE msisdn = ?').run(numbers(1)[0] ?? '');
    const view = sending.workspace.campaigns.get(id);
    expect(view?.estimated).toEqual({ micros: 4 * 500_000, currency: 'BDT' });
    expect(view?.estimatedOfCharged).toEqual({ micros: 3 * 500_000, currency: 'BDT' });
    expect(view?.failed).toBe(1);
    // The currency of the account was another one for a while: the two make no sum.
    sending.db
      .prepare("UPDATE messages SET price_currency = 'EUR' WHERE msisdn = ?")
      .run(numbers(2)[1] ?? '');
    expect(sending.workspace.campaigns.get(id)).toMatchObject({ charged: null, estimatedOfCharged: null });
    // Older campaigns kept the price of a part alone.
    sending.db.exec('UPDATE campaigns SET estimate_micros = NULL');
    expect(sending.workspace.campaigns.get(id)?.estimated).toEqual({ micros: 4 * 500_000, currency: 'BDT' });
  });
});
