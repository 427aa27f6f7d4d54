import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendAnswer, type Answer } from '../answering.ts';
import { accept } from '../core/accept.ts';
import type { Account } from '../core/account.ts';
import type { MagicFault } from '../core/magic.ts';
import type { PracticeState, RequestEntry } from '../core/state.ts';
import type { Submission } from '../core/submission.ts';
import { troubleOf } from '../core/trouble.ts';
import { failBefore, finish } from './answer.ts';
import { CODE, codeOf } from './codes.ts';
import { draftOf, type DraftContext } from './draft.ts';
import { wordFailure } from './exchange.ts';
import { enter } from './login.ts';
import type { LegacyMessage, LegacyRequest, Recipient } from './requests.ts';
import type { Result } from './results.ts';
import type { LegacySettings } from './settings.ts';
import { UnreadableRequest } from './unreadable.ts';

/** What makes one send call different from the others. */
export type SendCall = {
  /** How the request is read; may throw {@link UnreadableRequest}. */
  readonly read: () => LegacyRequest;
  readonly ids: Submission['ids'];
  /** How the results are told; `account` is `null` when there was no login. */
  readonly write: (results: readonly Result[], odd: boolean, account: Account | null) => Answer;
};

/** What a send call works with. */
export type SendSurroundings = {
  readonly state: PracticeState;
  readonly settings: LegacySettings;
  readonly closing: AbortSignal;
};

/** Answers a send request: HTTP 200 whatever the codes say, unless a fault is played. */
export async function answerSend(
  call: SendCall,
  around: SendSurroundings,
  request: Pick<FastifyRequest, 'seen'>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { state, settings, closing } = around;
  const legacy = readOrNull(call.read);
  if (legacy === null) {
    sendAnswer(
      reply,
      call.write([{ status: CODE.syntaxError, messageId: '', destination: '' }], false, null),
    );
    return reply;
  }
  const account = enter(state.accounts, legacy.user, legacy.password);
  if (typeof account === 'number') {
    sendAnswer(reply, call.write(refuseAll(legacy.messages, account), false, null));
    return reply;
  }
  request.seen.user = account.user;
  const numbers = legacy.messages.flatMap(({ recipients }) => recipients.map(({ gsm }) => gsm));
  const { fault, traits } = troubleOf(numbers, account.user, state);
  request.seen.fault = fault;
  if (fault !== null) state.counts.faults += 1;
  if (failBefore(reply, fault, wordFailure)) return reply;
  const context = { now: state.settings.now(), pushUrl: settings.pushUrl, ids: call.ids };
  const results = legacy.messages.flatMap((message) =>
    take(message, context, { state, account, traits, entry: request.seen }),
  );
  const told = results.length === 0 ? refuseAll([], CODE.noDestination) : results;
  const answer = call.write(told, traits.oddAnswer === true, account);
  await finish(reply, answer, fault, wordFailure, { ms: state.dice.delayMs, closing });
  return reply;
}

function readOrNull(read: () => LegacyRequest): LegacyRequest | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof UnreadableRequest) return null;
    throw error;
  }
}

function take(
  message: LegacyMessage,
  context: DraftContext,
  by: {
    readonly state: PracticeState;
    readonly account: Account;
    readonly traits: MagicFault;
    readonly entry: RequestEntry;
  },
): Result[] {
  const draft = draftOf(message, context);
  if (typeof draft === 'number') return refuse(message.recipients, draft);
  const { receipts } = accept(by.state, by.account, draft, by.traits, by.entry);
  return receipts.map(({ to, statusId, messageId }) => ({
    status: codeOf(statusId, to),
    messageId: messageId ?? '',
    destination: to,
  }));
}

/** The same code for every recipient, or once without one. */
function refuseAll(messages: readonly LegacyMessage[], code: number): Result[] {
  return refuse(
    messages.flatMap(({ recipients }) => recipients),
    code,
  );
}

function refuse(recipients: readonly Recipient[], status: number): Result[] {
  if (recipients.length === 0) return [{ status, messageId: '', destination: '' }];
  return recipients.map(({ gsm }) => ({ status, messageId: '', destination: gsm }));
}
