import type { DatabaseSyncInstance } from '@photostructure/sqlite';

/** All SQL of the overview; what a campaign's rows say is read through campaigns. */
export function overviewQueries(db: DatabaseSyncInstance) {
  const notClosed = db.prepare(`
    SELECT c.id FROM campaigns c
    WHERE (c.held_by = 'gateway' AND c.send_at > ?)
      OR EXISTS (SELECT 1 FROM messages m WHERE m.campaign_id = c.id AND m.state IN ('held', 'queued', 'submitting', 'uncertain'))`);
  const planned = db.prepare(`
    SELECT id, send_at FROM campaigns WHERE send_at >= ? AND send_at < ? AND pause_reason IS NOT 'writing'
    ORDER BY send_at, id LIMIT ?`);

  return {
    /**
     * Campaigns with messages that have not left or whose fate is unknown, or that lie at the gateway until after `now`. A few steps in
     * an index for each campaign, however many messages it has.
     */
    notClosed: (now: number) => (notClosed.all(now) as { id: number }[]).map(({ id }) => id),
    /** Campaigns planned for a time from `from` until before `until`, soonest first. */
    planned: (from: number, until: number, limit: number) =>
      planned.all(from, until, limit) as { id: number; send_at: number }[],
  };
}
