import type smpp from 'smpp';
import type { VendorTlv } from './pdus.ts';

/** A `deliver_sm` that an account must get, whatever it takes. */
export type Delivery = {
  readonly fields: smpp.Fields;
  readonly tlvs: readonly VendorTlv[];
  /** Counts as a report that was handed out. */
  readonly isReport: boolean;
};

/** A session that takes `deliver_sm`. */
export type Receiver = {
  /** Sends the PDU and gives its sequence number. */
  deliver(delivery: Delivery): number;
};

type Flight = { readonly delivery: Delivery; readonly againAt: number };

/** Unanswered `deliver_sm` of one session at most. */
const WINDOW = 10;
/** Deliveries kept for one account at most; the oldest go first. */
const MOST_KEPT = 500_000;

/**
 * What an account has yet to get: each delivery goes to its receiving sessions in turn, and is sent again until one of
 * them took it, also over a new connection.
 */
export class Deliveries {
  readonly #againMs: number;
  readonly #flights = new Map<Receiver, Map<number, Flight>>();
  #queue: Delivery[] = [];
  #head = 0;
  #turn = 0;

  /** `againMs`: how long an answer is waited for, and how long one that was refused rests, by the gateway's clock. */
  constructor(againMs: number) {
    this.#againMs = againMs;
  }

  /** Whether nothing is left to deliver to anybody who is there. */
  get idle(): boolean {
    if (this.#flights.size === 0) return true;
    return this.#head === this.#queue.length && [...this.#flights.values()].every(({ size }) => size === 0);
  }

  /** A session begins to receive. */
  attach(receiver: Receiver): void {
    this.#flights.set(receiver, new Map());
  }

  /** A session is gone; what it did not answer goes to another, or waits for one. */
  detach(receiver: Receiver): void {
    const flights = this.#flights.get(receiver);
    this.#flights.delete(receiver);
    for (const { delivery } of flights?.values() ?? []) this.add(delivery);
  }

  /** Adds a delivery at the end of the queue. */
  add(delivery: Delivery): void {
    this.#queue.push(delivery);
    if (this.#queue.length - this.#head > MOST_KEPT) this.#head += 1;
  }

  /** A session answered. Gives the delivery it took, `null` when it took none: it is sent again after a while. */
  answered(receiver: Receiver, sequence: number, status: number): Delivery | null {
    const flights = this.#flights.get(receiver);
    const flight = flights?.get(sequence);
    if (flights === undefined || flight === undefined || status !== 0) return null;
    flights.delete(sequence);
    return flight.delivery;
  }

  /** Sends what can be sent at a time (ms), what was not answered in time first of all. */
  pump(now: number): void {
    for (const flights of this.#flights.values()) {
      for (const [sequence, flight] of flights) {
        if (flight.againAt > now) break;
        flights.delete(sequence);
        this.add(flight.delivery);
      }
    }
    for (;;) {
      const delivery = this.#queue[this.#head];
      const receiver = this.#nextReceiver();
      if (delivery === undefined || receiver === null) break;
      this.#head += 1;
      const sequence = receiver.deliver(delivery);
      const flights = this.#flights.get(receiver);
      // Sending may have ended the session.
      if (flights === undefined) this.add(delivery);
      else flights.set(sequence, { delivery, againAt: now + this.#againMs });
    }
    if (this.#head > 1_024 && this.#head * 2 > this.#queue.length) {
      this.#queue = this.#queue.slice(this.#head);
      this.#head = 0;
    }
  }

  /** The next session in turn that has room. */
  #nextReceiver(): Receiver | null {
    const receivers = [...this.#flights.keys()];
    for (let tried = 0; tried < receivers.length; tried += 1) {
      const receiver = receivers[this.#turn % receivers.length];
      this.#turn = (this.#turn + 1) % receivers.length;
      if (receiver !== undefined && (this.#flights.get(receiver)?.size ?? WINDOW) < WINDOW) return receiver;
    }
    return null;
  }
}
