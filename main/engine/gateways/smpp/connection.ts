import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type smpp from 'smpp';
import { type AppError, appError } from '#shared/errors.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { Log } from '../../../logging/log.ts';
import type { Clock, Timer } from '../../clock.ts';
import { notSent } from '../http-outcome.ts';
import { ESME } from './command-status.ts';
import { answers, createFrames, decode, type Incoming, RawPdu } from './pdu.ts';
import { createWindow } from './window.ts';

/** Patience of a connection, in ms. */
export type SmppTimeouts = {
  /** DNS, TCP and TLS together. */
  readonly connect: number;
  /** From a written request to its response, and from `enquire_link` to any sign of life. */
  readonly answer: number;
  /** From a written bind to its response. */
  readonly bind: number;
  /** From a written `unbind` to its response. */
  readonly unbind: number;
};

/** 10 s to connect and to bind, 30 s for an answer, 2 s for a farewell. */
export const DEFAULT_TIMEOUTS: SmppTimeouts = {
  connect: 10_000,
  answer: 30_000,
  bind: 10_000,
  unbind: 2_000,
};

/** What became of a request. Only `not-written` proves that the server cannot have read it. */
export type Answer =
  | { readonly kind: 'response'; readonly response: Incoming }
  | { readonly kind: 'not-written'; readonly cause: 'aborted' | 'lost' }
  | { readonly kind: 'lost'; readonly cause: 'timeout' | 'reset' | 'aborted' | 'closed' };

/** How a request is sent: `windowed` ones wait until few enough are without their answer. */
export type RequestOptions = {
  readonly windowed?: boolean;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal | undefined;
};

/** One TCP connection that speaks SMPP. */
export type Connection = {
  /** Numbers a request, writes it and waits for its response. Never throws. */
  request(command: string, fields: smpp.Fields, options?: RequestOptions): Promise<Answer>;
  /** Writes the response to a request of the server; nothing when the connection is gone. */
  respond(to: Incoming, status: number): void;
  /** Says farewell where possible, and closes. */
  unbind(): Promise<void>;
  /** Closes at once. */
  destroy(cause: 'reset' | 'closed'): void;
};

/** What a connection stands on. */
export type ConnectionDeps = {
  readonly clock: Clock;
  readonly log?: Log | undefined;
  readonly timeouts: SmppTimeouts;
  /** Windowed requests that may be without their answer at once. */
  readonly window: number;
  /** Silence before `enquire_link`, in ms. */
  readonly enquireMs: number;
  /** Called for each `deliver_sm`; must answer by `respond` sooner or later. */
  readonly onDelivery: (incoming: Incoming, connection: Connection) => void;
  /** Called once, when the connection is gone. */
  readonly onClosed: () => void;
};

/** Where to connect to. `ca`: authorities that are trusted instead of the usual ones. */
export type Endpoint = {
  readonly host: string;
  readonly port: number;
  readonly encrypted: boolean;
  readonly ca?: string | Buffer | undefined;
};

const LAST_SEQUENCE = 0x7fff_ffff;

/** Opens a connection, with a verified certificate where it is encrypted. Fails with `GATEWAY_UNREACHABLE`. */
export function openConnection(
  endpoint: Endpoint,
  deps: ConnectionDeps,
): Promise<Result<Connection, AppError>> {
  const { host, port, encrypted, ca } = endpoint;
  return new Promise((resolve) => {
    const socket: Socket = encrypted
      ? connectTls({ host, port, rejectUnauthorized: true, ...(ca !== undefined && { ca }) })
      : connectTcp({ host, port });
    socket.setNoDelay(true);
    const patience = deps.clock.after(deps.timeouts.connect, () => fail({ code: 'ETIMEDOUT' }));
    const fail = (error: unknown): void => {
      patience.cancel();
      socket.destroy();
      const outcome = notSent(error, encrypted);
      const detail = outcome.kind === 'response' ? '' : `${outcome.cause}: ${outcome.detail}`;
      resolve(err(appError('GATEWAY_UNREACHABLE', { detail })));
    };
    const early = (): void => fail({ code: 'ECONNRESET' });
    // Later errors are followed by `close`, too.
    socket.on('error', fail);
    socket.once('close', early);
    socket.once(encrypted ? 'secureConnect' : 'connect', () => {
      patience.cancel();
      socket.off('close', early);
      resolve(ok(speak(socket, deps)));
    });
  });
}

type Pending = { readonly pdu: RawPdu; readonly settle: (answer: Answer) => void };

function speak(socket: Socket, deps: ConnectionDeps): Connection {
  const { clock, timeouts } = deps;
  const frames = createFrames();
  const pending = new Map<number, Pending>();
  const window = createWindow(deps.window);
  let sequence = 0;
  let gone = false;
  let life: Timer = clock.after(deps.enquireMs, enquire);

  const connection: Connection = { request, respond, unbind, destroy };
  socket.on('data', (chunk: Buffer) => {
    const complete = frames.push(chunk);
    for (const frame of complete ?? []) {
      if (gone) return;
      receive(decode(frame));
    }
    if (complete === null) {
      deps.log?.warn('smpp.not-a-pdu', { waiting: pending.size });
      destroy('reset');
    }
  });
  socket.once('close', () => destroy('reset'));
  return connection;

  function enquire(): void {
    write(new RawPdu('enquire_link', { sequence_number: nextSequence() }));
    life = clock.after(timeouts.answer, () => {
      deps.log?.warn('smpp.dead-link', { waiting: pending.size });
      destroy('reset');
    });
  }

  function receive(incoming: Incoming): void {
    life.cancel();
    life = clock.after(deps.enquireMs, enquire);
    if (incoming.isResponse) {
      const waiting = pending.get(incoming.sequence);
      if (waiting !== undefined && answers(incoming, waiting.pdu)) {
        waiting.settle({ kind: 'response', response: incoming });
      } else if (incoming.command !== 'enquire_link_resp') {
        deps.log?.debug('smpp.answer-to-nothing', { command: incoming.command });
      }
      return;
    }
    switch (incoming.command) {
      case 'deliver_sm':
        return deps.onDelivery(incoming, connection);
      case 'enquire_link':
        return respond(incoming, ESME.ok);
      case 'unbind':
        respond(incoming, ESME.ok);
        socket.destroySoon();
        return destroy('closed');
      // These have no response (SMPP 3.4 §4.1.7, §4.12).
      case 'outbind':
      case 'alert_notification':
        return;
      default:
        respond(incoming, ESME.commandId);
    }
  }

  function nextSequence(): number {
    do {
      sequence = sequence === LAST_SEQUENCE ? 1 : sequence + 1;
    } while (pending.has(sequence));
    return sequence;
  }

  function write(pdu: RawPdu): void {
    if (socket.writable) socket.write(pdu.toBuffer());
  }

  function respond(to: Incoming, status: number): void {
    const known = status !== ESME.commandId;
    const command = known ? `${to.command}_resp` : 'generic_nack';
    if (!gone) write(new RawPdu(command, { command_status: status, sequence_number: to.sequence }));
  }

  async function request(
    command: string,
    fields: smpp.Fields,
    options: RequestOptions = {},
  ): Promise<Answer> {
    const { windowed = false, signal } = options;
    if (windowed && !(await window.enter(signal))) {
      return { kind: 'not-written', cause: signal?.aborted ? 'aborted' : 'lost' };
    }
    const answer = await exchange(command, fields, options);
    if (windowed) window.leave();
    return answer;
  }

  function exchange(command: string, fields: smpp.Fields, options: RequestOptions): Promise<Answer> {
    const { signal, timeoutMs = timeouts.answer } = options;
    return new Promise((resolve) => {
      if (signal?.aborted) return resolve({ kind: 'not-written', cause: 'aborted' });
      if (gone || !socket.writable) return resolve({ kind: 'not-written', cause: 'lost' });
      const number = nextSequence();
      const pdu = new RawPdu(command, { ...fields, sequence_number: number });
      const octets = pdu.toBuffer();
      const aborted = (): void => settle({ kind: 'lost', cause: 'aborted' });
      const timer = clock.after(timeoutMs, () => settle({ kind: 'lost', cause: 'timeout' }));
      const settle = (answer: Answer): void => {
        pending.delete(number);
        timer.cancel();
        signal?.removeEventListener('abort', aborted);
        resolve(answer);
      };
      signal?.addEventListener('abort', aborted);
      pending.set(number, { pdu, settle });
      socket.write(octets);
    });
  }

  async function unbind(): Promise<void> {
    if (!gone) await request('unbind', {}, { timeoutMs: timeouts.unbind });
    destroy('closed');
  }

  function destroy(cause: 'reset' | 'closed'): void {
    if (gone) return;
    gone = true;
    life.cancel();
    window.close();
    for (const { settle } of [...pending.values()]) settle({ kind: 'lost', cause });
    // After `destroySoon` the last octets still leave.
    if (!socket.writableEnded) socket.destroy();
    deps.onClosed();
  }
}
