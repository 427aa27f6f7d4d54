import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { OPEN } from '../../store/open-messages.ts';

/** All SQL of the overview; what a campaign's rows say is read through campaigns. */
export function overviewQueries(db: DatabaseSyncInstance) {
  // One step in the index for each campaign in each state, however many messages it has.
  const open = db.prepare(`
    WITH RECURSIVE states (state) AS (VALUES ('held'), ('queued'), ('submitting'), ('uncertain')),
    open (account, state, campaign) AS (
      SELECT a.id, s.state, (SELECT MIN(m.campaign_id) FROM messages m INDEXED BY messages_lane
        WHERE m.account_id = a.id AND ${OPEN} AND m.state = s.state)
      FROM accounts a CROSS JOIN states s
      UNION ALL SELECT o.account, o.state, (SELECT MIN(m.campaign_id) FROM messages m INDEXED BY messages_lane
        WHERE m.account_id = o.account AND ${OPEN} AND m.state = o.state AND m.campaign_id > o.campaign)
      FROM open o WHERE o.campaign IS NOT NULL)
    SELECT campaign AS id FROM open WHERE campaign IS NOT NULL
    UNION SELECT c.id FROM campaigns c INDEXED BY campaigns_planned WHERE c.send_at > ? AND c.held_by = 'gateway'`);
  const planned = db.prepare(`
    SELECT id, send_at FROM campaigns WHERE send_at >= ? AND send_at < ? AND pause_reason IS NOT 'writing'
    ORDER BY send_at, id LIMIT ?`);
  const begun = db.prepare(`
    SELECT id FROM campaigns INDEXED BY campaigns_time
    WHERE COALESCE(send_at, created_at) > ? AND COALESCE(send_at, created_at) <= ? AND pause_reason IS NOT 'writing'
    ORDER BY COALESCE(send_at, created_at) DESC LIMIT ?`);

  return {
    /** Campaigns with messages that have not left or whose fate is unknown, or that may lie at the gateway until after `now` (ms). */
    open: (now: number) => (open.all(now) as { id: number }[]).map(({ id }) => id),
    /** Campaigns whose time was after `from` and not after `until` (ms; of those without one the time of writing), the latest first. */
    begun: (from: number, until: number, limit: number) =>
      (begun.all(from, until, limit) as { id: number }[]).map(({ id }) => id),
    /** Campaigns planned for a time from `from` until before `until`, soonest first. */
    planned: (from: number, until: number, limit: number) =>
      planned.all(from, until, limit) as { id: number; send_at: number }[],
  };
}
