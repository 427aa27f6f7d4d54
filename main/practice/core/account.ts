import { randomBytes, randomUUID } from 'node:crypto';
import { isSender, refuseDestination } from './addresses.ts';
import { Bulks, type HeldMessage } from './bulks.ts';
import { STATUS } from './catalogue.ts';
import { Inbox, type InboundMessage } from './inbox.ts';
import { Lookups } from './lookups.ts';
import { fateOf, type Fate } from './magic.ts';
import { makeId } from './message-ids.ts';
import type { Message } from './message.ts';
import { octetPartCount, partCount } from './parts.ts';
import type { PracticeUser, Settings } from './settings.ts';
import { Shelf } from './shelf.ts';
import type { BinaryContent, Receipt, Submission, SubmissionItem } from './submission.ts';
import { opensAt } from './windows.ts';

/** What an account needs of the gateway around it. */
export type AccountSurroundings = {
  readonly settings: Settings;
  /** Jitter of delays, in [0, 1). */
  readonly random: () => number;
  /** Hears of every inbound message. */
  readonly onInbound: (account: Account, message: InboundMessage) => void;
  /** Hears of every message with a push target when it starts on its way. */
  readonly onPushable: (message: Message) => void;
  /** Hears that scheduled messages wait for their time. */
  readonly onWaiting: (account: Account) => void;
};

/** The longest validity, in ms ("facts of the platform, Advanced": above 48 hours it is cut). */
const MAX_VALIDITY_MS = 48 * 3_600_000;

/** The number phones can write to when the options name none. */
const USUAL_INBOX_NUMBERS = ['8809601000000'];

/** A login with its money and its messages. */
export class Account {
  readonly user: string;
  readonly password: string;
  readonly apiKey: string;
  readonly inboxNumbers: readonly string[];
  readonly inbox: Inbox;
  readonly lookups: Lookups;
  balanceMicros: number;
  readonly #shelf: Shelf;
  readonly #bulks: Bulks;
  readonly #around: AccountSurroundings;

  constructor(login: PracticeUser, around: AccountSurroundings) {
    const { settings } = around;
    this.user = login.user;
    this.password = login.password;
    this.apiKey = login.apiKey ?? randomBytes(24).toString('base64url');
    this.inboxNumbers = login.inboxNumbers ?? USUAL_INBOX_NUMBERS;
    this.balanceMicros = login.balanceMicros;
    this.#around = around;
    this.inbox = new Inbox(settings.now, settings.logRetentionMs, (message) =>
      around.onInbound(this, message),
    );
    this.lookups = new Lookups(settings, (micros) => this.pay(micros));
    this.#shelf = new Shelf(settings.logRetentionMs, settings.maxMessages);
    this.#bulks = new Bulks(
      (micros) => {
        this.balanceMicros += micros;
      },
      () => around.onWaiting(this),
    );
  }

  /** The messages that are on their way or done. Scheduled ones come in when their time has come. */
  get shelf(): Shelf {
    this.#release();
    return this.#shelf;
  }

  /** The scheduled messages, those whose time has come already let go. */
  get bulks(): Bulks {
    this.#release();
    return this.#bulks;
  }

  /** Takes money, in micros. Gives whether there was enough; otherwise nothing is taken. */
  pay(micros: number): boolean {
    if (micros > this.balanceMicros) return false;
    this.balanceMicros -= micros;
    return true;
  }

  /**
   * Takes a request: one receipt an item, in order. Parts are paid at once, from the balance; when it does not cover
   * a message that one is rejected (12) and costs nothing, like every other rejected one. A message id of the client
   * that is known already is rejected (23), and the first message with it stays as it is. Messages for later are
   * accepted (26), paid, and held.
   */
  submit(submission: Submission): { readonly bulkId: string; readonly receipts: Receipt[] } {
    const bulkId = submission.bulkId ?? randomUUID();
    const { settings } = this.#around;
    const now = settings.now();
    const { shelf } = this;
    const later = submission.sendAt !== null && submission.sendAt > now ? submission.sendAt : null;
    const held: HeldMessage[] = [];
    const heldIds = new Set<string>();
    const counted = new Map<string, number>();
    const receipts = submission.items.map((item): Receipt => {
      const parts = countParts(item, submission.unicode, counted);
      const { to } = item;
      const refuse = (statusId: number, messageId: string | null): Receipt => ({
        to,
        statusId,
        parts,
        messageId,
        priceMicros: 0,
      });
      const badNumber = refuseDestination(to);
      if (badNumber !== null) return refuse(badNumber, null);
      const known = (id: string): boolean => shelf.has(id) || heldIds.has(id) || this.#bulks.holds(id);
      if (item.ownId !== null && known(item.ownId)) return refuse(STATUS.duplicateId, item.ownId);
      let id = item.ownId ?? makeId(submission.ids);
      while (item.ownId === null && known(id)) id = makeId(submission.ids);
      const { fate, priceMicros } = this.#charge(refuseContent(item, submission) ?? fateOf(to), parts);
      const build = (at: number): Message => this.#message(submission, { item, id, bulkId, parts, fate, at });
      if (later !== null && fate.kind !== 'rejected') {
        held.push({ id, priceMicros, start: build });
        heldIds.add(id);
        return { to, statusId: STATUS.pendingAccepted, parts, messageId: id, priceMicros };
      }
      const message = build(now);
      this.#start(message);
      return { to, statusId: firstStatus(message, now), parts, messageId: id, priceMicros };
    });
    if (later !== null && held.length > 0) this.#bulks.hold(bulkId, later, held);
    shelf.prune(now);
    return { bulkId, receipts };
  }

  #release(): void {
    for (const message of this.#bulks.release(this.#around.settings.now())) this.#start(message);
  }

  #start(message: Message): void {
    this.#shelf.add(message);
    if (message.pushed) this.#around.onPushable(message);
  }

  #charge(fate: Fate, parts: number): { readonly fate: Fate; readonly priceMicros: number } {
    if (fate.kind === 'rejected') return { fate, priceMicros: 0 };
    const priceMicros = parts * this.#around.settings.pricePerPartMicros;
    if (this.pay(priceMicros)) return { fate, priceMicros };
    return { fate: { kind: 'rejected', statusId: STATUS.notEnoughCredits }, priceMicros: 0 };
  }

  #message(
    submission: Submission,
    facts: Pick<Message, 'id' | 'bulkId' | 'parts' | 'fate'> & {
      readonly item: SubmissionItem;
      readonly at: number;
    },
  ): Message {
    const { at, fate, item } = facts;
    const { delays, timeZoneOffsetMinutes, pricePerPartMicros } = this.#around.settings;
    const opening = opensAt(submission.window ?? null, at, timeZoneOffsetMinutes);
    const operatorAt = opening + Math.round(delays.toOperatorMs);
    const arrivesAt = operatorAt + Math.round(delays.toHandsetMs + delays.jitterMs * this.#around.random());
    const validity = submission.validityMs;
    const endsAt = validity === null ? null : at + Math.min(validity, MAX_VALIDITY_MS);
    const lapses =
      fate.kind !== 'rejected' && endsAt !== null && (fate.kind === 'stuck' || arrivesAt > endsAt);
    const reportGone = submission.noReport || (fate.kind !== 'final' && !lapses);
    return {
      id: facts.id,
      bulkId: facts.bulkId,
      from: submission.from,
      to: item.to,
      text: item.text,
      binary: item.binary,
      flash: submission.flash,
      unicode: submission.unicode,
      callbackData: submission.callbackData,
      appId: submission.appId,
      notify: submission.notify,
      parts: facts.parts,
      pricePerPartMicros: fate.kind === 'rejected' ? 0 : pricePerPartMicros,
      receivedAt: at,
      opensAt: opening,
      operatorAt,
      doneAt: lapses && endsAt !== null ? endsAt : arrivesAt,
      lapses,
      visibleAt: at + submission.hiddenMs,
      fate,
      reportGone,
      pushed: submission.notify !== null && !reportGone,
    };
  }
}

/** Every item of a request mostly has the same text, so its parts are counted once. */
function countParts(item: SubmissionItem, unicode: boolean | null, counted: Map<string, number>): number {
  if (item.binary !== null) return octetPartCount(octetsOf(item.binary));
  const parts = counted.get(item.text) ?? partCount(item.text, unicode);
  counted.set(item.text, parts);
  return parts;
}

function octetsOf(binary: BinaryContent): number {
  return Math.floor(binary.hex.length / 2);
}

function refuseContent(item: SubmissionItem, submission: Submission): Fate | null {
  if (!isSender(submission.from)) return { kind: 'rejected', statusId: STATUS.invalidSource };
  const { binary, text } = item;
  if (binary === null) {
    return text.length > submission.longest ? { kind: 'rejected', statusId: STATUS.messageTooLong } : null;
  }
  const octets = octetsOf(binary);
  if (octets > submission.longest * 2) return { kind: 'rejected', statusId: STATUS.messageTooLong };
  const header = (binary.esmClass & 0x40) === 0 ? 0 : Number.parseInt(binary.hex.slice(0, 2), 16) + 1;
  return header <= octets ? null : { kind: 'rejected', statusId: STATUS.invalidUdh };
}

/** What the answer to a send says: rejected or held back at once, otherwise accepted (0), as in the document's sample. */
function firstStatus({ fate, opensAt: opening }: Message, now: number): number {
  if (fate.kind !== 'rejected' && now < opening) return STATUS.timeViolation;
  return fate.kind === 'final' ? STATUS.accepted : fate.statusId;
}
