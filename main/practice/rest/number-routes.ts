import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { drop } from '../answering.ts';
import { bareNumber } from '../core/addresses.ts';
import { gsmErrorView, STATUS, statusView } from '../core/catalogue.ts';
import type { Lookup } from '../core/lookups.ts';
import { lookupMagicOf } from '../core/magic.ts';
import { failBefore } from './answer.ts';
import { needTexts, readBody, refuseField } from './body.ts';
import { writeDate } from './dates.ts';
import { formatFor, type Desk, type XmlShape } from './desk.ts';
import { TYPES, type Format } from './formats.ts';
import { readNotify } from './message-objects.ts';
import { readLimit, readList, readText, readTime, type Query } from './query.ts';
import { decimal } from './views.ts';
import { writeXml } from './xml-write.ts';

const ANSWER: XmlShape = { root: 'NCResponse', nesting: 'doubled' };
const ASYNC: XmlShape = { root: 'NCResponseAsync', nesting: 'doubled' };
const LOGS: XmlShape = { root: 'NCLogsResponse', nesting: 'doubled' };

const QUERY_LIMIT = 1_000;

type Read = { Querystring: Query };

/**
 * Adds the number lookups (facts of the platform, "Number Context / HLR"): answered at once, pushed later, and in the
 * logs.
 */
export function addNumberRoutes(app: FastifyInstance, desk: Desk): void {
  const { settings, pushes } = desk.state;

  app.post('/number/1/query', async (request, reply) => {
    const account = desk.enter(request);
    const to = needTexts(readBody(request.headers['content-type'], request.body), 'to');
    if (to.length > QUERY_LIMIT) refuseField('to', `more than ${QUERY_LIMIT} numbers: use /number/1/notify`);
    desk.note(request, desk.state.dice.read());
    if (failBefore(reply, request.seen.fault)) return reply;
    const lookups = account.lookups.make(to);
    if (to.some((number) => lookupMagicOf(number) === 'lost')) {
      desk.note(request, 'drop');
      drop(reply);
      return reply;
    }
    const format = formatFor(request.headers);
    return desk.answer(request, reply, resultsBody(lookups, format), ANSWER);
  });

  app.post('/number/1/notify', (request, reply) => {
    const account = desk.enter(request);
    const body = readBody(request.headers['content-type'], request.body);
    const to = needTexts(body, 'to');
    const notify = readNotify(body);
    return desk.read(
      request,
      reply,
      () => {
        const lookups = account.lookups.make(to, randomUUID());
        if (notify !== null) {
          const format: Format = notify.contentType === TYPES.xml ? 'xml' : 'json';
          pushes.add({
            url: notify.url,
            contentType: notify.contentType,
            dueAt: settings.now() + settings.delays.toOperatorMs + settings.delays.toHandsetMs,
            body: () => pushBody(lookups.filter(wasTaken), format),
          });
        }
        return { ...bulkIdOf(lookups), ncResults: lookups.map(acceptedView) };
      },
      ASYNC,
    );
  });

  app.get<Read>('/number/1/logs', (request, reply) => {
    const account = desk.enter(request);
    const limit = readLimit(request.query);
    const fits = readFilter(request.query);
    return desk.read(
      request,
      reply,
      () => ({ results: account.lookups.logs(limit, fits).map(logView) }),
      LOGS,
    );
  });

  function logView(lookup: Lookup): Record<string, unknown> {
    const at = writeDate(lookup.at, settings.timeZoneOffsetMinutes);
    const { to, status, error, ...context } = contextView(lookup);
    return {
      bulkId: lookup.bulkId,
      messageId: lookup.id,
      to,
      sentAt: at,
      doneAt: at,
      ...context,
      price: {
        pricePerLookup: decimal(lookup.context.pricePerLookupMicros),
        currency: settings.currency,
      },
      status,
      error,
    };
  }
}

/** The list is called `results` in JSON and `ncResults` in XML; `bulkId` is there for more than one number. */
function resultsBody(lookups: readonly Lookup[], format: Format): object {
  const results = lookups.map(contextView);
  return { ...bulkIdOf(lookups), ...(format === 'json' ? { results } : { ncResults: results }) };
}

function pushBody(lookups: readonly Lookup[], format: Format): string {
  const body = resultsBody(lookups, format);
  return format === 'json' ? JSON.stringify(body) : writeXml(ANSWER.root, body, ANSWER.nesting);
}

function bulkIdOf(lookups: readonly Lookup[]): { readonly bulkId?: string } {
  const [first] = lookups;
  return first === undefined || lookups.length === 1 ? {} : { bulkId: first.bulkId };
}

/** Results that are pushed: of numbers that were taken and whose result is not lost. */
function wasTaken({ id, to }: Lookup): boolean {
  return id !== null && lookupMagicOf(to) !== 'lost';
}

/** One number in the answer to an asynchronous lookup: on its way (7), or refused without an id. */
function acceptedView({ id, to, context }: Lookup): Record<string, unknown> {
  return {
    to,
    status: statusView(id === null ? context.statusId : STATUS.enroute),
    ...(id === null ? {} : { messageId: id }),
  };
}

function contextView({ to, context }: Lookup): Record<string, unknown> {
  const { mccmnc, imsi, original, portedNetwork, roamingNetwork, servingMsc } = context;
  return {
    to,
    ...(mccmnc === null ? {} : { mccMnc: mccmnc }),
    ...(imsi === null ? {} : { imsi }),
    ...(original === null ? {} : { originalNetwork: original }),
    ported: context.ported,
    ...(portedNetwork === null ? {} : { portedNetwork }),
    roaming: context.roaming,
    ...(roamingNetwork === null ? {} : { roamingNetwork }),
    ...(servingMsc === null ? {} : { servingMSC: servingMsc }),
    status: statusView(context.statusId),
    error: gsmErrorView(context.errorId),
  };
}

function readFilter(query: Query): (lookup: Lookup) => boolean {
  const to = readText(query, 'to');
  const bulkIds = readList(query, 'bulkId');
  const messageIds = readList(query, 'messageId');
  const since = readTime(query, 'sentSince');
  const until = readTime(query, 'sentUntil');
  return (lookup) =>
    (to === null || bareNumber(lookup.to) === bareNumber(to)) &&
    (bulkIds?.has(lookup.bulkId) ?? true) &&
    (messageIds === null || (lookup.id !== null && messageIds.has(lookup.id))) &&
    (since === null || lookup.at >= since) &&
    (until === null || lookup.at <= until);
}
