import type { FastifyInstance } from 'fastify';
import { bareNumber } from '../core/addresses.ts';
import type { InboundMessage } from '../core/inbox.ts';
import { writeDate } from './dates.ts';
import type { Desk, XmlShape } from './desk.ts';
import { readLimit, readText, readTime, type Query } from './query.ts';

type Read = { Querystring: Query };

const REPORTS: XmlShape = { root: 'MOReportResponse', nesting: 'doubled' };
const LOGS: XmlShape = { root: 'MOLogsResponse', nesting: 'doubled' };

/** The value of the filter `keyword` that stands for messages without one. */
const NO_KEYWORD = 'NO_KEYWORD';

/** Adds the inbound calls (facts of the platform, "Inbound (MO)"): each message once, and the logs as often as wanted. */
export function addInboxRoutes(app: FastifyInstance, desk: Desk): void {
  const { settings } = desk.state;

  app.get<Read>('/sms/1/inbox/reports', (request, reply) => {
    const { inbox } = desk.enter(request);
    const limit = readLimit(request.query);
    return desk.read(request, reply, () => ({ results: inbox.take(limit).map(view) }), REPORTS);
  });

  app.get<Read>('/sms/1/inbox/logs', (request, reply) => {
    const { inbox } = desk.enter(request);
    const limit = readLimit(request.query);
    const fits = readFilter(request.query);
    return desk.read(request, reply, () => ({ results: inbox.logs(limit, fits).map(view) }), LOGS);
  });

  function view(message: InboundMessage): Record<string, unknown> {
    return {
      messageId: message.id,
      from: message.from,
      to: message.to,
      text: message.text,
      cleanText: message.cleanText,
      keyword: message.keyword,
      receivedAt: writeDate(message.receivedAt, settings.timeZoneOffsetMinutes),
      smsCount: message.parts,
    };
  }
}

function readFilter(query: Query): (message: InboundMessage) => boolean {
  const keyword = readText(query, 'keyword');
  const to = readText(query, 'to');
  const since = readTime(query, 'receivedSince');
  const until = readTime(query, 'receivedUntil');
  const wanted = keyword === NO_KEYWORD ? '' : keyword?.toLowerCase();
  return (message) =>
    (wanted === undefined || message.keyword.toLowerCase() === wanted) &&
    (to === null || bareNumber(message.to) === bareNumber(to)) &&
    (since === null || message.receivedAt >= since) &&
    (until === null || message.receivedAt <= until);
}
