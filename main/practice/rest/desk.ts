import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Account } from '../core/account.ts';
import type { PracticeState } from '../core/state.ts';
import { failBefore, finish } from './answer.ts';
import { formatOfType, formatToGive, TYPES, type Format } from './formats.ts';
import { login } from './login.ts';
import { RefusedRequest, REFUSALS } from './refusals.ts';
import { writeXml, type Nesting } from './xml-write.ts';

/** The part of a request that is looked at before its route. */
export type Visitor = Pick<FastifyRequest, 'headers' | 'seen'>;

/** How an answer looks in XML; in JSON it is the object as it is. */
export type XmlShape = { readonly root: string; readonly nesting: Nesting };

/** What every route of the REST API does the same way. */
export type Desk = {
  readonly state: PracticeState;
  readonly closing: AbortSignal;
  /** Checks login and `Accept`, before anything else of a request is looked at. Throws {@link RefusedRequest}. */
  enter(request: Visitor, account?: Account | null): Account;
  /** Notes which fault a request has. */
  note(request: Visitor, fault: FastifyRequest['seen']['fault']): void;
  /** Answers 200 in the wanted format, or fails to in the way of the fault that was noted. */
  answer(request: Visitor, reply: FastifyReply, body: object, shape: XmlShape): Promise<FastifyReply>;
  /** {@link Desk.answer} for a read: plays the faults of reads around `body`. */
  read(request: Visitor, reply: FastifyReply, body: () => object, shape: XmlShape): Promise<FastifyReply>;
};

/** The format that an answer has to have; JSON where it can be neither. */
export function formatFor(headers: Visitor['headers']): Format {
  return wanted(headers) ?? 'json';
}

function wanted({ accept, 'content-type': type = '' }: Visitor['headers']): Format | null {
  return formatToGive(accept, formatOfType(type) ?? 'json');
}

/** A desk for one gateway; `closing` tells answers that are held back that it stops. */
export function openDesk(state: PracticeState, closing: AbortSignal): Desk {
  const desk: Desk = {
    state,
    closing,
    enter(request, given = login(state.accounts, request.headers.authorization)) {
      if (given === null) throw new RefusedRequest(REFUSALS.unauthorized);
      request.seen.user = given.user;
      if (wanted(request.headers) === null) throw new RefusedRequest(REFUSALS.notAcceptable);
      return given;
    },
    note(request, fault) {
      request.seen.fault = fault;
      if (fault !== null) state.counts.faults += 1;
    },
    async answer(request, reply, body, { root, nesting }) {
      const format = formatFor(request.headers);
      const text = format === 'json' ? JSON.stringify(body) : writeXml(root, body, nesting);
      await finish(reply, { type: TYPES[format], body: text }, request.seen.fault, {
        ms: state.dice.delayMs,
        closing,
      });
      return reply;
    },
    async read(request, reply, body, shape) {
      desk.note(request, state.dice.read());
      if (failBefore(reply, request.seen.fault)) return reply;
      const answer = body();
      if (request.seen.fault === 'repeat') {
        state.accounts.get(request.seen.user ?? '')?.shelf.repeatReports();
      }
      return desk.answer(request, reply, answer, shape);
    },
  };
  return desk;
}
