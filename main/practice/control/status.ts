import type { PracticeMessage, PracticeRequest, PracticeStatus } from '#shared/ipc/practice.ts';
import type { Account } from '../core/account.ts';
import type { InboundMessage } from '../core/inbox.ts';
import { standingAt, type Message } from '../core/message.ts';
import type { PracticeState, RequestEntry } from '../core/state.ts';
import type { LegacySettings } from '../legacy/settings.ts';

const LAST_REQUESTS = 100;
const LAST_MESSAGES = 100;
const LAST_INBOUND = 50;
/** Longest body that is shown, in UTF-16 units. */
const BODY_LIMIT = 2_000;

/** Where the gateway can be reached; filled in when it listens. */
export type GatewayAddresses = { url: string; smppUrl: string | null };

/** What the status tells besides what the app's status page shows. */
type Extra = {
  readonly inbox: readonly Pick<InboundMessage, 'id' | 'from' | 'to' | 'text' | 'receivedAt'>[];
  readonly inboxNumbers: readonly string[];
  readonly settings: LegacySettings;
};

/**
 * What the gateway did since it started, for the status page: totals, requests of all users and the messages of one.
 * Times in ms of the gateway's clock, money in micros; nothing in it is a credential.
 */
export function statusOf(
  state: PracticeState,
  account: Account,
  more: {
    readonly startedAt: number;
    readonly addresses: GatewayAddresses;
    readonly settings: LegacySettings;
  },
): PracticeStatus & Extra {
  const now = state.settings.now();
  const { requests, accepted, rejected, reportsHandedOut, faults } = state.counts;
  return {
    ...more.addresses,
    startedAt: more.startedAt,
    balance: { micros: account.balanceMicros, currency: state.settings.currency },
    requests,
    accepted,
    rejected,
    reportsHandedOut,
    faults,
    protocols: protocolsOf(state.requests),
    lastRequests: state.requests.slice(-LAST_REQUESTS).reverse().map(requestView),
    lastMessages: [...first(account.shelf.newestFirst(now), LAST_MESSAGES)].map((message) =>
      messageView(message, now),
    ),
    inbox: account.inbox.logs(LAST_INBOUND).map(({ id, from, to, text, receivedAt }) => ({
      id,
      from,
      to,
      text,
      receivedAt,
    })),
    inboxNumbers: account.inboxNumbers,
    settings: more.settings,
  };
}

function protocolsOf(requests: readonly RequestEntry[]): PracticeStatus['protocols'] {
  const totals = new Map<string, { requests: number; accepted: number }>();
  for (const { protocol, accepted } of requests) {
    const total = totals.get(protocol) ?? { requests: 0, accepted: 0 };
    totals.set(protocol, { requests: total.requests + 1, accepted: total.accepted + accepted });
  }
  return [...totals].map(([name, total]) => ({ name, ...total }));
}

function requestView(entry: RequestEntry): PracticeRequest {
  const { at, protocol, method, path, status, fault, accepted } = entry;
  const shown = entry.body ?? (entry.query === null ? null : `?${entry.query}`);
  return {
    at,
    protocol,
    method,
    path,
    status,
    fault,
    accepted,
    body: shown === null ? null : shown.slice(0, BODY_LIMIT),
  };
}

function messageView(message: Message, now: number): PracticeMessage {
  const { id, from, to, text, parts, receivedAt } = message;
  return { id, from, to, text, parts, status: standingAt(message, now).status.name, receivedAt };
}

function* first<T>(items: Iterable<T>, count: number): Generator<T> {
  let left = count;
  if (left === 0) return;
  for (const item of items) {
    yield item;
    left -= 1;
    if (left === 0) return;
  }
}
