import type { FastifyInstance } from 'fastify';
import type { Account } from '../core/account.ts';
import type { BulkView } from '../core/bulks.ts';
import { mayDate, mayWord, readBody, refuseField } from './body.ts';
import { writeDate } from './dates.ts';
import type { Desk, XmlShape } from './desk.ts';
import { readText, type Query } from './query.ts';
import { notFound, RefusedRequest } from './refusals.ts';

type Read = { Querystring: Query };

const TIME: XmlShape = { root: 'bulkResponse', nesting: 'flat' };
const STATUS: XmlShape = { root: 'bulkStatusResponse', nesting: 'flat' };

const MAX_AHEAD_MS = 180 * 24 * 3_600_000;

/** Adds the calls on scheduled bulks (facts of the platform, "Bulks & preview"). */
export function addBulkRoutes(app: FastifyInstance, desk: Desk): void {
  const { settings } = desk.state;

  // Published clients write both.
  for (const slash of ['', '/']) {
    app.get<Read>(`/sms/1/bulks${slash}`, (request, reply) => {
      const bulk = find(desk.enter(request), request.query);
      return desk.read(request, reply, () => timeView(bulk), TIME);
    });

    app.get<Read>(`/sms/1/bulks/status${slash}`, (request, reply) => {
      const bulk = find(desk.enter(request), request.query);
      return desk.read(request, reply, () => statusView(bulk), STATUS);
    });

    app.put<Read>(`/sms/1/bulks${slash}`, (request, reply) => {
      const account = desk.enter(request);
      const { bulkId } = find(account, request.query);
      const body = readBody(request.headers['content-type'], request.body);
      const now = settings.now();
      const sendAt = mayDate(body, 'sendAt') ?? refuseField('sendAt', 'must not be empty');
      if (sendAt > now + MAX_AHEAD_MS) refuseField('sendAt', 'must be within 180 days');
      if (!account.bulks.reschedule(bulkId, Math.max(sendAt, now))) {
        refuseField('bulkId', 'cannot be rescheduled');
      }
      return desk.answer(request, reply, timeView(find(account, request.query)), TIME);
    });

    app.put<Read>(`/sms/1/bulks/status${slash}`, (request, reply) => {
      const account = desk.enter(request);
      const { bulkId } = find(account, request.query);
      const body = readBody(request.headers['content-type'], request.body);
      const wanted =
        mayWord(body, 'status', ['PENDING', 'PAUSED', 'CANCELED'] as const) ??
        refuseField('status', 'must not be empty');
      if (!account.bulks.setStatus(bulkId, wanted, settings.now())) {
        refuseField('status', 'cannot be changed');
      }
      return desk.answer(request, reply, statusView(find(account, request.query)), STATUS);
    });
  }

  function find(account: Account, query: Query): BulkView {
    const bulkId = readText(query, 'bulkId') ?? refuseField('bulkId', 'must not be empty');
    const bulk = account.bulks.view(bulkId, settings.now());
    if (bulk === null) throw new RefusedRequest(notFound('Bulk'));
    return bulk;
  }

  function timeView({ bulkId, sendAt }: BulkView): object {
    return { bulkId, sendAt: writeDate(sendAt, settings.timeZoneOffsetMinutes) };
  }

  function statusView({ bulkId, status }: BulkView): object {
    return { bulkId, status };
  }
}
