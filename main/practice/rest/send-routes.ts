import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { accept } from '../core/accept.ts';
import type { Account } from '../core/account.ts';
import { LONGEST_TEXT, type Receipt } from '../core/submission.ts';
import { troubleOf } from '../core/trouble.ts';
import { failBefore } from './answer.ts';
import { needObjects, readBody, refuseField } from './body.ts';
import type { Desk, Visitor, XmlShape } from './desk.ts';
import { loginByName } from './login.ts';
import { readAdvanced, readId, readSimple, type ContentKind, type SendRequest } from './message-objects.ts';
import type { Query } from './query.ts';
import { readQuerySend } from './query-send.ts';
import { receiptView } from './views.ts';

const SINGLE: XmlShape = { root: 'SMSResponse', nesting: 'doubled' };
const MANY: XmlShape = { root: 'SendSMSResponse', nesting: 'doubled' };

/** So many fit into a body of 1 MiB, were it all numbers; more are empty ones. The document names no limit. */
const MAX_DESTINATIONS = 80_000;

/** Adds every call that sends: text and binary, single, multi and advanced, and the one by query. */
export function addSendRoutes(app: FastifyInstance, desk: Desk): void {
  const { state } = desk;

  for (const kind of ['text', 'binary'] as const) {
    app.post(`/sms/1/${kind}/single`, (request, reply) => {
      const account = desk.enter(request);
      const body = readBody(request.headers['content-type'], request.body);
      return send(request, reply, account, { bulkId: null, objects: [readSimple(body, kind)] }, SINGLE);
    });
    app.post(`/sms/1/${kind}/multi`, (request, reply) => {
      const account = desk.enter(request);
      const body = readBody(request.headers['content-type'], request.body);
      const objects = needObjects(body, 'messages').map((message) => readSimple(message, kind));
      return send(request, reply, account, { bulkId: null, objects }, MANY);
    });
    for (const version of [1, 2]) addAdvanced(`/sms/${version}/${kind}/advanced`, kind);
  }

  app.get<{ Querystring: Query }>('/sms/1/text/query', (request, reply) => {
    const { username, password } = request.query;
    const named = typeof username === 'string' && typeof password === 'string';
    const account = named
      ? desk.enter(request, loginByName(state.accounts, username, password))
      : desk.enter(request);
    return send(request, reply, account, readQuerySend(request.query, state.settings.now()), SINGLE);
  });

  function addAdvanced(path: string, kind: ContentKind): void {
    app.post(path, (request, reply) => {
      const account = desk.enter(request);
      const body = readBody(request.headers['content-type'], request.body);
      const now = state.settings.now();
      const objects = needObjects(body, 'messages').map((message) => readAdvanced(message, kind, now));
      return send(request, reply, account, { bulkId: readId(body, 'bulkId'), objects }, MANY);
    });
  }

  async function send(
    request: Visitor,
    reply: FastifyReply,
    account: Account,
    { bulkId, objects }: SendRequest,
    shape: XmlShape,
  ): Promise<FastifyReply> {
    const numbers = objects.flatMap(({ items }) => items.map(({ to }) => to));
    if (numbers.length > MAX_DESTINATIONS) refuseField('to', `must be at most ${MAX_DESTINATIONS} in all`);
    const { fault, traits } = troubleOf(numbers, account.user, state);
    desk.note(request, fault);
    if (failBefore(reply, fault)) return reply;
    const usedId = bulkId ?? randomUUID();
    const receipts: Receipt[] = [];
    for (const object of objects) {
      const submission = {
        ...object,
        bulkId: usedId,
        appId: null,
        longest: LONGEST_TEXT,
        noReport: false,
        hiddenMs: 0,
        ids: 'uuid' as const,
      };
      receipts.push(...accept(state, account, submission, traits, request.seen).receipts);
    }
    const odd = traits.oddAnswer === true ? ODD : {};
    const scheduled = objects.some(({ sendAt }) => sendAt !== null);
    const body = {
      ...(receipts.length > 1 || bulkId !== null || scheduled ? { bulkId: usedId } : {}),
      messages: receipts.map((receipt) => ({ ...receiptView(receipt), ...odd })),
      ...odd,
    };
    return desk.answer(request, reply, body, shape);
  }
}

/** Members that no document knows. */
const ODD = { trackingProcessKey: 'practice', nested: { of: ['no', 1, null] } };
