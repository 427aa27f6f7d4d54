import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import * as v from 'valibot';
import { SendOptions } from '#shared/ipc/campaigns.ts';
import { asIds, BACK, ITS_TIME, OPEN } from './query-parts.ts';
import type { ClaimedRow, Words } from './rows.ts';

/** SQL of marking messages as leaving, and of what is asked right before they leave. Every statement names the state it moves from, so that no row can be moved twice. */
export function claimQueries(db: DatabaseSyncInstance) {
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
  const bulk = db.prepare(`
    UPDATE messages SET bulk_id = CASE WHEN uncertain_since IS NULL THEN :bulk ELSE COALESCE(bulk_id, :bulk) END
    WHERE id IN (SELECT value FROM json_each(:ids))`);
  const hasQueued = db.prepare(`
    SELECT 1 FROM messages m JOIN campaigns c ON c.id = m.campaign_id
    WHERE m.account_id = :account AND ${OPEN} AND m.state = 'queued' AND c.pause_reason IS NULL AND ${ITS_TIME}
    LIMIT 1`);
  const words = db.prepare('SELECT sender, text, options FROM campaigns WHERE id = ?');
  const sendAt = db.prepare("SELECT send_at FROM campaigns WHERE id = ? AND held_by = 'gateway'");
  const paused = db.prepare(
    'SELECT 1 FROM campaigns WHERE id = ? AND (pause_reason IS NOT NULL OR cancelled_at IS NOT NULL)',
  );
  const event = db.prepare('INSERT INTO events (message_id, at, state, note) VALUES (?, ?, ?, ?)');

  return {
    /** Whether there is anything to hand over. */
    hasQueued: (account: string, now: number) => hasQueued.get({ account, now }) !== undefined,
    /** Marks up to `limit` queued messages as leaving, oldest first. */
    claim: (account: string, now: number, limit: number, ownIds: boolean) =>
      claim.all({ account, now, limit, own: ownIds ? 1 : 0 }) as ClaimedRow[],
    /** Whether the next message to be handed over has a text of its own. */
    nextMerged: (account: string, now: number) =>
      (nextMerged.get({ account, now }) as { merged: number } | undefined)?.merged === 1,
    /**
     * Leaves to the user what was to be sent again under the same id and cannot be any more: the account takes no such ids now,
     * or the earlier attempt is from before `reach`, and the gateway has forgotten its id.
     */
    stranded: (account: string, now: number, ownIds: boolean, reach: number) =>
      stranded.all({ account, now, own: ownIds ? 1 : 0, reach }) as { id: number; campaign_id: number }[],
    /** Puts messages back that were claimed but never handed to the network. */
    unclaim: (ids: readonly number[], now: number) => void unclaim.run(now, asIds(ids)),
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
    /** Sender and text of a campaign, which never change. */
    words(id: number): Words {
      const row = words.get(id) as { sender: string; text: string; options: string };
      return { ...row, options: v.parse(SendOptions, JSON.parse(row.options)) };
    },
    /** When the gateway is to send a campaign's messages; `null`: at once. Read anew each time, for it can be changed. */
    sendAt: (id: number) => (sendAt.get(id) as { send_at: number } | undefined)?.send_at ?? null,
    /** Asked before each request, so that a pause acts at once. */
    paused: (id: number) => paused.get(id) !== undefined,
    /** Remembers in which bulk messages are about to leave, so that it is known even when the answer is lost. */
    bulk: (bulkId: string, ids: readonly number[]) => void bulk.run({ bulk: bulkId, ids: asIds(ids) }),
  };
}
