import type { LogQuery, ReportQuery } from '../gateway.ts';

/** Path and query of `GET /sms/1/reports` (API document, "Getting delivery reports"). */
export function reportsPath(query: ReportQuery): string {
  return withQuery('/sms/1/reports', [
    ['bulkId', query.bulkId],
    ['messageId', query.messageId],
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

/** Range of an instant that has a four-digit year, in ms since the epoch. */
const FIRST = Date.UTC(1970, 0, 1);
const LAST = Date.UTC(9999, 11, 31);

/** `2015-02-22T16:42:05.390+00:00`; times outside the four-digit years are moved to their border. */
function requestTime(ms: number | undefined): string | undefined {
  if (ms === undefined || Number.isNaN(ms)) return undefined;
  const instant = new Date(Math.min(Math.max(ms, FIRST), LAST));
  return instant.toISOString().replace('Z', '+00:00');
}

/** Encodes what is given; half a surrogate pair becomes U+FFFD instead of an exception. */
function withQuery(
  path: string,
  parameters: readonly (readonly [string, string | readonly string[] | undefined])[],
): string {
  const query = new URLSearchParams();
  for (const [name, value] of parameters) {
    if (value === undefined || value.length === 0) continue;
    query.append(name, typeof value === 'string' ? value : value.join(','));
  }
  return query.size === 0 ? path : `${path}?${query}`;
}
