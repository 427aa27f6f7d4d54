import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import smpp from 'smpp';
import type { RequestEntry } from '../core/state.ts';
import { troubleOf } from '../core/trouble.ts';
import { bind, BIND_COMMANDS, type Binding } from './bind.ts';
import type { Delivery, Receiver } from './deliveries.ts';
import { GARBAGE, playOf } from './faults.ts';
import { FrameReader } from './frames.ts';
import type { Office } from './office.ts';
import { decode, encode, genericNack, LONGEST_PDU, type RawPdu } from './pdus.ts';
import { readSubmit } from './read-submit.ts';
import { ESME } from './statuses.ts';
import { takeSubmit, type SubmitAnswer } from './submit.ts';

/** Octets that wait for a client that does not read, at most; then it is cut off. */
const MOST_UNREAD = 1_048_576;
/** How long a client has to take the last word and hang up, in ms of real time. */
const LINGER_MS = 1_000;
const SYSTEM_ID = 'practice';
const SMPP_3_4 = 0x34;
const LAST_SEQUENCE = 0x7fffffff;

/** One connection of a client, from its first octet to its end (SMPP 3.4 §2.2). */
export class Session implements Receiver {
  readonly #office: Office;
  readonly #socket: Socket;
  readonly #frames = new FrameReader(LONGEST_PDU);
  readonly #idle: NodeJS.Timeout;
  readonly #late = new Set<NodeJS.Timeout>();
  #binding: Binding | null = null;
  #sequence = 0;
  #ended = false;

  /** Serves the connection until either side ends it. */
  constructor(office: Office, socket: Socket) {
    this.#office = office;
    this.#socket = socket;
    this.#idle = setTimeout(() => socket.destroy(), office.idleMs);
    socket.setNoDelay(true);
    socket.on('data', (chunk) => this.#read(chunk));
    socket.on('close', () => {
      // Not earlier: it also ends a connection whose last word the client does not read.
      clearTimeout(this.#idle);
      this.#leave();
    });
    // The close that follows is all there is to say about a connection that broke.
    socket.on('error', () => this.#leave());
  }

  deliver({ fields, tlvs }: Delivery): number {
    this.#sequence = this.#sequence === LAST_SEQUENCE ? 1 : this.#sequence + 1;
    const sequence = this.#sequence;
    this.#write(encode(new smpp.PDU('deliver_sm', { ...fields, sequence_number: sequence }), tlvs));
    return sequence;
  }

  #read(chunk: Buffer): void {
    if (this.#ended) return;
    const { pdus, broken } = this.#frames.push(chunk);
    for (const octets of pdus) {
      if (this.#ended) return;
      this.#idle.refresh();
      this.#handle(octets);
    }
    if (broken && !this.#ended) this.#farewell(encode(genericNack(0, ESME.commandLength)));
  }

  #handle(octets: Buffer): void {
    const pdu = decode(octets);
    if (pdu === null) {
      this.#farewell(encode(genericNack(octets.readUInt32BE(12), ESME.commandLength)));
      return;
    }
    if (pdu.isResponse()) this.#answered(pdu);
    else if (pdu.command === 'enquire_link') this.#answer(pdu.response());
    else this.#serve(pdu, octets, this.#office.state.see('SMPP', pdu.command, { protocol: 'smpp' }));
  }

  #serve(pdu: RawPdu, octets: Buffer, entry: RequestEntry): void {
    entry.user = this.#binding?.desk.account.user ?? null;
    if (BIND_COMMANDS.some((command) => command === pdu.command)) this.#bind(pdu, entry);
    else if (pdu.command === 'submit_sm') this.#submit(pdu, octets, entry);
    else if (pdu.command === 'unbind') this.#unbind(pdu, entry);
    else this.#answer(genericNack(pdu.sequence_number, ESME.commandId), entry);
  }

  #bind(pdu: RawPdu, entry: RequestEntry): void {
    if (this.#binding !== null) {
      this.#answer(pdu.response({ command_status: ESME.alreadyBound }), entry);
      return;
    }
    const binding = bind(this.#office, pdu);
    if (typeof binding === 'number') {
      entry.status = binding;
      this.#farewell(encode(pdu.response({ command_status: binding })));
      return;
    }
    const { desk, receives } = binding;
    this.#binding = binding;
    entry.user = desk.account.user;
    desk.sessions += 1;
    this.#answer(pdu.response({ system_id: SYSTEM_ID, sc_interface_version: SMPP_3_4 }), entry);
    if (!receives) return;
    desk.receives = true;
    desk.deliveries.attach(this);
    this.#office.wake();
  }

  #unbind(pdu: RawPdu, entry: RequestEntry): void {
    if (this.#binding === null) {
      this.#answer(pdu.response({ command_status: ESME.bindStatus }), entry);
      return;
    }
    entry.status = ESME.ok;
    this.#farewell(encode(pdu.response()));
  }

  #submit(pdu: RawPdu, octets: Buffer, entry: RequestEntry): void {
    const { state } = this.#office;
    const binding = this.#binding;
    const request = binding?.sends === true ? readSubmit(pdu, octets, state.settings.now()) : ESME.bindStatus;
    if (binding === null || typeof request === 'number') {
      const status = typeof request === 'number' ? request : ESME.bindStatus;
      this.#answer(pdu.response({ command_status: status }), entry);
      return;
    }
    const { desk } = binding;
    const { fault, traits } = troubleOf([request.to.digits], desk.account.user, state);
    const play = playOf(fault);
    entry.fault = fault;
    if (play !== null) state.counts.faults += 1;
    if (play?.kind === 'reset') this.#reset();
    else if (play?.kind === 'refuse') this.#answer(pdu.response({ command_status: play.status }), entry);
    else {
      const answer = takeSubmit({ office: this.#office, desk, request, traits, entry });
      this.#tell(pdu, answer, play, entry);
    }
  }

  /** Answers a `submit_sm` that was looked at, or fails to in the way of a fault. */
  #tell(pdu: RawPdu, answer: SubmitAnswer, play: ReturnType<typeof playOf>, entry: RequestEntry): void {
    const response = pdu.response({ command_status: answer.status, message_id: answer.messageId });
    switch (play?.kind) {
      case 'drop':
        this.#abort();
        break;
      case 'half': {
        const whole = encode(response);
        this.#farewell(whole.subarray(0, whole.length / 2));
        break;
      }
      case 'garbage':
        this.#write(GARBAGE);
        break;
      case 'lie':
        this.#answer(pdu.response({ command_status: play.status }), entry);
        break;
      case 'late': {
        const timer = setTimeout(() => {
          this.#late.delete(timer);
          this.#answer(response, entry);
        }, this.#office.state.dice.delayMs);
        this.#late.add(timer);
        break;
      }
      default:
        this.#answer(response, entry);
    }
  }

  /** A response, or a `generic_nack`, to a `deliver_sm`. */
  #answered(pdu: RawPdu): void {
    const { command, command_status: status, sequence_number: sequence } = pdu;
    if (this.#binding === null || (command !== 'deliver_sm_resp' && command !== 'generic_nack')) return;
    const refused = command === 'generic_nack' && status === 0 ? ESME.systemError : status;
    const { state } = this.#office;
    const { deliveries } = this.#binding.desk;
    const taken = deliveries.answered(this, sequence, refused);
    if (taken === null) return;
    if (taken.isReport) state.counts.reportsHandedOut += 1;
    deliveries.pump(state.settings.now());
  }

  #answer(pdu: smpp.PDU, entry?: RequestEntry): void {
    if (entry !== undefined) entry.status = pdu.command_status;
    this.#write(encode(pdu));
  }

  #write(octets: Buffer): void {
    if (this.#ended) return;
    this.#socket.write(octets);
    if (this.#socket.writableLength > MOST_UNREAD) this.#abort();
  }

  /**
   * Sends a last word and ends the connection. What still comes is read and thrown away for a moment: closing over
   * octets that nobody read would reset the connection, and the client would lose the last word.
   */
  #farewell(octets: Buffer): void {
    this.#write(octets);
    this.#leave();
    this.#socket.end();
    const linger = setTimeout(() => this.#socket.destroy(), LINGER_MS);
    this.#socket.once('close', () => clearTimeout(linger));
  }

  #abort(): void {
    this.#leave();
    this.#socket.destroy();
  }

  #reset(): void {
    this.#leave();
    // Only a bare TCP connection can be reset.
    if (this.#socket instanceof TLSSocket) this.#socket.destroy();
    else this.#socket.resetAndDestroy();
  }

  #leave(): void {
    if (this.#ended) return;
    this.#ended = true;
    for (const timer of this.#late) clearTimeout(timer);
    if (this.#binding === null) return;
    const { desk } = this.#binding;
    desk.sessions -= 1;
    desk.deliveries.detach(this);
    this.#office.wake();
  }
}
