import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { HELD, MAY_LEAVE, OPEN } from './query-parts.ts';

/** Messages whose undo window is ended in one commit; the next ones follow at once, after whoever else has something to do. */
const RELEASED_AT_ONCE = 2_000;

/** SQL of what waits for its time, here or at the gateway, and of who has anything open. Every statement names the state it moves from, so that no row can be moved twice. */
export function scheduleQueries(db: DatabaseSyncInstance) {
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
  const holdHere = db.prepare("UPDATE campaigns SET held_by = 'here' WHERE id = ? AND send_at IS NOT NULL");
  const holdQueued = db.prepare(`
    UPDATE messages SET state = 'held', not_before = ?, changed_at = ?
    WHERE campaign_id = ? AND state = 'queued' AND uncertain_since IS NULL`);
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
  const nextQueued = db.prepare(`
    SELECT MIN(c.send_at) AS at FROM campaigns c
    WHERE c.account_id = :account AND c.send_at IS NOT NULL AND c.send_at > :now AND c.held_by = 'here'
      AND c.pause_reason IS NULL AND c.cancelled_at IS NULL
      AND EXISTS (SELECT 1 FROM messages m WHERE m.campaign_id = c.id AND m.state = 'queued')`);
  const openAccounts = db.prepare(`
    SELECT DISTINCT m.account_id FROM messages m WHERE ${OPEN}`);
  const openCampaigns = db.prepare(`
    SELECT DISTINCT m.campaign_id AS id FROM messages m
    WHERE m.account_id = ? AND ${OPEN} AND m.state <> 'uncertain'`);
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

  return {
    /** Ends the undo window of messages whose time has come, some thousands at a time; gives the campaigns concerned. */
    releaseHeld: (account: string, now: number, hold: number) => [
      ...new Set(
        (releaseHeld.all({ account, now, hold }) as { campaign_id: number }[]).map((row) => row.campaign_id),
      ),
    ],
    /**
     * Whether an undo window has ended. One that would end later than any can, because the clock was set back, counts as
     * ended.
     */
    isDue: (account: string, now: number, hold: number) => isDue.get({ account, now, hold }) !== undefined,
    /** Sendings whose time passed before `before` while nobody was there to send them. */
    overdue: (account: string, before: number) =>
      (overdue.all({ account, before }) as { id: number }[]).map(({ id }) => id),
    pauseOverdue: (campaignId: number) => void pauseOverdue.run(campaignId),
    /** When the next message is due that waits here for its time, or null. */
    nextDue(account: string, now: number): number | null {
      const held = (nextDue.get({ account }) as { at: number | null }).at;
      const queued = (nextQueued.get({ account, now }) as { at: number | null }).at;
      return held === null || queued === null ? (held ?? queued) : Math.min(held, queued);
    },
    /** Keeps a scheduled campaign here until its time, because its gateway cannot. */
    holdHere(campaignId: number, now: number): void {
      holdHere.run(campaignId);
      holdQueued.run(now, now, campaignId);
    },
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
    openAccounts: () => (openAccounts.all() as { account_id: string }[]).map((row) => row.account_id),
    /** Campaigns of an account that still have something to send. */
    openCampaigns: (account: string) => (openCampaigns.all(account) as { id: number }[]).map(({ id }) => id),
  };
}
