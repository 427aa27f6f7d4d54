import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { manualClock } from '../accounts/manual-clock.ts';
import { createModelGateway, type Ending, type Fate } from '../support/model-gateway.ts';
import { numbers, startSending, temporaryFolder, type Sending } from '../support/sending.ts';

describe('what decides whether messages leave', () => {
  const folder = temporaryFolder();
  let clock: ReturnType<typeof manualClock>;
  let model: ReturnType<typeof createModelGateway>;
  let sending: Sending;
  let dir = 0;

  const start = () =>
    startSending({
      url: 'https://gateway.test',
      dir: `${folder.dir}/${dir}`,
      clock,
      gateway: model.gateway,
      timings: { hold: 1_000, concurrency: 2, retryAfter: 60_000, networkBackoff: [60_000] },
    });
  beforeEach(() => {
    dir++;
    clock = manualClock();
    model = createModelGateway('log', () => clock.now());
    sending = start();
  });
  afterEach(async () => {
    model.cutOff(() => false);
    sending.abandon();
    await quiet();
  });

  /** Everything that was set off has run until it waits for the gateway or for the time. */
  async function quiet(): Promise<void> {
    for (let turn = 0; turn < 6; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
  }
  async function pass(ms: number): Promise<void> {
    clock.advance(ms);
    await quiet();
  }
  /** Ends the requests that wait now. */
  async function end(ending: Ending): Promise<void> {
    for (const request of model.waiting()) model.end(request, ending);
    await quiet();
  }
  const answer = (...fates: Fate[]) => end({ kind: 'answered', fates });
  const view = (id: number) => sending.workspace.campaigns.get(id);
  const leaving = () => model.waiting().flatMap(({ messages }) => messages.map(({ to }) => to));

  describe('some that go ahead', () => {
    it('stop a campaign when one of them is refused for now, until the user lets it go on', async () => {
      const id = await sending.send(numbers(120));
      await pass(1_000);
      await answer('taken', 'not-now');
      expect(view(id)).toMatchObject({ pauseReason: 'canary', counts: { accepted: 2, queued: 118 } });
      sending.workspace.campaigns.resume(id);
      await quiet();
      expect(leaving()).toHaveLength(4);
    });

    it('do not stop it twice when all of them are refused for now', async () => {
      const id = await sending.send(numbers(120));
      await pass(1_000);
      await answer('not-now');
      expect(view(id)?.pauseReason).toBe('canary');
      sending.workspace.campaigns.resume(id);
      await quiet();
      expect(view(id)?.pauseReason).toBe(null);
      expect(leaving()).toEqual(numbers(4, 4));
    });

    it('are others where none of them left', async () => {
      const id = await sending.send(numbers(120));
      sending.db
        .prepare(
          "UPDATE messages SET state = 'left-out', reason = 'do-not-message' WHERE campaign_id = ? AND msisdn <= ?",
        )
        .run(id, numbers(5)[4] ?? '');
      await pass(1_000);
      expect(leaving()).toEqual(numbers(4, 5));
      expect(view(id)?.canary).toEqual({ size: 5, state: 'waiting' });
      await answer('taken');
      await answer('taken');
      expect(view(id)?.canary).toEqual({ size: 5, state: 'passed' });
    });
  });
});
