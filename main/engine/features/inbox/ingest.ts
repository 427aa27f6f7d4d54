import { createHash } from 'node:crypto';
import type { AccountId } from '#shared/ids.ts';
import { normaliseMsisdn } from '#shared/phone/msisdn.ts';
import { foldForSearch } from '#shared/search-fold.ts';
import type { Log } from '../../../logging/log.ts';
import type { Clock } from '../../clock.ts';
import type { InboundMessage, RawBody, Reading } from '../../gateways/gateway.ts';
import type { Store } from '../../store/store.ts';
import type { InboxQueries } from './queries.ts';

/**
 * What a body held: its entries (`null` when it could not be read; it is kept), how many of them were new, and the time of the
 * oldest one in the gateway's ms since the epoch (`null` when none was told).
 */
export type Taken = {
  readonly entries: number | null;
  readonly received: number;
  readonly oldest: number | null;
};

const NOTHING: Taken = { entries: null, received: 0, oldest: null };

const LONGEST_PARTNER = 40;

/** The key of a conversation: E.164 digits where the sender is a number, else the name as it came. */
function partnerOf(from: string): string {
  const number = normaliseMsisdn(from);
  const partner = number.ok ? number.value.msisdn : from.trim().slice(0, LONGEST_PARTNER);
  return partner === '' ? '?' : partner;
}

/**
 * What makes a message without an id the same as another. Where no time was told, the body's own time and the entry's place in
 * it stand for it: rather twice in the inbox than one of two equal answers lost.
 */
function fingerprintOf(message: InboundMessage, partner: string, raw: RawBody, index: number): string {
  const time = message.receivedAt ?? `${raw.receivedAt}#${index}`;
  return createHash('sha256')
    .update(JSON.stringify([partner, message.to ?? '', message.text, time]))
    .digest('base64url');
}

/**
 * Takes bodies of received messages in. A body is committed as it came before anything parses it, since many are handed out
 * only once; filing its messages and marking it parsed is one further transaction.
 */
export function createInboxIngest(deps: {
  readonly store: Store;
  readonly queries: InboxQueries;
  readonly reading: Reading;
  readonly clock: Clock;
  readonly log: Log;
}) {
  const { store, queries, reading, clock, log } = deps;

  function file(account: AccountId, journalId: number, raw: RawBody): Taken {
    const read = reading.inbox(raw.body);
    if (!read.ok) {
      log.warn('inbox.unreadable', { journal: journalId, code: read.error.code });
      store.transaction(() => queries.problem(journalId, read.error.facts?.detail ?? read.error.code));
      return NOTHING;
    }
    const { messages, skipped } = read.value;
    const received = store.transaction(() => {
      let count = 0;
      for (const [index, message] of messages.entries()) {
        const partner = partnerOf(message.from);
        const isNew = queries.insert({
          account,
          gatewayMessageId: message.gatewayMessageId,
          fingerprint: fingerprintOf(message, partner, raw, index),
          partner,
          receiver: message.to,
          text: message.text,
          textFolded: foldForSearch(message.text),
          keyword: message.keyword === '' ? null : message.keyword,
          receivedAt: message.receivedAt ?? raw.receivedAt,
          journalId,
        });
        if (isNew) count++;
      }
      // Entries that are no message belong to no row; the body that holds them stays visible.
      if (skipped > 0) queries.problem(journalId, `${skipped} entries that are no message`);
      else if (count === 0) queries.dropJournal(journalId);
      else queries.parsed(journalId, clock.now());
      return count;
    });
    const oldest = messages.reduce(
      (least, { receivedAt }) => Math.min(least, receivedAt ?? Infinity),
      Infinity,
    );
    return {
      entries: messages.length + skipped,
      received,
      oldest: Number.isFinite(oldest) ? oldest : null,
    };
  }

  /** Like {@link file}, but a failure leaves the stored body for later instead of reaching the caller. */
  function fileOrLeave(account: AccountId, journalId: number, raw: RawBody): Taken {
    try {
      return file(account, journalId, raw);
    } catch (error) {
      log.error('inbox.not-filed', error, { journal: journalId });
      return NOTHING;
    }
  }

  return {
    /** Stores a body, then files its messages. Throws only when it could not be stored: then nobody may forget it. */
    take(account: AccountId, raw: RawBody): Taken {
      const id = store.transaction(() => queries.journal(account, raw.body, raw.receivedAt));
      return fileOrLeave(account, id, raw);
    },

    /** Files what was stored but not filed when the program ended or the disk was full; gives how many messages were new. */
    leftOver(): number {
      let received = 0;
      for (const row of queries.unparsed()) {
        const raw = { body: row.body, receivedAt: row.received_at };
        received += fileOrLeave(row.account_id, row.id, raw).received;
      }
      return received;
    },
  };
}

/** {@link createInboxIngest}'s value. */
export type InboxIngest = ReturnType<typeof createInboxIngest>;
