import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import * as v from 'valibot';
import { SendOptions } from '#shared/ipc/campaigns.ts';
import type { MessageState } from '#shared/sms/message-state.ts';
import type { GatewayStatus } from '../../gateways/gateway.ts';

/** A message that was marked as leaving. */
export type ClaimedRow = {
  readonly id: number;
  readonly campaign_id: number;
  readonly msisdn: string;
  /** Its own text, where its campaign has merge fields. */
  readonly own_text: string | null;
  /** The message id of ours that the gateway is given, where the account takes such; the same at each attempt. */
  readonly own_id: string | null;
  /** Since when an earlier attempt is of unknown fate (ms since the epoch); such a message only goes out under the same id. */
  readonly uncertain_since: number | null;
  /** The bulk that an earlier attempt left in. */
  readonly bulk_id: string | null;
};

/** What all messages of a campaign share, and what never changes; a message's own text comes before `text`. */
export type Words = { readonly sender: string; readonly text: string; readonly options: SendOptions };

/** A message whose fate is unknown and whose next look is due. Times are ms since the epoch. */
export type UncertainRow = {
  readonly id: number;
  readonly campaign_id: number;
  readonly account_id: string;
  readonly msisdn: string;
  readonly sender: string;
  readonly text: string;
  readonly attempt_at: number;
  readonly looks: number;
  readonly own_id: string | null;
  readonly uncertain_since: number | null;
  /** How often it was sent again under the same id. */
  readonly repeats: number;
  /** The gateway keeps it until its time, so its log does not show it before. */
  readonly scheduled: number;
};

/**
 * The condition of the partial index `messages_open`. SQLite uses such an index only where this very expression stands
 * in the query, beside the narrower one that is meant.
 */
const OPEN = "m.state IN ('held', 'queued', 'submitting', 'uncertain')";

/**
 * Where a message goes that did not leave: into the queue, or, when the user has cancelled its campaign, nowhere. One whose
 * earlier attempt may have arrived is not cancelled: the user is asked about it.
 */
const CANCELLED = '(SELECT cancelled_at FROM campaigns WHERE id = messages.campaign_id) IS NOT NULL';
const back = (since: 'uncertain_since' | 'NULL') => `
      state = CASE WHEN NOT ${CANCELLED} THEN 'queued' WHEN ${since} IS NULL THEN 'cancelled' ELSE 'uncertain' END,
      reason = CASE WHEN NOT ${CANCELLED} THEN NULL WHEN ${since} IS NULL THEN 'user' ELSE 'undecided' END`;
const BACK = back('uncertain_since');

/** Messages whose undo window is ended in one commit; the next ones follow at once, after whoever else has something to do. */
const RELEASED_AT_ONCE = 2_000;

/**
 * A campaign whose messages may leave: not paused, its undo window over (one that would end later than any can counts as ended), and
 * its time has come where this computer holds it.
 */
const MAY_LEAVE = `pause_reason IS NULL AND (held_until <= :now OR held_until > :now + :hold)
  AND (send_at IS NULL OR held_by = 'gateway' OR send_at <= :now)`;
const ITS_TIME = "(c.send_at IS NULL OR c.held_by = 'gateway' OR c.send_at <= :now)";

/**
 * The campaigns of an account that have messages whose undo window or time has not been ended yet, found with one step in the index for
 * each: there may be hundreds of thousands of such messages, and they are asked about whenever anything happens.
 */
const HELD = `held (campaign) AS (
      SELECT MIN(m.campaign_id) FROM messages m INDEXED BY messages_held
      WHERE m.account_id = :account AND m.state = 'held'
      UNION ALL SELECT (SELECT MIN(m.campaign_id) FROM messages m INDEXED BY messages_held
        WHERE m.account_id = :account AND m.state = 'held' AND m.campaign_id > held.campaign)
      FROM held WHERE held.campaign IS NOT NULL)`;

const asIds = (ids: readonly number[]) => JSON.stringify(ids);

/** All SQL of sending. Every statement names the state it moves from, so that no row can be moved twice. */
export function outboxQueries(db: DatabaseSyncInstance) {
  const releaseHeld = db.prepare(`
    UPDATE messages SET state = 'queued', not_before = NULL, changed_at = :now
    WHERE state = 'held' AND id IN (
      SELECT m.id FROM messages m INDEXED BY messages_open
      WHERE m.account_id = :account AND ${OPEN} AND m.state = 'held'
        AND (m.not_before <= :now OR m.not_before > :now + :hold)
        AND m.campaign_id IN (SELECT id FROM campaigns WHERE ${MAY_LEAVE})
      ORDER BY m.not_before, m.id LIMIT ${RELEASED_AT_ONCE})
    RETURNING campaign_id`);
  const overdue = db.prepare(`
    SELECT id FROM campaigns AS c
    WHERE c.account_id = :account AND c.send_at IS NOT NULL AND c.send_at < :before
      AND c.pause_reason IS NULL AND c.cancelled_at IS NULL
      AND EXISTS (SELECT 1 FROM messages m WHERE m.campaign_id = c.id
        AND m.state IN ('held', 'queued') AND (m.state = 'held' OR c.held_by = 'gateway'))`);
  const pauseOverdue = db.prepare("UPDATE campaigns SET pause_reason = 'overdue' WHERE id = ?");
  const stranded = db.prepare(`
    UPDATE messages SET state = 'uncertain', reason = 'undecided', not_before = NULL, changed_at = :now
    WHERE account_id = :account AND uncertain_since IS NOT NULL AND state = 'queued'
      AND (:own = 0 OR own_id IS NULL OR uncertain_since < :reach)
    RETURNING id, campaign_id`);
  const claim = db.prepare(`
    UPDATE messages SET state = 'submitting', attempts = attempts + 1, attempt_at = :now, changed_at = :now,
      own_id = CASE WHEN :own = 1 THEN COALESCE(own_id, lower(hex(randomblob(16)))) ELSE own_id END
    WHERE id IN (
      SELECT m.id FROM messages m INDEXED BY messages_open JOIN campaigns c ON c.id = m.campaign_id
      WHERE m.account_id = :account AND ${OPEN} AND m.state = 'queued' AND c.pause_reason IS NULL AND ${ITS_TIME}
      ORDER BY m.not_before, m.id LIMIT :limit)
    RETURNING id, campaign_id, msisdn, own_text, own_id, uncertain_since, bulk_id`);
  const nextMerged = db.prepare(`
    SELECT c.merged FROM messages m INDEXED BY messages_open JOIN campaigns c ON c.id = m.campaign_id
    WHERE m.account_id = :account AND ${OPEN} AND m.state = 'queued' AND c.pause_reason IS NULL AND ${ITS_TIME}
    ORDER BY m.not_before, m.id LIMIT 1`);
  const unwanted = db.prepare(`
    SELECT m.id, m.campaign_id, m.uncertain_since, COALESCE(m.parts, 0) AS parts FROM json_each(?) AS claimed
      CROSS JOIN messages m ON m.id = claimed.value
    WHERE m.state = 'submitting' AND EXISTS (SELECT 1 FROM do_not_message d WHERE d.msisdn = m.msisdn)`);
  const leaveOut = db.prepare(`
    UPDATE messages SET state = 'left-out', reason = 'do-not-message', parts = NULL, not_before = NULL,
      attempts = attempts - 1, changed_at = ?
    WHERE state = 'submitting' AND uncertain_since IS NULL AND id = ?`);
  const fewerParts = db.prepare('UPDATE campaigns SET parts_planned = parts_planned - ? WHERE id = ?');
  const doubtUnsent = db.prepare(`
    UPDATE messages SET state = 'uncertain', reason = 'undecided', not_before = NULL, attempts = attempts - 1, changed_at = ?
    WHERE state = 'submitting' AND uncertain_since IS NOT NULL AND id = ?`);
  const unclaim = db.prepare(`
    UPDATE messages SET ${BACK}, attempts = attempts - 1, changed_at = ?
    WHERE state = 'submitting' AND id IN (SELECT value FROM json_each(?))`);
  const requeue = db.prepare(`
    UPDATE messages SET ${BACK}, not_before = NULL, looks = 0, changed_at = ?
    WHERE state IN ('submitting', 'uncertain') AND id = ?`);
  const requeueFresh = db.prepare(`
    UPDATE messages SET ${back('NULL')}, uncertain_since = NULL, repeats = 0, not_before = NULL, looks = 0, changed_at = ?
    WHERE state IN ('submitting', 'uncertain') AND id = ?`);
  const repeat = db.prepare(`
    UPDATE messages SET ${BACK}, repeats = repeats + 1, not_before = NULL, looks = 0, changed_at = ?
    WHERE state = 'uncertain' AND id = ?`);
  const holdHere = db.prepare("UPDATE campaigns SET held_by = 'here' WHERE id = ? AND send_at IS NOT NULL");
  const holdQueued = db.prepare(`
    UPDATE messages SET state = 'held', not_before = ?, changed_at = ?
    WHERE campaign_id = ? AND state = 'queued' AND uncertain_since IS NULL`);
  const bulk = db.prepare(`
    UPDATE messages SET bulk_id = CASE WHEN uncertain_since IS NULL THEN :bulk ELSE COALESCE(bulk_id, :bulk) END
    WHERE id IN (SELECT value FROM json_each(:ids))`);
  const doubt = db.prepare(`
    UPDATE messages SET state = 'uncertain', reason = 'undecided', not_before = NULL, changed_at = ?
    WHERE state = 'submitting' AND id = ?`);
  const taken = db.prepare(`
    UPDATE messages SET state = ?, reason = NULL, not_before = NULL, uncertain_since = NULL, gateway_message_id = ?,
      bulk_id = COALESCE(?, bulk_id),
      parts = COALESCE(?, parts), status_id = ?, status_group = ?, status_name = ?, sent_at = ?, changed_at = ?
    WHERE state IN ('submitting', 'uncertain', 'queued', 'accepted') AND id = ?`);
  const refused = db.prepare(`
    UPDATE messages SET state = 'refused', reason = ?, not_before = NULL, uncertain_since = NULL, gateway_message_id = ?,
      status_id = ?, status_group = ?, status_name = ?, changed_at = ?
    WHERE state = 'submitting' AND id = ?`);
  const uncertain = db.prepare(`
    UPDATE messages SET state = 'uncertain', reason = 'checking', looks = 0, not_before = ?, changed_at = ?,
      uncertain_since = COALESCE(uncertain_since, attempt_at)
    WHERE state = 'submitting' AND id = ?`);
  const interrupted = db.prepare(`
    UPDATE messages AS m SET state = 'uncertain', reason = 'checking', looks = 0, not_before = :look, changed_at = :now,
      uncertain_since = COALESCE(uncertain_since, attempt_at)
    WHERE ${OPEN} AND m.state = 'submitting' RETURNING id`);
  const due = db.prepare(`
    SELECT m.id, m.campaign_id, m.account_id, m.msisdn, c.sender, COALESCE(m.own_text, c.text) AS text, m.attempt_at, m.looks, m.own_id, m.uncertain_since, m.repeats,
      COALESCE(c.held_by = 'gateway', 0) AS scheduled
    FROM messages m INDEXED BY messages_open JOIN campaigns c ON c.id = m.campaign_id
    WHERE m.account_id = ? AND ${OPEN} AND m.state = 'uncertain' AND m.not_before <= ? ORDER BY m.not_before, m.id LIMIT 1000`);
  const looked = db.prepare(`
    UPDATE messages SET looks = looks + 1, not_before = ?, changed_at = ? WHERE state = 'uncertain' AND id = ?`);
  const undecided = db.prepare(`
    UPDATE messages SET reason = 'undecided', not_before = NULL, changed_at = ? WHERE state = 'uncertain' AND id = ?`);
  const candidates = db.prepare(`
    SELECT m.id, m.campaign_id, m.state, m.attempt_at FROM messages m JOIN campaigns c ON c.id = m.campaign_id
    WHERE m.msisdn = ? AND m.account_id = ? AND m.gateway_message_id IS NULL AND m.attempts > 0
      AND m.state IN ('submitting', 'uncertain', 'queued', 'accepted')
      AND (? IS NULL OR c.sender = ?) AND (? IS NULL OR COALESCE(m.own_text, c.text) = ?)`);
  const known = db.prepare(
    'SELECT id, campaign_id FROM messages WHERE account_id = ? AND gateway_message_id = ?',
  );
  const seenSince = db.prepare(
    'SELECT 1 FROM messages WHERE msisdn = ? AND account_id = ? AND campaign_id IS NULL AND id > ?',
  );
  const forgetApplied = db.prepare(
    'UPDATE reports SET applied = 0 WHERE account_id = ? AND gateway_message_id = ?',
  );
  const reopen = db.prepare('UPDATE campaigns SET cancelled_at = NULL WHERE id = ?');
  const dropEvents = db.prepare('DELETE FROM events WHERE message_id = ?');
  const dropForeign = db.prepare('DELETE FROM messages WHERE id = ? AND campaign_id IS NULL');
  const uncertainOf = db.prepare(`
    SELECT id FROM messages WHERE campaign_id = ? AND state = 'uncertain'
      AND CASE WHEN ? IS NULL THEN reason = 'undecided' ELSE id IN (SELECT value FROM json_each(?)) END`);
  const nextDue = db.prepare(`
    WITH RECURSIVE ${HELD}
    SELECT MIN(MAX(
      (SELECT MIN(m.not_before) FROM messages m INDEXED BY messages_held
        WHERE m.account_id = :account AND m.state = 'held' AND m.campaign_id = c.id),
      c.held_until, CASE WHEN c.held_by = 'here' THEN COALESCE(c.send_at, 0) ELSE 0 END)) AS at
    FROM held CROSS JOIN campaigns c ON c.id = held.campaign WHERE c.pause_reason IS NULL`);
  const isDue = db.prepare(`
    WITH RECURSIVE ${HELD}
    SELECT 1 FROM held CROSS JOIN campaigns c ON c.id = held.campaign
    WHERE ${MAY_LEAVE} AND (
      EXISTS (SELECT 1 FROM messages m INDEXED BY messages_held
        WHERE m.account_id = :account AND m.state = 'held' AND m.campaign_id = c.id AND m.not_before <= :now)
      OR EXISTS (SELECT 1 FROM messages m INDEXED BY messages_held
        WHERE m.account_id = :account AND m.state = 'held' AND m.campaign_id = c.id AND m.not_before > :now + :hold))
    LIMIT 1`);
  const hasQueued = db.prepare(`
    SELECT 1 FROM messages m JOIN campaigns c ON c.id = m.campaign_id
    WHERE m.account_id = :account AND ${OPEN} AND m.state = 'queued' AND c.pause_reason IS NULL AND ${ITS_TIME}
    LIMIT 1`);
  const nextQueued = db.prepare(`
    SELECT MIN(c.send_at) AS at FROM campaigns c
    WHERE c.account_id = :account AND c.send_at IS NOT NULL AND c.send_at > :now AND c.held_by = 'here'
      AND c.pause_reason IS NULL AND c.cancelled_at IS NULL
      AND EXISTS (SELECT 1 FROM messages m WHERE m.campaign_id = c.id AND m.state = 'queued')`);
  const nextLook = db.prepare(`
    SELECT MIN(m.not_before) AS at FROM messages m
    WHERE m.account_id = ? AND ${OPEN} AND m.state = 'uncertain' AND m.not_before IS NOT NULL`);
  const openAccounts = db.prepare(`
    SELECT DISTINCT m.account_id FROM messages m WHERE ${OPEN}`);
  const words = db.prepare('SELECT sender, text, options FROM campaigns WHERE id = ?');
  const sendAt = db.prepare("SELECT send_at FROM campaigns WHERE id = ? AND held_by = 'gateway'");
  const paused = db.prepare(
    'SELECT 1 FROM campaigns WHERE id = ? AND (pause_reason IS NOT NULL OR cancelled_at IS NOT NULL)',
  );
  const openCampaigns = db.prepare(`
    SELECT DISTINCT m.campaign_id AS id FROM messages m
    WHERE m.account_id = ? AND ${OPEN} AND m.state <> 'uncertain'`);
  const spent = db.prepare(
    'INSERT OR IGNORE INTO spent_ids (account_id, gateway_message_id, message_id) VALUES (?, ?, ?)',
  );
  const atGateway = db.prepare(`
    SELECT bulk_id, MAX(state = 'accepted') AS taken FROM messages
    WHERE campaign_id = :campaign AND bulk_id IS NOT NULL
      AND (state = 'accepted' AND sent_at > :now OR state = 'uncertain' AND :later = 1)
    GROUP BY bulk_id ORDER BY bulk_id`);
  const calledBack = db.prepare(`
    UPDATE messages SET state = 'cancelled', reason = 'user', uncertain_since = NULL, not_before = NULL, changed_at = ?
    WHERE campaign_id = ? AND state IN ('accepted', 'uncertain') AND bulk_id = ? RETURNING id`);
  const moved = db.prepare(`
    UPDATE messages SET sent_at = ?, changed_at = ? WHERE campaign_id = ? AND state = 'accepted' AND bulk_id = ?`);
  const renew = db.prepare('UPDATE messages SET own_id = NULL WHERE id = ?');
  const byOwnId = db.prepare(`
    SELECT id, campaign_id, state FROM messages WHERE account_id = ? AND own_id = ? AND gateway_message_id IS NULL`);
  const part = db.prepare(`
    INSERT OR IGNORE INTO message_parts (account_id, gateway_message_id, message_id, part) VALUES (?, ?, ?, ?)`);
  const exchange = db.prepare('UPDATE messages SET exchange_id = ? WHERE id = ?');
  const event = db.prepare('INSERT INTO events (message_id, at, state, note) VALUES (?, ?, ?, ?)');

  return {
    /** Ends the undo window of messages whose time has come, some thousands at a time; gives the campaigns concerned. */
    releaseHeld: (account: string, now: number, hold: number) => [
      ...new Set(
        (releaseHeld.all({ account, now, hold }) as { campaign_id: number }[]).map((row) => row.campaign_id),
      ),
    ],
    /** Marks up to `limit` queued messages as leaving, oldest first. */
    claim: (account: string, now: number, limit: number, ownIds: boolean) =>
      claim.all({ account, now, limit, own: ownIds ? 1 : 0 }) as ClaimedRow[],
    /** Whether the next message to be handed over has a text of its own. */
    nextMerged: (account: string, now: number) =>
      (nextMerged.get({ account, now }) as { merged: number } | undefined)?.merged === 1,
    /**
     * Takes messages out of their way whose number must not be written to, as the last thing before they leave; gives their ids. One
     * that is only sent again, because its first attempt may have arrived, cannot be called left out: the user decides about it.
     */
    withdraw(ids: readonly number[], now: number): number[] {
      const rows = unwanted.all(asIds(ids)) as {
        id: number;
        campaign_id: number;
        uncertain_since: number | null;
        parts: number;
      }[];
      for (const row of rows) {
        if (row.uncertain_since === null) {
          leaveOut.run(now, row.id);
          fewerParts.run(row.parts, row.campaign_id);
        } else doubtUnsent.run(now, row.id);
        event.run(row.id, now, row.uncertain_since === null ? 'left-out' : 'uncertain', 'do-not-message');
      }
      return rows.map(({ id }) => id);
    },
    /** Whether any of these numbers must not be written to. */
    anyUnwanted: (ids: readonly number[]) => unwanted.get(asIds(ids)) !== undefined,
    /** Sendings whose time passed before `before` while nobody was there to send them. */
    overdue: (account: string, before: number) =>
      (overdue.all({ account, before }) as { id: number }[]).map(({ id }) => id),
    pauseOverdue: (campaignId: number) => void pauseOverdue.run(campaignId),
    /**
     * Leaves to the user what was to be sent again under the same id and cannot be any more: the account takes no such ids now,
     * or the earlier attempt is from before `reach`, and the gateway has forgotten its id.
     */
    stranded: (account: string, now: number, ownIds: boolean, reach: number) =>
      stranded.all({ account, now, own: ownIds ? 1 : 0, reach }) as { id: number; campaign_id: number }[],
    /** Puts messages back that were claimed but never handed to the network. */
    unclaim: (ids: readonly number[], now: number) => void unclaim.run(now, asIds(ids)),
    /** Puts a message back into the queue; what is unknown of an earlier attempt stays unknown. */
    requeue: (id: number, now: number) => void requeue.run(now, id),
    /** Puts a message back into the queue that is known, or was decided, not to have arrived. */
    requeueFresh: (id: number, now: number) => void requeueFresh.run(now, id),
    /** Sends a message of unknown fate again under its id. */
    repeat: (id: number, now: number) => void repeat.run(now, id),
    /** Keeps a scheduled campaign here until its time, because its gateway cannot. */
    holdHere(campaignId: number, now: number): void {
      holdHere.run(campaignId);
      holdQueued.run(now, now, campaignId);
    },
    /** Remembers in which bulk messages are about to leave, so that it is known even when the answer is lost. */
    bulk: (bulkId: string, ids: readonly number[]) => void bulk.run({ bulk: bulkId, ids: asIds(ids) }),
    /** Leaves a message to the user: this attempt was refused, an earlier one may have arrived. */
    doubt: (id: number, now: number) => void doubt.run(now, id),
    /** The gateway took it. */
    taken: (
      id: number,
      now: number,
      sentAt: number,
      answer: {
        state: MessageState;
        gatewayMessageId: string | null;
        bulkId: string | null;
        parts: number | null;
        status: GatewayStatus;
      },
    ) =>
      Number(
        taken.run(
          answer.state,
          answer.gatewayMessageId,
          answer.bulkId,
          answer.parts,
          answer.status.id,
          answer.status.groupId,
          answer.status.name,
          sentAt,
          now,
          id,
        ).changes,
      ),
    /** The gateway turned it down. */
    refused: (
      id: number,
      now: number,
      reason: string | null,
      gatewayMessageId: string | null,
      status: GatewayStatus | null,
    ) =>
      void refused.run(
        reason,
        gatewayMessageId,
        status?.id ?? null,
        status?.groupId ?? null,
        status?.name ?? null,
        now,
        id,
      ),
    /** Nobody knows whether it arrived; looked up at `lookAt`. */
    uncertain: (id: number, now: number, lookAt: number) => void uncertain.run(lookAt, now, id),
    /** Messages that were leaving when the program ended. */
    interrupted: (now: number, look: number) =>
      (interrupted.all({ now, look }) as { id: number }[]).map(({ id }) => id),
    /** Uncertain messages whose next look is due, at most 1,000. */
    due: (account: string, now: number) => due.all(account, now) as UncertainRow[],
    looked: (id: number, now: number, nextLookAt: number) => void looked.run(nextLookAt, now, id),
    undecided: (id: number, now: number) => void undecided.run(now, id),
    /**
     * Rows that a log entry could belong to: same number, sender and text (where the entry has them), handed over at least
     * once, and without an id of the gateway.
     */
    candidates: (account: string, msisdn: string, sender: string | null, text: string | null) =>
      candidates.all(msisdn, account, sender, sender, text, text) as {
        id: number;
        campaign_id: number;
        state: 'submitting' | 'uncertain' | 'queued' | 'accepted';
        attempt_at: number;
      }[],
    /** The row that has this gateway id, and whether it was learned from the log. */
    known(account: string, gatewayMessageId: string): { id: number; foreign: boolean } | null {
      const row = known.get(account, gatewayMessageId) as
        { id: number; campaign_id: number | null } | undefined;
      return row ? { id: row.id, foreign: row.campaign_id === null } : null;
    },
    /**
     * Removes a row learned from the log, because it turned out to be one of ours; what was reported about it waits to be
     * applied to ours.
     */
    dropForeign(id: number, account: string, gatewayMessageId: string): void {
      forgetApplied.run(account, gatewayMessageId);
      dropEvents.run(id);
      dropForeign.run(id);
    },
    /** Whether the log has shown a message to this number, after the row was made, that belongs to no campaign of ours. */
    seenSince: (account: string, msisdn: string, id: number) =>
      seenSince.get(msisdn, account, id) !== undefined,
    /** Lets a cancelled campaign send again, because the user asked for some of its messages. */
    reopen: (campaignId: number) => void reopen.run(campaignId),
    uncertainOf(campaignId: number, ids: readonly number[] | null): number[] {
      const json = ids ? asIds(ids) : null;
      return (uncertainOf.all(campaignId, json, json) as { id: number }[]).map(({ id }) => id);
    },
    /** When the next message is due that waits here for its time, or null. */
    nextDue(account: string, now: number): number | null {
      const held = (nextDue.get({ account }) as { at: number | null }).at;
      const queued = (nextQueued.get({ account, now }) as { at: number | null }).at;
      return held === null || queued === null ? (held ?? queued) : Math.min(held, queued);
    },
    /**
     * Whether an undo window has ended. One that would end later than any can, because the clock was set back, counts as
     * ended.
     */
    isDue: (account: string, now: number, hold: number) => isDue.get({ account, now, hold }) !== undefined,
    /** Whether there is anything to hand over. */
    hasQueued: (account: string, now: number) => hasQueued.get({ account, now }) !== undefined,
    /** When the next look for an uncertain message is due, or null. */
    nextLook: (account: string) => (nextLook.get(account) as { at: number | null }).at,
    openAccounts: () => (openAccounts.all() as { account_id: string }[]).map((row) => row.account_id),
    /** Sender and text of a campaign, which never change. */
    words(id: number): Words {
      const row = words.get(id) as { sender: string; text: string; options: string };
      return { ...row, options: v.parse(SendOptions, JSON.parse(row.options)) };
    },
    /** When the gateway is to send a campaign's messages; `null`: at once. Read anew each time, for it can be changed. */
    sendAt: (id: number) => (sendAt.get(id) as { send_at: number } | undefined)?.send_at ?? null,
    /** Asked before each request, so that a pause acts at once. */
    paused: (id: number) => paused.get(id) !== undefined,
    /** Campaigns of an account that still have something to send. */
    openCampaigns: (account: string) => (openCampaigns.all(account) as { id: number }[]).map(({ id }) => id),
    /** Remembers the id of an attempt that came to nothing, so that its log entry is not taken for another message. */
    spent: (account: string, gatewayMessageId: string, id: number) =>
      void spent.run(account, gatewayMessageId, id),
    /**
     * The gateway's bulks that hold messages of a campaign until a time after `now`, or that may hold them because an answer was
     * lost (`later`: the campaign's time is ahead); `taken` where it said that it does.
     */
    atGateway: (campaign: number, now: number, later: boolean) =>
      (atGateway.all({ campaign, now, later: later ? 1 : 0 }) as { bulk_id: string; taken: number }[]).map(
        (row) => ({ bulkId: row.bulk_id, taken: row.taken === 1 }),
      ),
    /** The gateway has let a bulk go: its messages will not be sent. Gives them. */
    calledBack: (campaignId: number, bulkId: string, now: number) =>
      (calledBack.all(now, campaignId, bulkId) as { id: number }[]).map(({ id }) => id),
    /** The gateway sends a bulk at another time. */
    moved: (campaignId: number, bulkId: string, sendAt: number, now: number) =>
      void moved.run(sendAt, now, campaignId, bulkId),
    /** The next attempt of a message gets a new id of ours: this one was used up by an attempt that came to nothing. */
    renewOwnId: (id: number) => void renew.run(id),
    /** The message that carries this id of ours and has no id of the gateway yet. */
    byOwnId: (account: string, ownId: string) =>
      (byOwnId.get(account, ownId) as { id: number; campaign_id: number; state: MessageState } | undefined) ??
      null,
    /** Remembers the id of one part of a message whose parts are reported one by one; `part` counts from 1. */
    part: (account: string, gatewayMessageId: string, messageId: number, number: number) =>
      void part.run(account, gatewayMessageId, messageId, number),
    /** Says with which exchange messages left. */
    exchange(exchangeId: number, ids: readonly number[]): void {
      for (const id of ids) exchange.run(exchangeId, id);
    },
    event: (messageId: number, at: number, state: MessageState, note: string | null) =>
      void event.run(messageId, at, state, note),
  };
}

/** {@link outboxQueries}, prepared. */
export type OutboxQueries = ReturnType<typeof outboxQueries>;
