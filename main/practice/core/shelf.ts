import { reportReady, type Message } from './message.ts';

/**
 * The messages of one user, oldest first, for as long as the document keeps them ("SMS logs are available for the
 * last 48 hours"). Old ones leave from the front, so that a gateway that runs for weeks does not grow.
 */
export class Shelf {
  readonly #retentionMs: number;
  readonly #limit: number;
  readonly #byId = new Map<string, Message>();
  #kept: Message[] = [];
  #keptFrom = 0;
  #unread: Message[] = [];
  #unreadFrom = 0;
  #lastTaken: readonly Message[] = [];

  /** Keeps messages for `retentionMs` and at most `limit` of them. */
  constructor(retentionMs: number, limit: number) {
    this.#retentionMs = retentionMs;
    this.#limit = limit;
  }

  /** How many messages are held. */
  get size(): number {
    return this.#byId.size;
  }

  /** Whether a message with this id is held. */
  has(id: string): boolean {
    return this.#byId.has(id);
  }

  /** Adds a message at the end. */
  add(message: Message): void {
    this.#byId.set(message.id, message);
    this.#kept.push(message);
    if (!message.reportGone) this.#unread.push(message);
  }

  /** The messages still held at a time, newest first. */
  *newestFirst(now: number): Generator<Message> {
    this.prune(now);
    for (let index = this.#kept.length - 1; index >= this.#keptFrom; index -= 1) {
      const message = this.#kept[index];
      if (message !== undefined) yield message;
    }
  }

  /** The messages with these ids that are still held at a time, in the order of the ids. */
  *withIds(ids: Iterable<string>, now: number): Generator<Message> {
    this.prune(now);
    for (const id of new Set(ids)) {
      const message = this.#byId.get(id);
      if (message !== undefined) yield message;
    }
  }

  /** Hands out up to `limit` reports that are ready and wanted, each once and for all, oldest message first. */
  takeReports(limit: number, now: number, wanted: (message: Message) => boolean): Message[] {
    this.prune(now);
    const taken: Message[] = [];
    for (let index = this.#unreadFrom; index < this.#unread.length && taken.length < limit; index += 1) {
      const message = this.#unread[index];
      if (message === undefined || !reportReady(message, now) || !wanted(message)) continue;
      message.reportGone = true;
      taken.push(message);
    }
    this.#skipRead();
    this.#lastTaken = taken;
    return taken;
  }

  /** Makes the reports that were handed out last ready once more, as a gateway does that repeats itself. */
  repeatReports(): void {
    for (const message of this.#lastTaken) message.reportGone = false;
    this.#unread.push(...this.#lastTaken);
    this.#lastTaken = [];
  }

  /** Lets go of what is older than the retention or over the limit. */
  prune(now: number): void {
    const oldest = now - this.#retentionMs;
    for (;;) {
      const first = this.#kept[this.#keptFrom];
      if (first === undefined || (first.receivedAt >= oldest && this.#byId.size <= this.#limit)) break;
      first.reportGone = true;
      this.#byId.delete(first.id);
      this.#keptFrom += 1;
    }
    this.#skipRead();
    if (this.#keptFrom > 1_024 && this.#keptFrom * 2 > this.#kept.length) {
      this.#kept = this.#kept.slice(this.#keptFrom);
      this.#keptFrom = 0;
    }
  }

  #skipRead(): void {
    while (this.#unread[this.#unreadFrom]?.reportGone === true) this.#unreadFrom += 1;
    if (this.#unreadFrom > 1_024 && this.#unreadFrom * 2 > this.#unread.length) {
      this.#unread = this.#unread.slice(this.#unreadFrom);
      this.#unreadFrom = 0;
    }
  }
}
