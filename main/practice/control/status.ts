import type { Account } from '../core/account.ts';
import { standingAt, type Message } from '../core/message.ts';
import type { PracticeState, RequestEntry } from '../core/state.ts';
import type { LegacySettings } from '../legacy/settings.ts';

const LAST_REQUESTS = 100;
const LAST_MESSAGES = 100;
const LAST_INBOUND = 50;
/** Longest body that is shown, in UTF-16 units. */
const BODY_LIMIT = 2_000;

/**
 * What the gateway did since it started, for the status page: totals, requests of all users and the messages of one.
 * Times in ms of the gateway's clock, money in micros; nothing in it is a credential.
 */
export function statusOf(
  state: PracticeState,
  account: Account,
  more: { readonly startedAt: number; readonly settings: LegacySettings },
): Record<string, unknown> {
  const now = state.settings.now();
  return {
    startedAt: more.startedAt,
    counts: state.counts,
    balanceMicros: account.balanceMicros,
    currency: state.settings.currency,
    protocols: protocolsOf(state.requests),
    requests: state.requests.slice(-LAST_REQUESTS).reverse().map(requestView),
    messages: [...first(account.shelf.newestFirst(now), LAST_MESSAGES)].map((message) =>
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

function protocolsOf(
  requests: readonly RequestEntry[],
): Record<string, { readonly requests: number; readonly accepted: number }> {
  const totals = new Map<string, { requests: number; accepted: number }>();
  for (const { protocol, accepted } of requests) {
    const total = totals.get(protocol) ?? { requests: 0, accepted: 0 };
    totals.set(protocol, { requests: total.requests + 1, accepted: total.accepted + accepted });
  }
  return Object.fromEntries(totals);
}

function requestView(entry: RequestEntry): Record<string, unknown> {
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

function messageView(message: Message, now: number): Record<string, unknown> {
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
