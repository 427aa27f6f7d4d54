import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { MessageState } from '#shared/sms/message-state.ts';
import { OTHERS_OF_LOGIN } from '../../store/same-login.ts';

/** A received message as it is stored. Times in ms since the epoch. */
export type NewInboxRow = {
  readonly account: string;
  readonly gatewayMessageId: string | null;
  readonly fingerprint: string;
  readonly partner: string;
  readonly receiver: string | null;
  readonly text: string;
  readonly textFolded: string;
  readonly keyword: string | null;
  readonly receivedAt: number;
  readonly journalId: number;
};

/** A conversation with its newest received message. */
export type ConversationRow = {
  readonly partner: string;
  readonly last_in_at: number;
  readonly account_id: string;
  readonly text: string;
  readonly unread: number;
  readonly received: number;
};

/** A place in the list of conversations, newest first. */
export type ConversationPlace = { readonly at: number; readonly partner: string };

/** A received message of a thread. */
export type ReceivedRow = {
  readonly id: number;
  readonly at: number;
  readonly text: string;
  readonly receiver: string | null;
  readonly keyword: string | null;
};

/** A sent message of a thread. */
export type SentRow = {
  readonly id: number;
  readonly at: number;
  readonly text: string;
  readonly sender: string;
  readonly state: MessageState;
};

/** What the list of conversations is narrowed to; `words` are folded for searching. */
export type ConversationFilter = {
  readonly words: readonly string[];
  readonly digits: string;
  readonly unreadOnly: boolean;
};

const like = (text: string) => `%${text.replace(/[\\%_]/gu, '\\$&')}%`;

/** What never went out is no part of a conversation. */
const SENT = "m.state NOT IN ('left-out', 'cancelled')";

/** All SQL of the inbox. Lists are paged by key, never by offset. */
export function inboxQueries(db: DatabaseSyncInstance) {
  const journal = db.prepare(
    "INSERT INTO journal (account_id, source, body, received_at) VALUES (?, 'inbox', ?, ?)",
  );
  const parsed = db.prepare('UPDATE journal SET parsed_at = ?, problem = NULL WHERE id = ?');
  const problem = db.prepare('UPDATE journal SET parsed_at = NULL, problem = ? WHERE id = ?');
  const dropJournal = db.prepare('DELETE FROM journal WHERE id = ?');
  const unparsed = db.prepare(`
    SELECT id, account_id, body, received_at FROM journal
    WHERE parsed_at IS NULL AND problem IS NULL AND source = 'inbox' ORDER BY id`);
  const byGatewayId = db.prepare('SELECT id FROM inbox WHERE account_id = ? AND gateway_message_id = ?');
  const ofSameLogin = db.prepare(`
    SELECT i.id FROM ${OTHERS_OF_LOGIN}
      CROSS JOIN inbox i ON i.account_id = b.id AND i.gateway_message_id = ?
    WHERE a.id = ?`);
  const byFingerprint = db.prepare(
    'SELECT id, gateway_message_id FROM inbox WHERE account_id = ? AND fingerprint = ?',
  );
  const learnId = db.prepare('UPDATE inbox SET gateway_message_id = ? WHERE id = ?');
  const insert = db.prepare(`
    INSERT INTO inbox (account_id, gateway_message_id, fingerprint, partner, receiver, text, text_folded, keyword,
      received_at, journal_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const receivedThread = db.prepare(`
    SELECT i.id, i.received_at AS at, i.text, i.receiver, i.keyword FROM inbox i
    WHERE i.partner = ? AND (i.received_at, i.id) < (?, ?) ORDER BY i.received_at DESC, i.id DESC LIMIT ?`);
  const sentThread = db.prepare(`
    SELECT m.id, m.created_at AS at, COALESCE(m.own_text, c.text, '') AS text,
      COALESCE(m.own_sender, c.sender, '') AS sender, m.state
    FROM messages m LEFT JOIN campaigns c ON c.id = m.campaign_id
    WHERE m.msisdn = ? AND (m.created_at, m.id) < (?, ?) AND ${SENT}
    ORDER BY m.created_at DESC, m.id DESC LIMIT ?`);
  const lastSent = db.prepare(`
    SELECT m.created_at AS at, COALESCE(m.own_text, c.text, '') AS text
    FROM messages m LEFT JOIN campaigns c ON c.id = m.campaign_id
    WHERE m.msisdn = ? AND m.created_at > ? AND ${SENT} ORDER BY m.created_at DESC, m.id DESC LIMIT 1`);
  const read = db.prepare('UPDATE inbox SET read_at = ? WHERE partner = ? AND read_at IS NULL');
  const unreadLast = db.prepare(
    'UPDATE inbox SET read_at = NULL WHERE id = (SELECT last_in_id FROM conversations WHERE partner = ?)',
  );
  const unread = db.prepare('SELECT COUNT(*) AS count FROM inbox WHERE read_at IS NULL');
  const conversations = db.prepare('SELECT COUNT(*) AS count FROM conversations');
  const asking = db.prepare('UPDATE accounts SET inbox_at = ? WHERE id = ?');
  const asked = db.prepare('UPDATE accounts SET inbox_failed = ? WHERE id = ?');
  const fetchState = db.prepare('SELECT inbox_at AS at, inbox_failed AS failed FROM accounts WHERE id = ?');
  const hasReceived = db.prepare('SELECT 1 FROM inbox WHERE account_id = ? LIMIT 1');

  return {
    /** Stores a body as it came; gives its id. */
    journal: (account: string, body: string, receivedAt: number) =>
      Number(journal.run(account, body, receivedAt).lastInsertRowid),
    parsed: (id: number, at: number) => void parsed.run(at, id),
    /** Marks a body that could not be read, or not whole: it counts as unreadable and stays. */
    problem: (id: number, what: string) => void problem.run(what, id),
    /** Forgets a body that had nothing new in it. */
    dropJournal: (id: number) => void dropJournal.run(id),
    /** Bodies that were stored but not read when the program ended. */
    unparsed: () => unparsed.all() as { id: number; account_id: string; body: string; received_at: number }[],
    /**
     * Files a received message; `false` when it is there already. A row that came without an id takes the id of the same
     * message that came with one.
     */
    insert(row: NewInboxRow): boolean {
      if (row.gatewayMessageId !== null) {
        // Two accounts that sign in as the same user read the same log.
        const known =
          byGatewayId.get(row.account, row.gatewayMessageId) ??
          ofSameLogin.get(row.gatewayMessageId, row.account);
        if (known) return false;
      }
      const same = byFingerprint.all(row.account, row.fingerprint) as {
        id: number;
        gateway_message_id: string | null;
      }[];
      if (row.gatewayMessageId === null && same.length > 0) return false;
      const nameless = same.find(({ gateway_message_id: id }) => id === null);
      if (nameless) {
        learnId.run(row.gatewayMessageId, nameless.id);
        return false;
      }
      insert.run(
        row.account,
        row.gatewayMessageId,
        row.fingerprint,
        row.partner,
        row.receiver,
        row.text,
        row.textFolded,
        row.keyword,
        row.receivedAt,
        row.journalId,
      );
      return true;
    },
    /** Conversations whose newest received message is older than `after`, newest first. */
    conversations(filter: ConversationFilter, after: ConversationPlace | null, limit: number) {
      const conditions: string[] = [];
      const values: (string | number)[] = [];
      const add = (sql: string, ...bound: (string | number)[]) => {
        conditions.push(sql);
        values.push(...bound);
      };
      if (after) add('(c.last_in_at, c.partner) < (?, ?)', after.at, after.partner);
      if (filter.unreadOnly)
        add('EXISTS (SELECT 1 FROM inbox u WHERE u.partner = c.partner AND u.read_at IS NULL)');
      if (filter.words.length > 0) {
        const inText = filter.words.map(() => "t.text_folded LIKE ? ESCAPE '\\'").join(' AND ');
        const found = `EXISTS (SELECT 1 FROM inbox t WHERE t.partner = c.partner AND ${inText})`;
        const partner = filter.digits === '' ? filter.words.join(' ') : filter.digits;
        add(
          `(c.partner LIKE ? ESCAPE '\\' OR ${found})`,
          like(partner),
          ...filter.words.map((word) => like(word)),
        );
      }
      const where = conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';
      const statement = db.prepare(`
        SELECT c.partner, c.last_in_at, i.account_id, i.text,
          (SELECT COUNT(*) FROM inbox u WHERE u.partner = c.partner AND u.read_at IS NULL) AS unread,
          (SELECT COUNT(*) FROM inbox r WHERE r.partner = c.partner) AS received
        FROM conversations c JOIN inbox i ON i.id = c.last_in_id
        ${where} ORDER BY c.last_in_at DESC, c.partner DESC LIMIT ?`);
      return statement.all(...values, limit) as ConversationRow[];
    },
    /** The newest message to a number that was sent after `since`. */
    lastSent: (partner: string, since: number) =>
      (lastSent.get(partner, since) as { at: number; text: string } | undefined) ?? null,
    /** Received messages before a place, newest first. */
    received: (partner: string, before: { at: number; id: number }, limit: number) =>
      receivedThread.all(partner, before.at, before.id, limit) as ReceivedRow[],
    /** Sent messages before a place, newest first. */
    sent: (partner: string, before: { at: number; id: number }, limit: number) =>
      sentThread.all(partner, before.at, before.id, limit) as SentRow[],
    read: (partner: string, at: number) => void read.run(at, partner),
    /** Makes the newest received message of a conversation unread again. */
    unreadLast: (partner: string) => void unreadLast.run(partner),
    unread: () => (unread.get() as { count: number }).count,
    conversationCount: () => (conversations.get() as { count: number }).count,
    /** Notes that an account's messages are being asked for. */
    asking: (account: string, at: number) => void asking.run(at, account),
    /** Notes how that ended: the code of the failure, or `null`. */
    asked: (account: string, failed: string | null) => void asked.run(failed, account),
    fetchState: (account: string) =>
      (fetchState.get(account) as { at: number | null; failed: string | null } | undefined) ?? {
        at: null,
        failed: null,
      },
    hasReceived: (account: string) => hasReceived.get(account) !== undefined,
  };
}

/** {@link inboxQueries}, prepared. */
export type InboxQueries = ReturnType<typeof inboxQueries>;
