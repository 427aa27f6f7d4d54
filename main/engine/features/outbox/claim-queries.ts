import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import * as v from 'valibot';
import { SendOptions } from '#shared/ipc/plan.ts';
import { campaignsIn, OPEN } from '../../store/open-messages.ts';
import { asIds, BACK } from './query-parts.ts';
import type { ClaimedRow, LaneRow, Words } from './rows.ts';
import { LONGEST_WAIT_MS } from './temporary.ts';

/**
 * SQL of marking messages as leaving, and of what is asked right before they leave. Every statement names the state it moves from, so
 * that no row can be moved twice.
 */
export function claimQueries(db: DatabaseSyncInstance) {
  const stranded = db.prepare(`
    UPDATE messages INDEXED BY messages_to_repeat SET state = 'uncertain', reason = 'undecided', not_before = NULL, changed_at = :now
    WHERE account_id = :account AND uncertain_since IS NOT NULL AND state = 'queued'
      AND (:own = 0 OR own_id IS NULL OR uncertain_since < :reach)
    RETURNING id, campaign_id`);
  const lane = `c.id, c.pause_reason IS NOT NULL OR c.cancelled_at IS NOT NULL AS stopped, c.send_at, c.held_by, c.urgent, c.quiet,
    c.class, c.canary_until, c.merged`;
  const lanes = db.prepare(`
    WITH RECURSIVE ${campaignsIn('queued', 'queued')}
    SELECT ${lane}, CASE WHEN c.canary_until IS NULL
      THEN CASE WHEN (SELECT MAX(m.not_before) FROM messages m INDEXED BY messages_lane
          WHERE m.account_id = :account AND ${OPEN} AND m.state = 'queued' AND m.campaign_id = c.id) > :never THEN 0
        ELSE (SELECT COALESCE(m.not_before, 0) FROM messages m INDEXED BY messages_lane
          WHERE m.account_id = :account AND ${OPEN} AND m.state = 'queued' AND m.campaign_id = c.id
          ORDER BY m.not_before LIMIT 1) END
      ELSE 0 END AS next_at
    FROM queued CROSS JOIN campaigns c ON c.id = queued.campaign`);
  const laneOf = db.prepare(`SELECT ${lane}, 0 AS next_at FROM campaigns c WHERE c.id = ?`);
  // Ids that begin with their time stand beside each other in the index, so that a commit writes few of its pages; the rest is chance.
  // The plus before a state, here and below, keeps SQLite from reading all messages of that state and looking for each among the ids.
  const claim = db.prepare(`
    UPDATE messages SET state = 'submitting', attempts = attempts + 1, attempt_at = :now, changed_at = :now,
      own_id = CASE WHEN :own = 1 THEN COALESCE(own_id, printf('%012x', :now) || lower(hex(randomblob(10)))) ELSE own_id END
    WHERE +state = 'queued' AND id IN (
      SELECT m.id FROM messages m INDEXED BY messages_lane
      WHERE m.account_id = :account AND ${OPEN} AND m.state = 'queued' AND m.campaign_id = :campaign
        AND (m.not_before IS NULL OR m.not_before <= :now OR m.not_before > :never) AND m.id <= :until
      ORDER BY m.not_before, m.id LIMIT :limit)
    RETURNING id, campaign_id, msisdn, own_text, own_id, uncertain_since, bulk_id, retries`);
  const move = db.prepare('UPDATE campaigns SET told_at = NULL WHERE id = ? AND told_at IS NOT NULL');
  const canary = db.prepare(`
    SELECT COALESCE(SUM(state IN ('held', 'queued', 'submitting') OR state = 'uncertain' AND reason IS NOT 'undecided'), 0) AS open,
      COALESCE(SUM(state = 'refused' OR state = 'queued' AND retries > 0 OR state = 'uncertain' AND reason IS 'undecided'), 0) AS failed,
      COALESCE(SUM(state NOT IN ('held', 'queued', 'submitting', 'left-out', 'cancelled')), 0) AS tried
    FROM messages INDEXED BY messages_campaign_order WHERE campaign_id = ? AND id <= ?`);
  const passCanary = db.prepare('UPDATE campaigns SET canary_until = NULL WHERE id = ?');
  const nextCanary = db.prepare(`
    UPDATE campaigns SET canary_until = (
      SELECT MAX(id) FROM (SELECT m.id FROM messages m INDEXED BY messages_campaign_order
        WHERE m.campaign_id = :id AND m.id > :until AND m.state IN ('held', 'queued')
        ORDER BY m.id LIMIT (SELECT canary FROM campaigns WHERE id = :id)))
    WHERE id = :id`);
  const unwanted = db.prepare(`
    SELECT m.id, m.campaign_id, m.uncertain_since, COALESCE(m.parts, 0) AS parts,
      CASE WHEN EXISTS (SELECT 1 FROM do_not_message d WHERE d.msisdn = m.msisdn) THEN 'do-not-message'
        WHEN m.retry_of IS NOT NULL AND NOT EXISTS (SELECT 1 FROM messages o WHERE o.id = m.retry_of
          AND o.state IN ('refused', 'rejected', 'undeliverable', 'expired', 'no-final-report')) THEN 'arrived-meanwhile'
      END AS why
    FROM json_each(?) AS claimed CROSS JOIN messages m ON m.id = claimed.value WHERE m.state = 'submitting' AND why IS NOT NULL`);
  const leaveOut = db.prepare(`
    UPDATE messages SET state = 'left-out', reason = ?, parts = NULL, not_before = NULL,
      attempts = attempts - 1, changed_at = ?
    WHERE state = 'submitting' AND uncertain_since IS NULL AND id = ?`);
  const fewerParts = db.prepare(`
    UPDATE campaigns SET parts_planned = parts_planned - :parts,
      estimate_micros = estimate_micros - COALESCE((SELECT estimate_micros FROM messages WHERE id = :id), 0)
    WHERE id = :campaign_id`);
  const doubtUnsent = db.prepare(`
    UPDATE messages SET state = 'uncertain', reason = 'undecided', not_before = NULL, attempts = attempts - 1, changed_at = ?
    WHERE state = 'submitting' AND uncertain_since IS NOT NULL AND id = ?`);
  const unclaim = db.prepare(`
    UPDATE messages SET ${BACK}, attempts = attempts - 1, changed_at = ?
    WHERE +state = 'submitting' AND id IN (SELECT value FROM json_each(?))`);
  const bulk = db.prepare(`
    UPDATE messages SET bulk_id = CASE WHEN uncertain_since IS NULL THEN :bulk ELSE COALESCE(bulk_id, :bulk) END
    WHERE id IN (SELECT value FROM json_each(:ids))`);
  const words = db.prepare('SELECT sender, text, options FROM campaigns WHERE id = ?');
  const sendAt = db.prepare("SELECT send_at FROM campaigns WHERE id = ? AND held_by = 'gateway'");
  const event = db.prepare('INSERT INTO events (message_id, at, state, note) VALUES (?, ?, ?, ?)');

  return {
    /** Campaigns of an account with queued messages, by their id. What waits for a time that cannot be, its clock was wrong, is due. */
    lanes: (account: string, now: number) =>
      lanes.all({ account, never: now + LONGEST_WAIT_MS }) as LaneRow[],
    /** What decides whether messages of a campaign may leave, asked right before each request. */
    laneOf: (campaignId: number) => laneOf.get(campaignId) as LaneRow,
    /** A campaign moves (again): where it gets to is to be told. */
    move: (campaignId: number) => void move.run(campaignId),
    /** Marks up to `limit` queued messages of a campaign as leaving, oldest first, none after the one with the id `until`. */
    claim: (
      account: string,
      campaign: number,
      now: number,
      limit: number,
      ownIds: boolean,
      until: number | null,
    ) =>
      claim.all({
        account,
        campaign,
        now,
        never: now + LONGEST_WAIT_MS,
        limit,
        own: ownIds ? 1 : 0,
        until: until ?? Number.MAX_SAFE_INTEGER,
      }) as ClaimedRow[],
    /**
     * How the messages of a campaign up to the one with the id `until` fared: still without an answer, refused (for good, or for now) or
     * left to the user, and `tried`: handed over at all.
     */
    canary: (campaignId: number, until: number) =>
      canary.get(campaignId, until) as { open: number; failed: number; tried: number },
    /** The messages that went ahead were taken: the others follow. */
    passCanary: (campaignId: number) => void passCanary.run(campaignId),
    /** None of those up to `until` was handed over: as many others go ahead in their place. */
    nextCanary: (campaignId: number, until: number) => void nextCanary.run({ id: campaignId, until }),
    /**
     * Leaves to the user what was to be sent again under the same id and cannot be any more: the account takes no such ids now,
     * or the earlier attempt is from before `reach`, and the gateway has forgotten its id.
     */
    stranded: (account: string, now: number, ownIds: boolean, reach: number) =>
      stranded.all({ account, now, own: ownIds ? 1 : 0, reach }) as { id: number; campaign_id: number }[],
    /** Puts messages back that were claimed but never handed to the network. */
    unclaim: (ids: readonly number[], now: number) => void unclaim.run(now, asIds(ids)),
    /**
     * Takes messages out of their way whose number must not be written to, and those that repeat one which has arrived meanwhile, as the
     * last thing before they leave; gives their ids. One that is only sent again, because its first attempt may have arrived, cannot be
     * called left out: the user decides about it.
     */
    withdraw(ids: readonly number[], now: number): number[] {
      const rows = unwanted.all(asIds(ids)) as {
        id: number;
        campaign_id: number;
        uncertain_since: number | null;
        parts: number;
        why: 'do-not-message' | 'arrived-meanwhile';
      }[];
      for (const row of rows) {
        if (row.uncertain_since === null) {
          leaveOut.run(row.why, now, row.id);
          fewerParts.run({ parts: row.parts, id: row.id, campaign_id: row.campaign_id });
        } else doubtUnsent.run(now, row.id);
        event.run(row.id, now, row.uncertain_since === null ? 'left-out' : 'uncertain', row.why);
      }
      return rows.map(({ id }) => id);
    },
    /** Whether any of these is to be withdrawn. */
    anyUnwanted: (ids: readonly number[]) => unwanted.get(asIds(ids)) !== undefined,
    /** Sender and text of a campaign, which never change. */
    words(id: number): Words {
      const row = words.get(id) as { sender: string; text: string; options: string };
      return { ...row, options: v.parse(SendOptions, JSON.parse(row.options)) };
    },
    /** When the gateway is to send a campaign's messages; `null`: at once. Read anew each time, for it can be changed. */
    sendAt: (id: number) => (sendAt.get(id) as { send_at: number } | undefined)?.send_at ?? null,
    /** Remembers in which bulk messages are about to leave, so that it is known even when the answer is lost. */
    bulk: (bulkId: string, ids: readonly number[]) => void bulk.run({ bulk: bulkId, ids: asIds(ids) }),
  };
}
