import type { Clock } from '../../clock.ts';

/** Bounds that an account sets; `null`: none of its own. */
export type PaceLimits = {
  /** Messages handed over in a second at most. */
  readonly perSecond: number | null;
  /** Requests on their way at once at most. */
  readonly atOnce: number | null;
};

/** What a request showed of how its gateway copes. Times in monotonic ms. */
export type PaceAnswer = {
  readonly messages: number;
  readonly startedAt: number;
  readonly ms: number;
  /** `overloaded`: told to wait, or no answer in time. `other`: says nothing about it. */
  readonly kind: 'good' | 'overloaded' | 'other';
};

/** An answer that takes this many times its best is one of a gateway that is given too much. */
const TOO_SLOW = 4;
/** An answer may take this many times its best while more requests are still tried. */
const GROWING = 1.5;
/** Differences below this (ms) are the weather, not the gateway. */
const WEATHER_MS = 50;
/** How fast a best time is forgotten, so that a line that has become slower is not taken for a fault for ever: per answer. */
const FORGETTING = 1.01;

/**
 * How fast one account's messages may leave: a token bucket for the messages of a second, and a number of requests at once that grows by
 * one after each row of good answers and halves when the gateway is given too much (additive increase, multiplicative decrease).
 *
 * @param start requests at once to begin with
 * @param most requests at once at most, where the account sets no bound
 */
export function createPace(
  clock: Pick<Clock, 'monotonic'>,
  { start, most }: { readonly start: number; readonly most: number },
) {
  let perSecond: number | null = null;
  let ceiling = Math.max(start, most);
  let atOnce = Math.max(1, start);
  let tokens = 0;
  let filledAt = clock.monotonic();
  let goodRun = 0;
  /** Answers to requests that started before these tell of the time before the number was changed, or before it was halved. */
  let changedAt = -Infinity;
  let halvedAt = -Infinity;
  /** Best times (ms) by the size of the request: a thousand messages take longer than one. */
  const best = new Map<number, number>();

  const burst = () => Math.max(1, perSecond ?? 0);

  function fill(): void {
    const now = clock.monotonic();
    if (perSecond !== null) tokens = Math.min(burst(), tokens + ((now - filledAt) * perSecond) / 1_000);
    filledAt = now;
  }

  function halve(): void {
    atOnce = Math.max(1, Math.floor(atOnce / 2));
    halvedAt = changedAt = clock.monotonic();
    goodRun = 0;
  }

  return {
    /** Takes the bounds of the account, which may have changed. */
    limit(limits: PaceLimits): void {
      fill();
      if (limits.perSecond !== perSecond) {
        const before = perSecond;
        perSecond = limits.perSecond;
        tokens = before === null ? burst() : Math.min(tokens, burst());
      }
      ceiling = limits.atOnce ?? Math.max(start, most);
      atOnce = Math.min(atOnce, ceiling);
    },

    /** Requests that may be on their way now, one at least. */
    get atOnce() {
      return atOnce;
    },

    /** Messages that one request, and one claim, may have so that the bucket can hold them; `null`: any number. */
    get portion() {
      return perSecond === null ? null : Math.max(1, Math.floor(perSecond));
    },

    /** How long (ms) until the next request may leave; 0: now. What is urgent need not ask. */
    wait(): number {
      fill();
      if (perSecond === null || tokens >= 1) return 0;
      return Math.max(1, Math.ceil(((1 - tokens) / perSecond) * 1_000));
    },

    /** Messages left: more than the bucket held makes the next ones wait longer. */
    spend(messages: number): void {
      fill();
      if (perSecond !== null) tokens -= messages;
    },

    /** Learns from a request that is over. */
    answered({ messages, startedAt, ms, kind }: PaceAnswer): void {
      if (kind === 'other' || startedAt < halvedAt) return;
      if (kind === 'overloaded') return halve();
      const size = Math.floor(Math.log2(Math.max(1, messages)));
      const fastest = Math.min(ms, (best.get(size) ?? ms) * FORGETTING);
      best.set(size, fastest);
      if (ms > fastest * TOO_SLOW + WEATHER_MS) return halve();
      if (startedAt < changedAt) return;
      goodRun = ms <= fastest * GROWING + WEATHER_MS ? goodRun + 1 : 0;
      if (goodRun < atOnce || atOnce >= ceiling) return;
      atOnce++;
      goodRun = 0;
      changedAt = clock.monotonic();
    },
  };
}

/** {@link createPace}'s value. */
export type Pace = ReturnType<typeof createPace>;
