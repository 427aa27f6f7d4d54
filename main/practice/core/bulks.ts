import type { Message } from './message.ts';

/** Status of a scheduled bulk (facts of the platform, "Bulks & preview"). */
export type BulkStatus = 'PENDING' | 'PAUSED' | 'PROCESSING' | 'CANCELED' | 'FINISHED';

/** A message that waits for its time; `start` turns it into one that is on its way from a time (ms). */
export type HeldMessage = {
  readonly id: string;
  readonly priceMicros: number;
  start(at: number): Message;
};

type Bulk = {
  readonly id: string;
  sendAt: number;
  /** More than one message object used this bulk id: such a bulk can be neither moved nor stopped. */
  shared: boolean;
  waiting: 'PENDING' | 'PAUSED' | 'CANCELED' | null;
  held: { readonly at: number | null; readonly message: HeldMessage }[];
  /** When the last message that was started is done, in ms. */
  doneAt: number;
};

/** What the bulk calls tell. `sendAt` in ms. */
export type BulkView = { readonly bulkId: string; readonly sendAt: number; readonly status: BulkStatus };

/** Bulks remembered at most; the oldest go first, but never one that still waits. */
const BULK_LIMIT = 10_000;

/** The scheduled messages of one account: held until their time, and movable until then. */
export class Bulks {
  readonly #bulks = new Map<string, Bulk>();
  readonly #heldIds = new Set<string>();
  readonly #refund: (micros: number) => void;
  readonly #onWaiting: () => void;
  /** No held message is due before this time (ms). */
  #nextAt = Number.POSITIVE_INFINITY;

  /** `refund` gives money of cancelled messages back, in micros; `onWaiting` hears that messages wait for a time. */
  constructor(refund: (micros: number) => void, onWaiting: () => void) {
    this.#refund = refund;
    this.#onWaiting = onWaiting;
  }

  /** Whether messages wait for a time; paused ones do not. */
  get waiting(): boolean {
    return this.#nextAt !== Number.POSITIVE_INFINITY;
  }

  /** Whether a message with this id is waiting. */
  holds(messageId: string): boolean {
    return this.#heldIds.has(messageId);
  }

  /** Holds the messages of one message object until `sendAt` (ms). */
  hold(bulkId: string, sendAt: number, messages: readonly HeldMessage[]): void {
    for (const { id } of messages) this.#heldIds.add(id);
    const bulk = this.#bulks.get(bulkId);
    const held = messages.map((message) => ({ at: bulk === undefined ? null : sendAt, message }));
    if (bulk === undefined) {
      this.#forget();
      this.#bulks.set(bulkId, {
        id: bulkId,
        sendAt,
        shared: false,
        waiting: 'PENDING',
        held,
        doneAt: sendAt,
      });
    } else {
      bulk.shared = true;
      bulk.waiting = 'PENDING';
      bulk.held.push(...held);
    }
    this.#waitUntil(sendAt);
  }

  /** Gives the messages whose time has come, started, by that time; they are held no longer. */
  release(now: number): Message[] {
    if (now < this.#nextAt) return [];
    const started: Message[] = [];
    this.#nextAt = Number.POSITIVE_INFINITY;
    for (const bulk of this.#bulks.values()) {
      if (bulk.waiting !== 'PENDING') continue;
      const left: Bulk['held'] = [];
      for (const item of bulk.held) {
        const at = item.at ?? bulk.sendAt;
        if (at > now) {
          left.push(item);
          this.#nextAt = Math.min(this.#nextAt, at);
          continue;
        }
        const message = item.message.start(at);
        this.#heldIds.delete(message.id);
        bulk.doneAt = Math.max(bulk.doneAt, message.doneAt);
        started.push(message);
      }
      bulk.held = left;
      if (left.length === 0) bulk.waiting = null;
    }
    return started.sort((left, right) => left.receivedAt - right.receivedAt);
  }

  /** A bulk as it stands at a time, or `null` for an id that no scheduled request used. */
  view(bulkId: string, now: number): BulkView | null {
    const bulk = this.#bulks.get(bulkId);
    if (bulk === undefined) return null;
    const status = bulk.waiting ?? (now < bulk.doneAt ? 'PROCESSING' : 'FINISHED');
    return { bulkId, sendAt: bulk.sendAt, status };
  }

  /** Moves a waiting or paused bulk to another time (ms). Gives whether that was possible. */
  reschedule(bulkId: string, sendAt: number): boolean {
    const bulk = this.#movable(bulkId);
    if (bulk === null) return false;
    bulk.sendAt = sendAt;
    this.#waitUntil(sendAt);
    return true;
  }

  /**
   * Pauses, resumes or cancels: PENDING ⇄ PAUSED, either → CANCELED. A cancelled bulk gives its money back. Gives
   * whether that was possible. What is resumed after its time is sent at once, at `now` (ms).
   */
  setStatus(bulkId: string, status: 'PENDING' | 'PAUSED' | 'CANCELED', now: number): boolean {
    const bulk = this.#movable(bulkId);
    if (bulk === null) return false;
    if (status === 'PENDING' && bulk.waiting === 'PAUSED') bulk.sendAt = Math.max(bulk.sendAt, now);
    bulk.waiting = status;
    if (status === 'PENDING') this.#waitUntil(bulk.sendAt);
    if (status === 'CANCELED') {
      for (const { message } of bulk.held) {
        this.#refund(message.priceMicros);
        this.#heldIds.delete(message.id);
      }
      bulk.held = [];
    }
    return true;
  }

  #waitUntil(at: number): void {
    this.#nextAt = Math.min(this.#nextAt, at);
    this.#onWaiting();
  }

  #movable(bulkId: string): Bulk | null {
    const bulk = this.#bulks.get(bulkId);
    if (bulk === undefined || bulk.shared) return null;
    return bulk.waiting === 'PENDING' || bulk.waiting === 'PAUSED' ? bulk : null;
  }

  #forget(): void {
    if (this.#bulks.size < BULK_LIMIT) return;
    for (const bulk of this.#bulks.values()) {
      if (bulk.held.length > 0) continue;
      this.#bulks.delete(bulk.id);
      return;
    }
  }
}
