import { makeId } from './message-ids.ts';
import { partCount } from './parts.ts';

/** A message that a phone sent to a number of the account (facts of the platform, "Inbound (MO)"). */
export type InboundMessage = {
  /** 19 digits. */
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly text: string;
  /** The text without its leading keyword. */
  readonly cleanText: string;
  /** Empty when there is none. */
  readonly keyword: string;
  /** In ms of the gateway's clock. */
  readonly receivedAt: number;
  readonly parts: number;
  /** It was taken once, and is not handed out again. */
  read: boolean;
};

/** What a phone sends. `keyword` counts only when the text begins with it, in whatever case. */
export type InboundDraft = {
  readonly from: string;
  readonly to: string;
  readonly text: string;
  readonly keyword?: string;
};

/** Messages kept at most; the oldest go first. */
const INBOX_LIMIT = 10_000;

/** The inbound messages of one account, oldest first. */
export class Inbox {
  readonly #now: () => number;
  readonly #retentionMs: number;
  readonly #onReceived: (message: InboundMessage) => void;
  #messages: InboundMessage[] = [];

  /** `now` and `retentionMs` in ms; `onReceived` hears of every message, after it is kept. */
  constructor(now: () => number, retentionMs: number, onReceived: (message: InboundMessage) => void) {
    this.#now = now;
    this.#retentionMs = retentionMs;
    this.#onReceived = onReceived;
  }

  /** Receives a message now. */
  receive(draft: InboundDraft): InboundMessage {
    const keyword = draft.keyword ?? '';
    const begins = keyword !== '' && draft.text.toLowerCase().startsWith(keyword.toLowerCase());
    const message: InboundMessage = {
      id: makeId('digits19'),
      from: draft.from,
      to: draft.to,
      text: draft.text,
      cleanText: begins ? draft.text.slice(keyword.length).trimStart() : draft.text,
      keyword: begins ? keyword : '',
      receivedAt: this.#now(),
      parts: partCount(draft.text),
      read: false,
    };
    this.#prune();
    this.#messages.push(message);
    this.#onReceived(message);
    return message;
  }

  /** Hands out up to `limit` messages that nobody took yet, oldest first, each once and for all. */
  take(limit: number, wanted: (message: InboundMessage) => boolean = () => true): InboundMessage[] {
    this.#prune();
    const taken: InboundMessage[] = [];
    for (const message of this.#messages) {
      if (taken.length >= limit) break;
      if (message.read || !wanted(message)) continue;
      message.read = true;
      taken.push(message);
    }
    return taken;
  }

  /** How many messages nobody took yet. */
  get unread(): number {
    return this.#messages.filter((message) => !message.read).length;
  }

  /** Messages that are wanted, newest first, taken or not. */
  logs(limit: number, wanted: (message: InboundMessage) => boolean = () => true): InboundMessage[] {
    this.#prune();
    return this.#messages.filter(wanted).reverse().slice(0, limit);
  }

  #prune(): void {
    const oldest = this.#now() - this.#retentionMs;
    const first = this.#messages[0];
    if (first === undefined || (first.receivedAt >= oldest && this.#messages.length <= INBOX_LIMIT)) return;
    this.#messages = this.#messages.filter((message) => message.receivedAt >= oldest).slice(-INBOX_LIMIT);
  }
}
