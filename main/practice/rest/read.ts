import type { Account } from '../core/account.ts';
import { bareNumber } from '../core/addresses.ts';
import { STATUS_GROUPS } from '../core/catalogue.ts';
import { standingAt, type Message } from '../core/message.ts';
import { mccmncOf } from '../core/networks.ts';
import type { Settings } from '../core/settings.ts';
import { readLimit, readList, readText, readTime, type Query } from './query.ts';
import { badRequest, RefusedRequest } from './refusals.ts';
import { logView, reportView } from './views.ts';

/** What `GET /sms/1/reports` was asked for. */
export type ReportQuery = {
  readonly bulkIds: ReadonlySet<string> | null;
  readonly messageIds: ReadonlySet<string> | null;
  readonly limit: number;
};

/** Reads the query of `GET /sms/1/reports` ("Getting delivery reports"). Throws {@link RefusedRequest}. */
export function readReportQuery(query: Query): ReportQuery {
  return {
    bulkIds: readList(query, 'bulkId'),
    messageIds: readList(query, 'messageId'),
    limit: readLimit(query),
  };
}

/** Hands out unread reports; whatever is returned counts as read, whether the answer arrives or not. */
export function takeReports(
  account: Account,
  query: ReportQuery,
  settings: Settings,
): Record<string, unknown>[] {
  const { bulkIds, messageIds } = query;
  return account.shelf
    .takeReports(
      query.limit,
      settings.now(),
      ({ bulkId, id }) => (bulkIds?.has(bulkId) ?? true) && (messageIds?.has(id) ?? true),
    )
    .map((message) => reportView(message, settings));
}

/** What `GET /sms/1/logs` was asked for; `null` wherever it does not matter. */
export type LogQuery = ReportQuery & {
  readonly from: string | null;
  readonly to: string | null;
  readonly generalStatus: string | null;
  readonly sentSince: number | null;
  readonly sentUntil: number | null;
  readonly mcc: string | null;
  readonly mnc: string | null;
};

/** Reads the query of `GET /sms/1/logs` ("Getting SMS logs", the table of filters). Throws {@link RefusedRequest}. */
export function readLogQuery(query: Query): LogQuery {
  const generalStatus = readText(query, 'generalStatus');
  if (generalStatus !== null && !STATUS_GROUPS.some((name) => name === generalStatus)) {
    throw new RefusedRequest(badRequest('generalStatus', `must be one of ${STATUS_GROUPS.join(', ')}`));
  }
  return {
    ...readReportQuery(query),
    from: readText(query, 'from'),
    to: readText(query, 'to'),
    generalStatus,
    sentSince: readTime(query, 'sentSince'),
    sentUntil: readTime(query, 'sentUntil'),
    mcc: readText(query, 'mcc'),
    mnc: readText(query, 'mnc'),
  };
}

/** The log entries that fit a query, newest first; the same again as often as asked. */
export function findLogs(account: Account, query: LogQuery, settings: Settings): Record<string, unknown>[] {
  const now = settings.now();
  const { shelf } = account;
  const candidates =
    query.messageIds === null ? shelf.newestFirst(now) : newestFirst(shelf.withIds(query.messageIds, now));
  const found: Record<string, unknown>[] = [];
  for (const message of candidates) {
    if (found.length >= query.limit) break;
    if (fits(message, query, now)) found.push(logView(message, settings));
  }
  return found;
}

function newestFirst(messages: Iterable<Message>): Message[] {
  return [...messages].sort((left, right) => right.receivedAt - left.receivedAt);
}

function fits(message: Message, query: LogQuery, now: number): boolean {
  const { from, to, bulkIds, generalStatus, sentSince, sentUntil, mcc, mnc } = query;
  if (now < message.visibleAt) return false;
  if (from !== null && message.from !== from) return false;
  if (to !== null && bareNumber(message.to) !== bareNumber(to)) return false;
  if (bulkIds !== null && !bulkIds.has(message.bulkId)) return false;
  if (sentSince !== null && message.receivedAt < sentSince) return false;
  if (sentUntil !== null && message.receivedAt > sentUntil) return false;
  const network = mccmncOf(message.to) ?? '';
  if (mcc !== null && network.slice(0, 3) !== mcc) return false;
  if (mnc !== null && network.slice(3) !== mnc) return false;
  return generalStatus === null || standingAt(message, now).status.groupName === generalStatus;
}
