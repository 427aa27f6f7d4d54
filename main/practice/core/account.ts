import { randomInt, randomUUID } from 'node:crypto';
import { isSender, refuseDestination } from './addresses.ts';
import { STATUS } from './catalogue.ts';
import { fateOf, type Fate } from './magic.ts';
import type { Message } from './message.ts';
import { partCount } from './parts.ts';
import type { Settings } from './settings.ts';
import { Shelf } from './shelf.ts';

/** One send request of any protocol, already checked for its shape. */
export type Submission = {
  readonly from: string;
  readonly to: readonly string[];
  readonly text: string;
  readonly noReport: boolean;
  readonly hiddenMs: number;
  /** Ids of 19 digits instead of UUIDs. */
  readonly digitIds: boolean;
};

/** What the gateway says about one destination at once. `messageId` is `null` for one that is no number at all. */
export type Receipt = {
  readonly to: string;
  readonly statusId: number;
  readonly parts: number;
  readonly messageId: string | null;
};

/** The document's longest text ("Long SMS (up to 1080 Characters)"), in UTF-16 units. */
const LONGEST_TEXT = 1_080;

/** A login with its money and its messages. */
export class Account {
  readonly user: string;
  readonly password: string;
  readonly shelf: Shelf;
  balanceMicros: number;
  readonly #settings: Settings;
  readonly #random: () => number;

  /** `random` gives the jitter of delays. */
  constructor(
    login: { readonly user: string; readonly password: string; readonly balanceMicros: number },
    settings: Settings,
    random: () => number,
  ) {
    this.user = login.user;
    this.password = login.password;
    this.balanceMicros = login.balanceMicros;
    this.#settings = settings;
    this.#random = random;
    this.shelf = new Shelf(settings.logRetentionMs, settings.maxMessages);
  }

  /**
   * Takes a request: one receipt a destination, in order. Parts are paid at once, from the balance; when it does not
   * cover a message that one is rejected (12) and costs nothing, like every other rejected one.
   */
  submit(submission: Submission): { readonly bulkId: string; readonly receipts: Receipt[] } {
    const bulkId = randomUUID();
    const now = this.#settings.now();
    const parts = partCount(submission.text);
    const refusal = refuseContent(submission);
    const receipts = submission.to.map((to): Receipt => {
      const badNumber = refuseDestination(to);
      if (badNumber !== null) return { to, statusId: badNumber, parts, messageId: null };
      const fate = this.#charge(refusal ?? fateOf(to), parts);
      const message = this.#message(submission, { bulkId, to, parts, fate, now });
      this.shelf.add(message);
      return { to, statusId: firstStatus(fate), parts, messageId: message.id };
    });
    this.shelf.prune(now);
    return { bulkId, receipts };
  }

  #charge(fate: Fate, parts: number): Fate {
    if (fate.kind === 'rejected') return fate;
    const price = parts * this.#settings.pricePerPartMicros;
    if (price > this.balanceMicros) return { kind: 'rejected', statusId: STATUS.notEnoughCredits };
    this.balanceMicros -= price;
    return fate;
  }

  #message(
    submission: Submission,
    facts: Pick<Message, 'bulkId' | 'to' | 'parts' | 'fate'> & { readonly now: number },
  ): Message {
    const { now, fate } = facts;
    const { delays } = this.#settings;
    const operatorAt = now + Math.round(delays.toOperatorMs);
    return {
      id: submission.digitIds ? digitId() : randomUUID(),
      bulkId: facts.bulkId,
      from: submission.from,
      to: facts.to,
      text: submission.text,
      parts: facts.parts,
      pricePerPartMicros: fate.kind === 'rejected' ? 0 : this.#settings.pricePerPartMicros,
      receivedAt: now,
      operatorAt,
      doneAt: operatorAt + Math.round(delays.toHandsetMs + delays.jitterMs * this.#random()),
      visibleAt: now + submission.hiddenMs,
      fate,
      reportGone: submission.noReport || fate.kind !== 'final',
    };
  }
}

function refuseContent(submission: Submission): Fate | null {
  if (!isSender(submission.from)) return { kind: 'rejected', statusId: STATUS.invalidSource };
  if (submission.text.length > LONGEST_TEXT) return { kind: 'rejected', statusId: STATUS.messageTooLong };
  return null;
}

/** What the answer to a send says: rejected or held back at once, otherwise accepted (0), as in the document's sample. */
function firstStatus(fate: Fate): number {
  return fate.kind === 'final' ? STATUS.accepted : fate.statusId;
}

function digitId(): string {
  const nine = (): string => String(randomInt(1_000_000_000)).padStart(9, '0');
  return `2${nine()}${nine()}`;
}
