import { Account } from './account.ts';
import {
  rollFaults,
  seededRandom,
  type FaultDice,
  type FaultPlan,
  type ReadFault,
  type SendFault,
} from './faults.ts';
import type { InboundMessage } from './inbox.ts';
import { openPushes, type Pushes } from './pushes.ts';
import { redact, redactQuery } from './redact.ts';
import { openRelease } from './release.ts';
import type { Settings } from './settings.ts';

/** One request as the gateway saw it, whatever became of the answer. Holds no password and no key. */
export type RequestEntry = {
  /** Gateway time of its arrival, in ms. */
  readonly at: number;
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** Which API it belongs to: `rest`, or the name that another protocol sets. */
  protocol: string;
  /** The query with its credentials replaced; `null` when there was none, and for all but the last 200 requests. */
  query: string | null;
  /** The body, the same way, at most 8,192 UTF-16 units. */
  body: string | null;
  user: string | null;
  /** HTTP status (SMPP: `command_status`) of a complete answer; `null` while there is none, or never was one. */
  status: number | null;
  fault: SendFault | ReadFault | null;
  /** Messages that this request made the gateway accept. */
  accepted: number;
};

/** Hears of a message that a phone sent to a number of an account. */
export type InboundListener = (account: Account, message: InboundMessage) => void;

/** Everything the protocols of one practice gateway share. */
export type PracticeState = {
  readonly settings: Settings;
  readonly accounts: ReadonlyMap<string, Account>;
  readonly requests: readonly RequestEntry[];
  readonly counts: Counts;
  readonly pushes: Pushes;
  dice: FaultDice;
  /** Remembers a request and gives back the entry to complete. */
  see(
    method: string,
    path: string,
    more?: { readonly protocol?: string; readonly query?: string },
  ): RequestEntry;
  /** Keeps the body of a request with it, without credentials. */
  keepBody(entry: RequestEntry, body: Uint8Array | string): void;
  /** Calls a listener for every inbound message from now on; the result ends that. */
  onInbound(listener: InboundListener): () => void;
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

/** Requests whose query and body are kept. */
const DETAIL_LIMIT = 200;

/** Longest body kept, in bytes read and UTF-16 units kept. */
const BODY_LIMIT = 8_192;

/** A new, empty gateway; `closing` ends what it does by itself. */
export function openState(settings: Settings, closing: AbortSignal): PracticeState {
  const random = seededRandom(settings.seed);
  const requests: RequestEntry[] = [];
  const detailed: RequestEntry[] = [];
  const listeners = new Set<InboundListener>();
  const tries = new Map<string, number>();
  const pushes = openPushes(settings, closing);
  const withSeed = (plan: FaultPlan): FaultPlan => ({ seed: settings.seed, ...plan });
  const around = {
    settings,
    random,
    onInbound: (account: Account, message: InboundMessage): void => {
      for (const listener of listeners) listener(account, message);
    },
    onPushable: pushes.addReport,
    onWaiting: openRelease(closing).watch,
  };
  const state: PracticeState = {
    settings,
    accounts: new Map(settings.users.map((login) => [login.user, new Account(login, around)])),
    requests,
    counts: { requests: 0, accepted: 0, rejected: 0, chargedMicros: 0, reportsHandedOut: 0, faults: 0 },
    pushes,
    dice: rollFaults(withSeed(settings.faults)),
    see(method, path, { protocol = 'rest', query = '' } = {}) {
      if (requests.length >= REQUEST_LIMIT) requests.splice(0, REQUEST_LIMIT / 2);
      const entry: RequestEntry = {
        at: settings.now(),
        method,
        path,
        protocol,
        query: query === '' ? null : redactQuery(query.slice(0, BODY_LIMIT)),
        body: null,
        user: null,
        status: null,
        fault: null,
        accepted: 0,
      };
      requests.push(entry);
      detailed.push(entry);
      const old = detailed.length > DETAIL_LIMIT ? detailed.shift() : undefined;
      if (old !== undefined) Object.assign(old, { query: null, body: null });
      state.counts.requests += 1;
      return entry;
    },
    keepBody(entry, body) {
      const text = typeof body === 'string' ? body : new TextDecoder().decode(body.subarray(0, BODY_LIMIT));
      if (text !== '') entry.body = redact(text.slice(0, BODY_LIMIT)).slice(0, BODY_LIMIT);
    },
    onInbound(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
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
