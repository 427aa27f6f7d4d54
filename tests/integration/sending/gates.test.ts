import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Gateway } from '../../../main/engine/gateways/gateway.ts';
import { manualClock } from '../accounts/manual-clock.ts';
import { createModelGateway, type Ending, type Fate } from '../support/model-gateway.ts';
import {
  numbers,
  startSending,
  temporaryFolder,
  type Sending,
  type SendingOptions,
} from '../support/sending.ts';

describe('what decides whether messages leave', () => {
  const folder = temporaryFolder();
  let clock: ReturnType<typeof manualClock>;
  let model: ReturnType<typeof createModelGateway>;
  let sending: Sending;
  let dir = 0;

  let balances = 0;

  const start = (more: Partial<SendingOptions> = {}) =>
    startSending({
      url: 'https://gateway.test',
      dir: `${folder.dir}/${dir}`,
      clock,
      gateway: {
        ...model.gateway,
        balance() {
          balances++;
          return model.gateway.balance();
        },
      },
      ...more,
      timings: { hold: 1_000, concurrency: 2, retryAfter: 60_000, networkBackoff: [60_000] },
    });
  beforeEach(() => {
    dir++;
    balances = 0;
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
  /** The program is not there for so long (ms); the computer's clock may be put back meanwhile. */
  async function away(ms: number, more: Partial<SendingOptions> = {}): Promise<void> {
    model.cutOff(() => false);
    sending.abandon();
    await quiet();
    clock = manualClock(clock.now() + ms);
    sending = start(more);
    await quiet();
  }
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

  it.each(Array.from({ length: 12 }, (_, index) => index + 1))(
    'sends what is due again although its timer fires %i ms early and time goes by while the queue is looked through',
    async (early) => {
      sending.abandon();
      dir++;
      const still = clock;
      let passed: number | null = null;
      sending = start({
        clock: {
          ...still,
          now: () => still.now() + (passed === null ? 0 : passed++),
          after: (ms, run) => still.after(passed === null ? Math.max(0, ms - early) : ms, run),
        },
      });
      const id = await sending.send(numbers(1));
      await pass(1_000);
      await answer('not-now');
      expect(view(id)?.counts).toEqual({ queued: 1 });
      passed = 0;
      await pass(60_000 - early);
      await pass(100);
      expect(leaving()).toEqual(numbers(1));
    },
  );

  it('marks nothing as leaving, however urgent, while nothing may leave', async () => {
    await sending.send(numbers(20));
    await pass(1_000);
    await end({ kind: 'not-sent' });
    const urgent = await sending.send(numbers(1, 900), 'The meeting is cancelled.');
    await pass(1_000);
    expect(view(urgent)?.counts).toEqual({ queued: 1 });
    await pass(60_000);
    expect(leaving()).toContain(numbers(1, 900)[0]);
  });

  describe('quiet hours that ended while the program was not there', () => {
    const HOUR = 3_600_000;
    // The clock of the tests starts at 11:06.
    const quietHours = { applies: 'all', from: '11:00', until: '12:00', zone: 'UTC' } as const;
    let id: number;
    beforeEach(async () => {
      sending.workspace.rules.update({ quiet: quietHours });
      id = await sending.send(numbers(4));
      await pass(1_000);
      expect(view(id)?.counts).toEqual({ queued: 4 });
    });

    it('leave a sending to the user when that is long ago', async () => {
      await away(3 * HOUR);
      expect(view(id)?.pauseReason).toBe('overdue');
      sending.workspace.campaigns.resume(id);
      await quiet();
      expect(leaving()).toEqual(numbers(4));
    });

    it('let it go on when they ended a moment ago', async () => {
      await away(HOUR);
      expect(view(id)?.pauseReason).toBe(null);
      expect(leaving()).toEqual(numbers(4));
    });

    it('leave a sending to the user too when the computer slept until long after', async () => {
      await pass(3 * HOUR);
      expect(view(id)?.pauseReason).toBe('overdue');
      expect(leaving()).toEqual([]);
    });

    it('let it go on when the computer was awake, or slept until a moment ago', async () => {
      for (let minute = 0; minute < 50; minute++) await pass(60_000);
      expect(leaving()).toEqual([]);
      await pass(10 * 60_000);
      expect(view(id)?.pauseReason).toBe(null);
      expect(leaving()).toEqual(numbers(4));
    });

    it('leave it to the user also when an answer comes before anything else after the sleep', async () => {
      let asleep = 0;
      await away(0, {
        clock: {
          now: () => clock.now() + asleep,
          monotonic: () => clock.monotonic(),
          after: (ms, run) => clock.after(ms, run),
        },
      });
      const other = await sending.send(numbers(1, 900), 'Office closed', undefined, { ignoreQuiet: true });
      await pass(1_000);
      expect(leaving()).toEqual(numbers(1, 900));
      asleep = 3 * HOUR;
      await answer('taken');
      await quiet();
      expect(view(id)?.pauseReason).toBe('overdue');
      expect(leaving()).toEqual([]);
      expect(view(other)?.counts).toEqual({ accepted: 1 });
    });
  });

  describe('a sending for now that the program was not there to send', () => {
    const MINUTE = 60_000;

    it('is left to the user when its undo time ended long ago, and goes when they say so', async () => {
      const id = await sending.send(numbers(4));
      await away(16 * MINUTE);
      await pass(1_000);
      expect(view(id)).toMatchObject({ phase: 'paused', pauseReason: 'overdue', counts: { held: 4 } });
      expect(leaving()).toEqual([]);
      sending.workspace.campaigns.resume(id);
      await quiet();
      expect(leaving()).toEqual(numbers(4));
    });

    it('goes by itself when that was a moment ago, or the clock was put back', async () => {
      const id = await sending.send(numbers(2));
      await away(10 * MINUTE);
      expect(leaving()).toEqual(numbers(2));
      const other = await sending.send(numbers(2, 50), 'Office closed');
      await away(-30 * 24 * 60 * MINUTE);
      expect([view(id)?.pauseReason, view(other)?.pauseReason]).toEqual([null, null]);
      expect(leaving()).toEqual(expect.arrayContaining(numbers(2, 50)));
    });

    it('is left to the user also where it waited behind another, which goes on; and they are asked once', async () => {
      sending.workspace.rules.update({ urgentUpTo: 0, canary: 0 });
      const first = await sending.send(numbers(120));
      await pass(1_000);
      await answer('taken');
      const second = await sending.send(numbers(2, 500), 'Office closed');
      await pass(1_000);
      expect(view(second)?.counts).toEqual({ queued: 2 });
      await away(3 * 60 * MINUTE);
      expect(view(first)?.pauseReason).toBe(null);
      expect(view(second)?.pauseReason).toBe('overdue');
      sending.workspace.campaigns.resume(second);
      await away(MINUTE);
      expect(view(second)?.pauseReason).toBe(null);
    });

    it('goes at once when the user, who had paused it meanwhile, lets it go on', async () => {
      const id = await sending.send(numbers(2));
      sending.workspace.campaigns.pause(id);
      await away(3 * 60 * MINUTE);
      expect(view(id)?.pauseReason).toBe('user');
      sending.workspace.campaigns.resume(id);
      await quiet();
      expect(leaving()).toEqual(numbers(2));
    });

    it('is not late while the quiet hours kept it', async () => {
      // The clock of the tests starts at 11:06.
      sending.workspace.rules.update({
        quiet: { applies: 'all', from: '11:00', until: '12:00', zone: 'UTC' },
      });
      const id = await sending.send(numbers(2));
      await away(60 * MINUTE);
      expect(view(id)?.pauseReason).toBe(null);
      expect(leaving()).toEqual(numbers(2));
    });
  });

  it('is busy between two messages of an account that lets few of them leave', async () => {
    await away(0, { accountOptions: { perSecond: 1 } });
    balances = 0;
    const id = await sending.send(numbers(12));
    await pass(1_000);
    const asked: number[] = [];
    for (let second = 0; second < 11; second++) {
      await answer('taken');
      asked.push(balances);
      await pass(1_000);
    }
    expect(view(id)?.counts).toEqual({ accepted: 12 });
    expect(asked.slice(0, 10)).toEqual(Array(10).fill(0));
    expect(balances).toBe(1);
  });

  it('does not wait for a time that came from a wrong clock', async () => {
    const id = await sending.send(numbers(1));
    await pass(1_000);
    await answer('not-now');
    expect(view(id)?.counts).toEqual({ queued: 1 });
    await away(-30 * 86_400_000);
    await pass(1_000);
    expect(leaving()).toEqual(numbers(1));
    await end({ kind: 'silence', taken: true });
    await away(-30 * 86_400_000);
    await pass(1_000);
    expect(view(id)?.counts).toEqual({ accepted: 1 });
  });

  it('keeps what was answered while the store could not be written', async () => {
    const id = await sending.send(numbers(2));
    await pass(1_000);
    sending.db.exec(
      "CREATE TRIGGER full BEFORE UPDATE ON messages BEGIN SELECT RAISE(ABORT, 'disk is full'); END",
    );
    await answer('taken');
    expect(view(id)?.counts).toEqual({ submitting: 2 });
    sending.db.exec('DROP TRIGGER full');
    await sending.stop();
    const waiting = clock.pending();
    sending = start();
    expect(view(id)?.counts).toEqual({ accepted: 2 });
    expect(waiting).toBe(0);
  });

  it('does not judge an attempt by a look that was made for the one before', async () => {
    const looks: (() => void)[] = [];
    let isHeld = false;
    const gateway: Gateway = {
      ...model.gateway,
      async fetchLogs(query) {
        const seen = await model.gateway.fetchLogs(query);
        if (isHeld) await new Promise<void>((resolve) => looks.push(resolve));
        return seen;
      },
    };
    await away(0, { gateway });
    const id = await sending.send(numbers(1));
    await pass(1_000);
    await end({ kind: 'silence', taken: false });
    for (let step = 0; step < 6 && isHeld === false; step++) {
      await pass(100);
      const [row] = sending.db.prepare('SELECT id, looks FROM messages').all();
      if (row?.['looks'] === 1) isHeld = true;
    }
    for (let step = 0; step < 20 && looks.length === 0; step++) await pass(100);
    expect(looks.length).toBeGreaterThan(0);
    isHeld = false;
    const [row] = sending.db.prepare('SELECT id FROM messages').all();
    await sending.workspace.outbox.settleUncertain(id, [Number(row?.['id'])], 'send-again');
    await quiet();
    await end({ kind: 'silence', taken: true });
    expect(view(id)?.counts).toEqual({ uncertain: 1 });
    clock.advance(200);
    for (const answered of looks) answered();
    for (let step = 0; step < 10; step++) await pass(100);
    expect(view(id)?.counts).toEqual({ accepted: 1 });
    expect(model.taken).toHaveLength(1);
    expect(leaving()).toEqual([]);
  });
});
