import { Account } from './account.ts';
import {
  rollFaults,
  seededRandom,
  type FaultDice,
  type FaultPlan,
  type ReadFault,
  type SendFault,
} from './faults.ts';
import type { Settings } from './settings.ts';

/** One request as the gateway saw it, whatever became of the answer. */
export type RequestEntry = {
  /** Gateway time of its arrival, in ms. */
  readonly at: number;
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  user: string | null;
  /** HTTP status of a complete answer; `null` while there is none, or when there never was one. */
  status: number | null;
  fault: SendFault | ReadFault | null;
  /** Messages that this request made the gateway accept. */
  accepted: number;
};

/** Everything the protocols of one practice gateway share. */
export type PracticeState = {
  readonly settings: Settings;
  readonly accounts: ReadonlyMap<string, Account>;
  readonly requests: readonly RequestEntry[];
  readonly counts: Counts;
  dice: FaultDice;
  /** Remembers a request and gives back the entry to complete. */
  see(method: string, path: string): RequestEntry;
  /** Counts tries with a number whose fault lets every second one through; gives the number of this try, from 1. */
  nextTry(user: string, to: string): number;
  play(plan: FaultPlan): void;
};

/** Totals since the start, not lowered when messages expire. */
export type Counts = {
  requests: number;
  accepted: number;
  rejected: number;
  chargedMicros: number;
  reportsHandedOut: number;
  faults: number;
};

/** Requests remembered at most; the older half goes when it is full. */
const REQUEST_LIMIT = 100_000;

/** A new, empty gateway. */
export function openState(settings: Settings): PracticeState {
  const random = seededRandom(settings.seed);
  const requests: RequestEntry[] = [];
  const tries = new Map<string, number>();
  const withSeed = (plan: FaultPlan): FaultPlan => ({ seed: settings.seed, ...plan });
  const state: PracticeState = {
    settings,
    accounts: new Map(settings.users.map((login) => [login.user, new Account(login, settings, random)])),
    requests,
    counts: { requests: 0, accepted: 0, rejected: 0, chargedMicros: 0, reportsHandedOut: 0, faults: 0 },
    dice: rollFaults(withSeed(settings.faults)),
    see(method, path) {
      if (requests.length >= REQUEST_LIMIT) requests.splice(0, REQUEST_LIMIT / 2);
      const entry: RequestEntry = {
        at: settings.now(),
        method,
        path,
        user: null,
        status: null,
        fault: null,
        accepted: 0,
      };
      requests.push(entry);
      state.counts.requests += 1;
      return entry;
    },
    nextTry(user, to) {
      const key = JSON.stringify([user, to]);
      const count = (tries.get(key) ?? 0) + 1;
      tries.set(key, count);
      return count;
    },
    play(plan) {
      state.dice = rollFaults(withSeed(plan));
    },
  };
  return state;
}
