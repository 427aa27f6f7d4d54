import { afterEach, describe, expect, it } from 'vitest';
import { PRACTICE_ACCOUNT_ID } from '#shared/ids.ts';
import { systemClock, type Clock } from '../../../main/engine/clock.ts';
import { startPractice } from '../../../main/practice/practice.ts';
import { startSending, temporaryFolder } from '../support/sending.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** The computer's clock, on which half a minute of waiting is over at once. */
const impatient: Clock = {
  ...systemClock,
  after: (ms, run) => systemClock.after(ms === 30_000 ? 50 : ms, run),
};

describe('an account that receives over an open connection', () => {
  it('gets an SMS while nothing is being sent, and goes on after a restart of the gateway', async () => {
    const practice = await startPractice({ delays: 100 });
    const port = Number(new URL(practice.smppUrl).port);
    const folder = temporaryFolder();
    ends.push(folder.remove);
    const app = startSending({
      url: practice.smppUrl,
      dir: folder.dir,
      protocol: 'smpp',
      clock: impatient,
    });
    ends.push(() => app.stop());
    const texts = () => {
      const page = app.workspace.inbox.thread('8801711000001', undefined, 10);
      return page.ok ? page.value.rows.map(({ text }) => text) : [];
    };
    await expect.poll(() => practice.requests().some(({ path }) => path.includes('bind'))).toBe(true);
    practice.receive('practice', { from: '8801711000001', to: '16000', text: 'খোলা?' });
    await expect.poll(texts).toEqual(['খোলা?']);
    expect(app.workspace.inbox.head().receivingAccounts).toEqual([PRACTICE_ACCOUNT_ID]);

    await practice.close();
    const again = await startPractice({ delays: 100, smppPort: port });
    ends.push(() => again.close());
    await expect
      .poll(() => again.requests().some(({ path }) => path.includes('bind')), { timeout: 10_000 })
      .toBe(true);
    again.receive('practice', { from: '8801711000001', to: '16000', text: 'Still open?' });
    await expect.poll(texts).toEqual(['Still open?', 'খোলা?']);
  });
});
