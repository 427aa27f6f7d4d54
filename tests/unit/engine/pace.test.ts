import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPace } from '../../../main/engine/features/outbox/pace.ts';

function paced(limits: { perSecond?: number; atOnce?: number } = {}, start = 4, most = 16) {
  let now = 1_000;
  const pace = createPace({ monotonic: () => now }, { start, most });
  pace.limit({ perSecond: limits.perSecond ?? null, atOnce: limits.atOnce ?? null });
  return {
    pace,
    pass: (ms: number) => (now += ms),
    /** A request that starts now, is answered after `ms`, and leaves the clock there. */
    answer(ms: number, kind: 'good' | 'overloaded' | 'other' = 'good', messages = 1) {
      const startedAt = now;
      now += ms;
      pace.answered({ messages, startedAt, ms, kind });
    },
  };
}

describe('messages in a second', () => {
  it('are not limited where the account sets no bound', () => {
    const { pace } = paced();
    for (let i = 0; i < 10_000; i++) pace.spend(100);
    expect([pace.wait(), pace.portion]).toEqual([0, null]);
  });

  it('never exceed the bound by more than one burst and one request, in any window', () => {
    const steps = fc.array(
      fc.record({ pause: fc.integer({ min: 0, max: 2_000 }), size: fc.integer({ min: 1, max: 40 }) }),
      { minLength: 1, maxLength: 120 },
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), steps, (perSecond, sent) => {
        const { pace, pass } = paced({ perSecond });
        const left: { at: number; size: number }[] = [];
        let at = 0;
        for (const { pause, size } of sent) {
          at += pause;
          pass(pause);
          for (let wait = pace.wait(); wait > 0; wait = pace.wait()) {
            at += wait;
            pass(wait);
          }
          const messages = Math.min(size, pace.portion ?? size);
          pace.spend(messages);
          left.push({ at, size: messages });
        }
        for (const [i, { at: from }] of left.entries()) {
          let messages = 0;
          for (const one of left.slice(i)) {
            messages += one.size;
            const seconds = (one.at - from) / 1_000;
            expect(messages).toBeLessThanOrEqual(perSecond * seconds + 2 * perSecond + 1);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('are reached, not only kept: waiting as told loses no message', () => {
    const { pace, pass } = paced({ perSecond: 25 });
    let ms = 0;
    for (let i = 0; i < 1_000; i++) {
      for (let wait = pace.wait(); wait > 0; wait = pace.wait()) {
        ms += wait;
        pass(wait);
      }
      pace.spend(1);
    }
    expect(1_000 / (ms / 1_000)).toBeGreaterThan(24);
  });

  it('may be fewer than one, and count what is urgent without holding it', () => {
    const { pace, pass } = paced({ perSecond: 0.5 });
    expect([pace.wait(), pace.portion]).toEqual([0, 1]);
    pace.spend(1);
    expect(pace.wait()).toBe(2_000);
    pace.spend(3);
    expect(pace.wait()).toBe(8_000);
    pass(8_000);
    expect(pace.wait()).toBe(0);
  });

  it('follow a bound that changes', () => {
    const { pace } = paced({ perSecond: 10 });
    pace.spend(10);
    expect(pace.wait()).toBe(100);
    pace.limit({ perSecond: 1, atOnce: null });
    expect(pace.wait()).toBe(1_000);
    pace.limit({ perSecond: null, atOnce: null });
    expect(pace.wait()).toBe(0);
  });
});

describe('requests at once', () => {
  it('grow by one after each row of good answers, up to the bound', () => {
    const { pace, answer } = paced({ atOnce: 6 });
    for (let i = 0; i < 4; i++) answer(20);
    expect(pace.atOnce).toBe(5);
    for (let i = 0; i < 5; i++) answer(20);
    expect(pace.atOnce).toBe(6);
    for (let i = 0; i < 50; i++) answer(20);
    expect(pace.atOnce).toBe(6);
  });

  it('halve once for all the requests that were under way when the gateway was full', () => {
    const { pace, pass } = paced({}, 16);
    const startedAt = 1_000;
    pass(300);
    for (let i = 0; i < 8; i++) pace.answered({ messages: 1, startedAt, ms: 300, kind: 'overloaded' });
    expect(pace.atOnce).toBe(8);
  });

  it('halve when answers take some times as long as they can, and stay when they take longer', () => {
    const { pace, answer } = paced({}, 8);
    for (let i = 0; i < 7; i++) answer(100);
    answer(250);
    for (let i = 0; i < 7; i++) answer(100);
    expect(pace.atOnce).toBe(8);
    answer(600);
    expect(pace.atOnce).toBe(4);
  });

  it('do not take a large request for a slow gateway', () => {
    const { pace, answer } = paced({}, 4);
    for (let i = 0; i < 3; i++) answer(20);
    answer(900, 'good', 1_000);
    expect(pace.atOnce).toBe(5);
  });

  it('stay between one and the bound whatever comes', () => {
    const answers = fc.array(
      fc.tuple(fc.integer({ min: 0, max: 60_000 }), fc.constantFrom('good', 'overloaded', 'other')),
      { maxLength: 200 },
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 32 }), answers, (atOnce, list) => {
        const { pace, answer } = paced({ atOnce });
        for (const [ms, kind] of list) {
          answer(ms, kind);
          expect(pace.atOnce).toBeGreaterThanOrEqual(1);
          expect(pace.atOnce).toBeLessThanOrEqual(atOnce);
        }
      }),
      { numRuns: 50 },
    );
  });
});
