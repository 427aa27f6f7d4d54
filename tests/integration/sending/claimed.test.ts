import { describe, expect, it, onTestFinished } from 'vitest';
import { manualClock } from '../accounts/manual-clock.ts';
import { createModelGateway, type Clearing } from '../support/model-gateway.ts';
import { numbers, startSending, temporaryFolder } from '../support/sending.ts';

/** How many messages of a hundred are marked as leaving while the first requests wait for their answers. */
async function leavingAtOnce(clearing: Clearing): Promise<number> {
  const clock = manualClock();
  const folder = temporaryFolder();
  const { gateway, cutOff } = createModelGateway(clearing, () => clock.now());
  const timings = { hold: 0, claim: 64, concurrency: 2 };
  const app = startSending({ url: 'https://gateway.test', dir: folder.dir, clock, gateway, timings });
  onTestFinished(async () => {
    cutOff(() => false);
    app.abandon();
    await new Promise((resolve) => setImmediate(resolve));
    folder.remove();
  });
  app.workspace.rules.update({ canary: 0 });
  const id = await app.send(numbers(100));
  clock.advance(1);
  await expect.poll(() => app.workspace.campaigns.get(id)?.counts.submitting ?? 0).toBeGreaterThan(0);
  return app.workspace.campaigns.get(id)?.counts.submitting ?? 0;
}

describe('messages that are marked as leaving, and are in doubt when the program dies', () => {
  it('are many where the log or an id of ours tells what became of them', async () => {
    expect(await leavingAtOnce('log')).toBe(64);
    expect(await leavingAtOnce('own-id')).toBe(64);
  });

  it('are no more than those under way where only the user could decide', async () => {
    // Two requests at a time with two recipients each.
    expect(await leavingAtOnce('nobody')).toBe(4);
  });
});
