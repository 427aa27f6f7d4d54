/** Waiting times and sizes of sending and receiving, all in ms unless said otherwise. Tests shorten them; users do not see them. */
export type Timings = {
  /** How long a new campaign is held with Undo; `null`: as the rules say. */
  readonly hold: number | null;
  /** First look into the log for a message whose fate is unknown, after its attempt. */
  readonly firstLook: number;
  /** Second look, after the first. Both must have found nothing before a message is queued again. */
  readonly secondLook: number;
  /** Report pulls while messages are awaited; doubles up to `reportsSlowest` while nothing comes. */
  readonly reportsFastest: number;
  readonly reportsSlowest: number;
  /** Log sweeps while messages are awaited. */
  readonly sweepEvery: number;
  /** Sweeps that go back to the oldest awaited message, at most two days. */
  readonly deepSweepEvery: number;
  /** Waits between tries while the network is gone; the last one repeats. */
  readonly networkBackoff: readonly number[];
  /** First wait before a message is tried again that was turned down for now; grows with each further one. */
  readonly retryAfter: number;
  /** Requests on their way at once, for each account, to begin with. */
  readonly concurrency: number;
  /** Requests on their way at once at most, where the account does not say. */
  readonly mostAtOnce: number;
  /** Messages marked as leaving in one commit when each needs a request of its own. */
  readonly claim: number;
  /** Answers are committed together at the latest after this. */
  readonly flush: number;
};

/** Real accounts: calm towards the gateway, patient with slow logs. */
export const REAL_TIMINGS: Timings = {
  hold: null,
  firstLook: 30_000,
  secondLook: 120_000,
  reportsFastest: 5_000,
  reportsSlowest: 300_000,
  sweepEvery: 600_000,
  deepSweepEvery: 3_600_000,
  networkBackoff: [2_000, 5_000, 10_000, 30_000],
  retryAfter: 60_000,
  concurrency: 4,
  mostAtOnce: 16,
  claim: 64,
  flush: 100,
};

/** Practice: everything can be watched happening. */
export const PRACTICE_TIMINGS: Timings = {
  ...REAL_TIMINGS,
  firstLook: 4_000,
  secondLook: 6_000,
  reportsFastest: 1_000,
  reportsSlowest: 30_000,
  sweepEvery: 30_000,
  deepSweepEvery: 60_000,
  retryAfter: 5_000,
  concurrency: 2,
  mostAtOnce: 2,
  claim: 4,
};
