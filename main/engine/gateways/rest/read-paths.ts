import type { InboxQuery, LogQuery, ReportQuery } from '../gateway.ts';
import { withQuery } from '../parameters.ts';
import { requestTime } from './request-time.ts';

/** Path and query of `GET /sms/1/reports` (API document, "Getting delivery reports"); ids are separated by commas. */
export function reportsPath(query: ReportQuery): string {
  return withQuery('/sms/1/reports', [
    ['bulkId', query.bulkId],
    ['messageId', query.messageIds],
    ['limit', query.limit?.toString()],
  ]);
}

/**
 * Path and query of `GET /sms/1/logs` with every filter of the API document ("Getting SMS logs"). Lists of ids are
 * separated by commas; times carry their offset with a colon (facts of the platform, "Logs").
 */
export function logsPath(query: LogQuery): string {
  return withQuery('/sms/1/logs', [
    ['from', query.from],
    ['to', query.to],
    ['bulkId', query.bulkIds],
    ['messageId', query.messageIds],
    ['generalStatus', query.generalStatus],
    ['sentSince', requestTime(query.sentSince)],
    ['sentUntil', requestTime(query.sentUntil)],
    ['limit', query.limit?.toString()],
    ['mcc', query.mcc],
    ['mnc', query.mnc],
  ]);
}

/**
 * Path and query of `GET /sms/1/inbox/reports`, which hands each message out once and knows no filter but `limit`, or of
 * `GET /sms/1/inbox/logs` with every filter (facts of the platform, "Inbound").
 */
export function inboxPath(query: InboxQuery): string {
  const limit = query.limit?.toString();
  if (!query.logs) return withQuery('/sms/1/inbox/reports', [['limit', limit]]);
  return withQuery('/sms/1/inbox/logs', [
    ['limit', limit],
    ['keyword', query.keyword],
    ['to', query.to],
    ['receivedSince', requestTime(query.since)],
    ['receivedUntil', requestTime(query.until)],
  ]);
}
