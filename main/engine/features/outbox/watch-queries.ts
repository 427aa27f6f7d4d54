import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { campaignsIn, OPEN } from '../../store/open-messages.ts';
import type { LaneRow } from './rows.ts';

/** A campaign that still has something to hand over, with how much. */
export type UnsentRow = Omit<LaneRow, 'next_at'> & {
  readonly cancelled: 0 | 1;
  readonly held_until: number;
  readonly held: number;
  readonly queued: number;
  readonly submitting: number;
};

/** Where a campaign stands whose end may have to be told. */
export type StandRow = {
  readonly id: number;
  readonly name: string;
  readonly pause_reason: string | null;
  readonly cancelled: 0 | 1;
  readonly urgent: 0 | 1;
  /** 1: something is still to be handed over. */
  readonly unsent: 0 | 1;
  /** 1: something is still being looked up. */
  readonly checking: 0 | 1;
};

/** How the messages of a campaign fared that left, or were to leave. */
export type EndCounts = { readonly sent: number; readonly failed: number; readonly uncertain: number };

const countIn = (state: string) => `(SELECT COUNT(*) FROM messages m INDEXED BY messages_lane
        WHERE m.account_id = :account AND ${OPEN} AND m.state = '${state}' AND m.campaign_id = c.id)`;

/** SQL of what is told of sending beyond its own pages: how far it is, and that it has ended. */
export function watchQueries(db: DatabaseSyncInstance) {
  const unsent = db.prepare(`
    WITH RECURSIVE ${campaignsIn('held', 'held')}, ${campaignsIn('queued', 'queued')}, unsent (campaign) AS (
      SELECT campaign FROM held UNION SELECT campaign FROM queued
      UNION SELECT m.campaign_id FROM messages m INDEXED BY messages_lane
        WHERE m.account_id = :account AND ${OPEN} AND m.state = 'submitting')
    SELECT c.id, c.pause_reason IS NOT NULL OR c.cancelled_at IS NOT NULL AS stopped, c.cancelled_at IS NOT NULL AS cancelled,
      c.send_at, c.held_by, c.urgent, c.quiet, c.class, c.canary_until, c.merged, c.held_until,
      ${countIn('held')} AS held, ${countIn('queued')} AS queued, ${countIn('submitting')} AS submitting
    FROM unsent CROSS JOIN campaigns c ON c.id = unsent.campaign WHERE c.pause_reason IS NOT 'writing'`);
  const total = db.prepare(
    "SELECT COUNT(*) AS total FROM messages WHERE campaign_id = ? AND state NOT IN ('left-out', 'cancelled')",
  );
  const untold = db.prepare('SELECT id FROM campaigns WHERE told_at IS NULL');
  const stand = db.prepare(`
    SELECT c.id, c.name, c.pause_reason, c.cancelled_at IS NOT NULL AS cancelled, c.urgent,
      EXISTS (SELECT 1 FROM messages m WHERE m.campaign_id = c.id AND m.state IN ('held', 'queued', 'submitting')) AS unsent,
      EXISTS (SELECT 1 FROM messages m WHERE m.campaign_id = c.id AND m.state = 'uncertain' AND m.reason IS NOT 'undecided') AS checking
    FROM campaigns c WHERE c.id = ? AND c.told_at IS NULL`);
  const counts = db.prepare(`
    SELECT COALESCE(SUM(state IN ('accepted', 'at-operator', 'delivered', 'no-final-report')), 0) AS sent,
      COALESCE(SUM(state IN ('refused', 'undeliverable', 'expired', 'rejected')), 0) AS failed,
      COALESCE(SUM(state IN ('held', 'queued', 'submitting', 'uncertain')), 0) AS uncertain
    FROM messages WHERE campaign_id = ?`);
  const told = db.prepare('UPDATE campaigns SET told_at = ? WHERE id = ? AND told_at IS NULL');
  return {
    /** Campaigns of an account that have something to hand over. */
    unsent: (account: string) => unsent.all({ account }) as UnsentRow[],
    /** Messages of a campaign that were to be sent. */
    total: (campaignId: number) => (total.get(campaignId) as { total: number }).total,
    /** Campaigns whose end was not told. */
    untold: () => (untold.all() as { id: number }[]).map(({ id }) => id),
    /** Where a campaign stands; `null` when its end was told. */
    stand: (campaignId: number) => (stand.get(campaignId) as StandRow | undefined) ?? null,
    /** Taken by the gateway, failed, and still open or uncertain. */
    endCounts: (campaignId: number) => counts.get(campaignId) as EndCounts,
    /** Remembers that the end of a campaign was told; says whether it was not before. */
    told: (campaignId: number, at: number) => Number(told.run(at, campaignId).changes) > 0,
  };
}

/** {@link watchQueries}, prepared. */
export type WatchQueries = ReturnType<typeof watchQueries>;
