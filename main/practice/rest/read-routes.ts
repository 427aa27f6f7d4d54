import type { FastifyInstance } from 'fastify';
import { sendAnswer } from '../answering.ts';
import { formatFor, type Desk, type XmlShape } from './desk.ts';
import { TYPES } from './formats.ts';
import type { Query } from './query.ts';
import { findLogs, readLogQuery, readReportQuery, takeReports } from './read.ts';
import { decimal, reportView } from './views.ts';
import { writeXml } from './xml-write.ts';

type Read = { Querystring: Query };

const REPORTS: XmlShape = { root: 'SMSReportResponse', nesting: 'flat' };
const LOGS: XmlShape = { root: 'SMSLogsResponse', nesting: 'doubled' };

/** Adds reports, logs and balance, and says how reports look when they are pushed. */
export function addReadRoutes(app: FastifyInstance, desk: Desk): void {
  const { state } = desk;
  const { settings } = state;

  app.get<Read>('/sms/1/reports', (request, reply) => {
    const account = desk.enter(request);
    const query = readReportQuery(request.query);
    return desk.read(
      request,
      reply,
      () => {
        const results = takeReports(account, query, settings);
        state.counts.reportsHandedOut += results.length;
        return { results };
      },
      REPORTS,
    );
  });

  app.get<Read>('/sms/1/logs', (request, reply) => {
    const account = desk.enter(request);
    const query = readLogQuery(request.query);
    return desk.read(request, reply, () => ({ results: findLogs(account, query, settings) }), LOGS);
  });

  app.get('/account/1/balance', (request, reply) => {
    const account = desk.enter(request);
    const body = { balance: decimal(account.balanceMicros), currency: settings.currency };
    const format = formatFor(request.headers);
    const text = format === 'json' ? JSON.stringify(body) : writeXml('AccountBalance', body, 'flat');
    sendAnswer(reply, { type: TYPES[format], body: text });
    return reply;
  });

  state.pushes.writers.set('application/json', (message) =>
    JSON.stringify({ results: [reportView(message, settings)] }),
  );
  state.pushes.writers.set('application/xml', (message) =>
    writeXml(REPORTS.root, { results: [reportView(message, settings)] }, REPORTS.nesting),
  );
}
