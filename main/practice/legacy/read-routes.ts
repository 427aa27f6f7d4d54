import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendAnswer, type Answer } from '../answering.ts';
import type { Account } from '../core/account.ts';
import { lookupMagicOf } from '../core/magic.ts';
import type { ReadFault } from '../core/faults.ts';
import type { PracticeState } from '../core/state.ts';
import { failBefore, finish, plain } from './answer.ts';
import { CODE } from './codes.ts';
import { creditsOf } from './credits.ts';
import { formOf, wordFailure } from './exchange.ts';
import type { Form } from './form.ts';
import { readDestinations, startLookups, writeLookup } from './hlr.ts';
import { writeInbox } from './inbox.ts';
import { enter } from './login.ts';
import { pullReports, writeReports } from './reports.ts';
import { xml } from './results.ts';
import type { LegacySettings } from './settings.ts';
import { UnreadableRequest } from './unreadable.ts';

type Request = Pick<FastifyRequest, 'raw' | 'headers' | 'body' | 'seen'>;

/** How a call asks for its parameters and tells its errors. */
type ReadCall = {
  readonly userName: 'user' | 'username';
  readonly passwordName: 'password' | 'pass';
  /** Whether plans of faults hit it; the balance stays readable. */
  readonly canFail: boolean;
  readonly refuse: (code: number) => Answer;
  readonly answer: (account: Account, form: Form) => Answer;
  /** What goes wrong besides the plan. */
  readonly fault?: (form: Form) => ReadFault | null;
};

const asCode = (code: number): Answer => plain(String(code));
const json = (body: string): Answer => ({ type: 'application/json; charset=utf-8', body });

/** Adds balance, reports, inbox and number lookup, each by GET and by form. */
export function addReadRoutes(
  app: FastifyInstance,
  state: PracticeState,
  settings: LegacySettings,
  closing: AbortSignal,
): void {
  const usual = { userName: 'user', passwordName: 'password', canFail: true, refuse: asCode } as const;

  const add = (urls: readonly string[], call: ReadCall): void => {
    for (const url of urls) {
      app.route({
        method: ['GET', 'POST'],
        url,
        handler: (request: Request, reply: FastifyReply) => answerRead(call, request, reply),
      });
    }
  };

  add(['/api/command'], {
    ...usual,
    userName: 'username',
    canFail: false,
    answer: (account, form) =>
      form.get('cmd')?.toLowerCase() === 'credits' ? plain(creditsOf(account)) : asCode(CODE.generalError),
  });

  add(['/api/v3/dr/pull', '/api/dlrpull'], {
    ...usual,
    // The document has them as 5, 10 and 11 here, without the sign that they have everywhere else.
    refuse: (code) => asCode(settings.drCodes === 'document' ? Math.abs(code) : code),
    answer: (account, form) => {
      const reports = pullReports(account, form, state.settings.now());
      state.counts.reportsHandedOut += reports.length;
      return reports.length === 0 ? plain('NO_DATA') : xml(writeReports(reports, state.settings, settings));
    },
  });

  add(['/api/v3/command/inbox', '/api/v2/command/inbox'], {
    ...usual,
    answer: (account, form) => {
      const inbox = writeInbox(account, form, state.settings.timeZoneOffsetMinutes);
      return inbox === null ? asCode(CODE.syntaxError) : json(inbox);
    },
  });

  add(['/api/hlr/sync'], {
    ...usual,
    passwordName: 'pass',
    refuse: (code) => plain(`FAILED: ${String(code)}`),
    answer: (account, form) => {
      const destination = form.get('destination')?.trim() ?? '';
      const [lookup] = destination === '' ? [] : account.lookups.make([destination]);
      return lookup === undefined
        ? plain(`FAILED: ${String(CODE.noDestination)}`)
        : json(writeLookup(lookup));
    },
    fault: (form) => (lookupMagicOf(form.get('destination')?.trim() ?? '') === 'lost' ? 'drop' : null),
  });

  add(['/api/hlr'], {
    ...usual,
    passwordName: 'pass',
    refuse: (code) => plain(`FAILED: ${String(code)}`),
    answer: (account, form) => {
      const numbers = readDestinations(form.get('destinations'));
      if (numbers === null) return plain(`FAILED: ${String(CODE.noDestination)}`);
      const around = { pushes: state.pushes, settings: state.settings, pushUrl: settings.hlrPushUrl };
      return plain(startLookups(account, numbers, around));
    },
  });

  async function answerRead(call: ReadCall, request: Request, reply: FastifyReply): Promise<FastifyReply> {
    request.seen.protocol = 'legacy';
    const form = readOrNull(request);
    const account =
      form === null
        ? CODE.syntaxError
        : enter(state.accounts, form.get(call.userName), form.get(call.passwordName));
    if (form === null || typeof account === 'number') {
      sendAnswer(reply, call.refuse(typeof account === 'number' ? account : CODE.syntaxError));
      return reply;
    }
    request.seen.user = account.user;
    const planned = call.canFail ? state.dice.read() : null;
    const fault = call.fault?.(form) ?? planned;
    request.seen.fault = fault;
    if (fault !== null) state.counts.faults += 1;
    if (failBefore(reply, fault, wordFailure)) return reply;
    const answer = call.answer(account, form);
    if (fault === 'repeat') account.shelf.repeatReports();
    await finish(reply, answer, fault, wordFailure, { ms: 0, closing });
    return reply;
  }
}

function readOrNull(request: Request): Form | null {
  try {
    return formOf(request);
  } catch (error) {
    if (error instanceof UnreadableRequest) return null;
    throw error;
  }
}
