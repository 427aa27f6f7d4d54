import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { foldedApart } from '#shared/search-fold.ts';
import type { MessageState } from '#shared/sms/message-state.ts';
import { ACCOUNTS_OF_LOGIN, OTHERS_OF_LOGIN } from '../../store/same-login.ts';

/** The columns of a message that decide what a report may change. */
export type ReportedRow = {
  readonly id: number;
  readonly campaign_id: number | null;
  readonly state: MessageState;
  readonly done_at: number | null;
};

/**
 * Where a body of reports came from: pulled, read in the log, pushed to the local receiver, or handed over by an open
 * connection.
 */
export type Source = 'report' | 'log' | 'push' | 'stream';

/** A swept period, ms since the epoch. */
export type Period = { readonly from: number; readonly until: number };

/** All SQL of receiving. */
export function reportQueries(db: DatabaseSyncInstance) {
  const journal = db.prepare(
    'INSERT INTO journal (account_id, source, body, received_at) VALUES (?, ?, ?, ?)',
  );
  const classOf = db.prepare('SELECT class FROM campaigns WHERE id = ?');
  const parsed = db.prepare('UPDATE journal SET parsed_at = ?, problem = NULL WHERE id = ?');
  const problem = db.prepare('UPDATE journal SET problem = ? WHERE id = ?');
  const unclaimed = db.prepare('UPDATE journal SET parsed_at = NULL, problem = ? WHERE id = ?');
  const unparsed = db.prepare(
    `SELECT id, account_id, source, body, received_at FROM journal
     WHERE parsed_at IS NULL AND problem IS NULL AND source IN ('report', 'log', 'push', 'stream') ORDER BY id`,
  );
  const unreadable = db.prepare(
    'SELECT COUNT(*) AS count FROM journal WHERE parsed_at IS NULL AND problem IS NOT NULL',
  );
  const byGatewayId = db.prepare(
    'SELECT id, campaign_id, state, done_at FROM messages WHERE account_id = ? AND gateway_message_id = ?',
  );
  const ofSameLogin = db.prepare(`
    SELECT m.id, m.campaign_id, m.state, m.done_at
    FROM ${OTHERS_OF_LOGIN}
      CROSS JOIN messages m ON m.account_id = b.id AND m.gateway_message_id = ?
    WHERE a.id = ? ORDER BY m.campaign_id IS NULL LIMIT 1`);
  const partOf = db.prepare(`
    SELECT m.id, m.campaign_id, m.state, m.done_at FROM message_parts p JOIN messages m ON m.id = p.message_id
    WHERE p.account_id IN ${ACCOUNTS_OF_LOGIN} AND p.gateway_message_id = :id`);
  const keepPart = db.prepare(
    `UPDATE message_parts SET report = :json WHERE account_id IN ${ACCOUNTS_OF_LOGIN} AND gateway_message_id = :id`,
  );
  const partReports = db.prepare('SELECT report FROM message_parts WHERE message_id = ? ORDER BY part');
  const awaited = db.prepare(`
    SELECT id, gateway_message_id FROM messages
    WHERE account_id = ? AND state IN ('accepted', 'at-operator') AND gateway_message_id IS NOT NULL AND id > ?
      AND sent_at <= ? ORDER BY id LIMIT ?`);
  const awaitedOwn = db.prepare(`
    SELECT id, gateway_message_id, bulk_id FROM messages
    WHERE account_id = ? AND state IN ('accepted', 'at-operator') AND campaign_id IS NOT NULL
      AND gateway_message_id IS NOT NULL AND id > ? AND sent_at <= ? ORDER BY id LIMIT ?`);
  const insertReport = db.prepare(`
    INSERT INTO reports (journal_id, account_id, source, gateway_message_id, received_at, json, applied)
    VALUES (?, ?, ?, ?, ?, ?, ?)`);
  const latest = db.prepare(
    'SELECT json FROM reports WHERE account_id = ? AND gateway_message_id = ? AND source = ? ORDER BY id DESC LIMIT 1',
  );
  const waiting = db.prepare(`
    SELECT r.id, r.gateway_message_id, r.json, r.source FROM reports r
    WHERE r.applied = 0 AND r.account_id IN ${ACCOUNTS_OF_LOGIN} AND (
      EXISTS (SELECT 1 FROM messages m
        WHERE m.account_id IN ${ACCOUNTS_OF_LOGIN} AND m.gateway_message_id = r.gateway_message_id)
      OR EXISTS (SELECT 1 FROM message_parts p
        WHERE p.account_id IN ${ACCOUNTS_OF_LOGIN} AND p.gateway_message_id = r.gateway_message_id))
    ORDER BY r.id`);
  const applied = db.prepare('UPDATE reports SET applied = 1 WHERE id = ?');
  const apply = db.prepare(`
    UPDATE messages SET state = ?, reason = NULL, status_id = ?, status_group = ?, status_name = ?,
      error_id = ?, error_name = ?, error_permanent = ?, done_at = COALESCE(?, done_at), changed_at = ? WHERE id = ?`);
  const facts = db.prepare(`
    UPDATE messages SET parts = COALESCE(?, parts), price_micros = COALESCE(?, price_micros),
      price_currency = COALESCE(?, price_currency), mccmnc = COALESCE(?, mccmnc), bulk_id = COALESCE(bulk_id, ?),
      sent_at = COALESCE(?, sent_at) WHERE id = ?`);
  const foreign = db.prepare(`
    INSERT INTO messages (account_id, msisdn, state, own_sender, own_text, own_folded, gateway_message_id, bulk_id, created_at, sent_at, changed_at)
    VALUES (?, ?, 'accepted', ?, ?, ?, ?, ?, ?, ?, ?)`);
  const event = db.prepare('INSERT INTO events (message_id, at, state, note) VALUES (?, ?, ?, ?)');
  const isSpent = db.prepare(
    `SELECT 1 FROM spent_ids WHERE account_id IN ${ACCOUNTS_OF_LOGIN} AND gateway_message_id = :id`,
  );
  const oldestAwaiting = db.prepare(`
    SELECT MIN(sent_at) AS oldest FROM messages
    WHERE account_id = ? AND state IN ('accepted', 'at-operator') AND campaign_id IS NOT NULL`);
  const awaits = db.prepare(`
    SELECT 1 FROM messages
    WHERE account_id = ? AND state IN ('accepted', 'at-operator') AND campaign_id IS NOT NULL LIMIT 1`);
  const tooOld = db.prepare(`
    UPDATE messages SET state = 'no-final-report', changed_at = :now
    WHERE id IN (SELECT id FROM messages INDEXED BY messages_awaiting
      WHERE account_id = :account AND state IN ('accepted', 'at-operator') AND sent_at < :before ORDER BY id LIMIT :limit)
    RETURNING campaign_id`);
  const sweep = db.prepare(
    'INSERT INTO sweeps (account_id, from_at, until_at, swept_at) VALUES (?, ?, ?, ?)',
  );
  const sweeps = db.prepare(
    'SELECT from_at AS "from", until_at AS "until" FROM sweeps WHERE account_id = ? AND until_at >= ? ORDER BY from_at',
  );
  const lastSweep = db.prepare(
    'SELECT MAX(until_at) AS until, MAX(swept_at) AS at FROM sweeps WHERE account_id = ?',
  );
  const pulling = db.prepare(
    'INSERT INTO pulls (account_id, at) VALUES (?, ?) ON CONFLICT (account_id) DO UPDATE SET at = excluded.at',
  );
  const lastPull = db.prepare('SELECT at FROM pulls WHERE account_id = ?');
  const dropJournal = db.prepare('DELETE FROM journal WHERE id = ?');
  const missing = db.prepare(`
    SELECT 1 FROM messages WHERE account_id = ? AND state IN ('accepted', 'at-operator', 'no-final-report')
      AND sent_at >= ? AND sent_at < ? LIMIT 1`);

  return {
    /** Stores a body as it came; gives its id. */
    journal: (account: string, source: Source, body: string, receivedAt: number) =>
      Number(journal.run(account, source, body, receivedAt).lastInsertRowid),
    parsed: (id: number, at: number) => void parsed.run(at, id),
    problem: (id: number, what: string) => void problem.run(what, id),
    /** Marks a body of which some entries belong to no message: it counts as unreadable and stays. */
    unclaimed: (id: number, what: string) => void unclaimed.run(what, id),
    /** Bodies that were stored but not parsed when the program ended. */
    unparsed: () =>
      unparsed.all() as {
        id: number;
        account_id: string;
        source: Source;
        body: string;
        received_at: number;
      }[],
    unreadable: () => (unreadable.get() as { count: number }).count,
    byGatewayId: (account: string, gatewayMessageId: string) =>
      (byGatewayId.get(account, gatewayMessageId) as ReportedRow | undefined) ?? null,
    /**
     * The message of another account that signs in as the same user: reports are handed out once for a login, whichever of its
     * accounts asks first.
     */
    ofSameLogin: (account: string, gatewayMessageId: string) =>
      (ofSameLogin.get(gatewayMessageId, account) as ReportedRow | undefined) ?? null,
    /** The message that a part's id belongs to, where parts are reported one by one. */
    partOf: (account: string, gatewayMessageId: string) =>
      (partOf.get({ account, id: gatewayMessageId }) as ReportedRow | undefined) ?? null,
    /** Keeps what was reported about a part. */
    keepPart: (account: string, gatewayMessageId: string, json: string) =>
      void keepPart.run({ json, account, id: gatewayMessageId }),
    /** As what a campaign was sent; `null` where nothing was said. */
    classOf: (campaignId: number) =>
      (classOf.get(campaignId) as { class: 'transactional' | 'promotional' | null } | undefined)?.class ??
      null,
    /** What was reported about each part of a message so far, in their order; empty where parts are not reported apart. */
    partReports: (messageId: number) =>
      (partReports.all(messageId) as { report: string | null }[]).map((row) => row.report),
    /** Ids of messages that wait for a final report, after a row, of those sent before a time. */
    awaited: (account: string, after: number, before: number, limit: number) =>
      awaited.all(account, after, before, limit) as { id: number; gateway_message_id: string }[],
    /** The same of messages of ours alone, with the bulk that they left in: none that the log showed to be sent elsewhere. */
    awaitedOwn: (account: string, after: number, before: number, limit: number) =>
      awaitedOwn.all(account, after, before, limit) as {
        id: number;
        gateway_message_id: string;
        bulk_id: string | null;
      }[],
    insertReport: (row: {
      journalId: number;
      account: string;
      source: Source;
      gatewayMessageId: string;
      receivedAt: number;
      json: string;
      applied: boolean;
    }) =>
      void insertReport.run(
        row.journalId,
        row.account,
        row.source,
        row.gatewayMessageId,
        row.receivedAt,
        row.json,
        row.applied ? 1 : 0,
      ),
    /** What the same source said last about a message. */
    latest: (account: string, gatewayMessageId: string, source: Source) =>
      (latest.get(account, gatewayMessageId, source) as { json: string } | undefined)?.json ?? null,
    /** Reports that came to any account of the login before their message was known, and now have one. */
    waiting: (account: string) =>
      waiting.all({ account }) as { id: number; gateway_message_id: string; json: string; source: Source }[],
    applied: (id: number) => void applied.run(id),
    apply: (row: {
      id: number;
      state: MessageState;
      statusId: number | null;
      statusGroup: number | null;
      statusName: string | null;
      errorId: number | null;
      errorName: string | null;
      errorPermanent: boolean | null;
      doneAt: number | null;
      at: number;
    }) =>
      void apply.run(
        row.state,
        row.statusId,
        row.statusGroup,
        row.statusName,
        row.errorId,
        row.errorName,
        row.errorPermanent === null ? null : Number(row.errorPermanent),
        row.doneAt,
        row.at,
        row.id,
      ),
    facts: (row: {
      id: number;
      parts: number | null;
      priceMicros: number | null;
      priceCurrency: string | null;
      mccmnc: string | null;
      bulkId: string | null;
      sentAt: number | null;
    }) =>
      void facts.run(
        row.parts,
        row.priceMicros,
        row.priceCurrency,
        row.mccmnc,
        row.bulkId,
        row.sentAt,
        row.id,
      ),
    /** Files a message that was sent elsewhere; gives its row. */
    foreign(row: {
      account: string;
      msisdn: string;
      sender: string;
      text: string;
      gatewayMessageId: string;
      bulkId: string | null;
      sentAt: number;
      at: number;
    }): ReportedRow {
      const { lastInsertRowid } = foreign.run(
        row.account,
        row.msisdn,
        row.sender,
        row.text,
        foldedApart(row.text),
        row.gatewayMessageId,
        row.bulkId,
        row.sentAt,
        row.sentAt,
        row.at,
      );
      return { id: Number(lastInsertRowid), campaign_id: null, state: 'accepted', done_at: null };
    },
    event: (messageId: number, at: number, state: MessageState, note: string | null) =>
      void event.run(messageId, at, state, note),
    /** Whether the id belongs to an attempt that came to nothing and was queued again. */
    isSpent: (account: string, gatewayMessageId: string) =>
      isSpent.get({ account, id: gatewayMessageId }) !== undefined,
    /** Whether messages of ours wait for a final report. */
    awaits: (account: string) => awaits.get(account) !== undefined,
    /** When the oldest of them was sent; null when there is none. */
    oldestAwaiting: (account: string) => (oldestAwaiting.get(account) as { oldest: number | null }).oldest,
    /** Ends the wait for up to `limit` messages sent before `before`; gives the campaign of each. */
    tooOld: (account: string, before: number, now: number, limit: number) =>
      (tooOld.all({ account, before, now, limit }) as { campaign_id: number | null }[]).map(
        (row) => row.campaign_id,
      ),
    sweep: (account: string, period: Period, at: number) =>
      void sweep.run(account, period.from, period.until, at),
    /** Swept periods that end after `since`, by their beginning. */
    sweeps: (account: string, since: number) => sweeps.all(account, since) as Period[],
    lastSweep: (account: string) => lastSweep.get(account) as { until: number | null; at: number | null },
    /** Notes that reports are being asked for. */
    pulling: (account: string, at: number) => void pulling.run(account, at),
    /** When reports were last asked for. */
    lastPull: (account: string) => (lastPull.get(account) as { at: number } | undefined)?.at ?? null,
    /** Forgets a body that had nothing in it. */
    dropJournal: (id: number) => void dropJournal.run(id),
    /** Whether a message sent in a period never got its final report. */
    missing: (account: string, from: number, until: number) =>
      missing.get(account, from, until) !== undefined,
  };
}

/** {@link reportQueries}, prepared. */
export type ReportQueries = ReturnType<typeof reportQueries>;
