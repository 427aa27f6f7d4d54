import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { campaignsIn, OPEN } from '../../store/open-messages.ts';
import type { LaneRow } from './rows.ts';

/** A campaign whose time has passed; `send_at`: when it could have left. Times are ms since the epoch. */
export type OverdueRow = Pick<LaneRow, 'id' | 'quiet' | 'class'> & { readonly send_at: number };

/** A bulk of the gateway that holds messages of a campaign. */
type HeldBulk = {
  readonly id: string;
  /** The gateway has said that it does. */
  readonly taken: boolean;
  /** Its messages are among these: requests take them in their order, so that few others are. */
  readonly first: number;
  readonly last: number;
};

/** Messages whose undo window is ended in one commit; the next ones follow at once, after whoever else has something to do. */
const RELEASED_AT_ONCE = 2_000;
/** Messages of a campaign that are kept here in one commit. */
const KEPT_AT_ONCE = 2_000;

/** Whether the undo window or the time of a message has ended; one that would end later than any can counts as ended. */
const ENDED = '(m.not_before <= :now OR m.not_before > :now + :hold)';

/**
 * SQL of what waits for its time, here or at the gateway, and of who has anything open.
 * Every statement names the state it moves from, so that no row can be moved twice.
 */
export function scheduleQueries(db: DatabaseSyncInstance) {
  const dueHeld = db.prepare(`
    WITH RECURSIVE ${campaignsIn('held', 'held')}
    SELECT c.id FROM held CROSS JOIN campaigns c ON c.id = held.campaign
    WHERE c.pause_reason IS NULL AND c.cancelled_at IS NULL AND (c.held_until <= :now OR c.held_until > :now + :hold)
      AND (c.send_at IS NULL OR c.held_by = 'gateway' OR c.send_at <= :now)
      AND EXISTS (SELECT 1 FROM messages m INDEXED BY messages_lane
        WHERE m.account_id = :account AND ${OPEN} AND m.state = 'held' AND m.campaign_id = c.id AND ${ENDED})
    ORDER BY c.urgent DESC, c.id`);
  const release = db.prepare(`
    UPDATE messages SET state = 'queued', not_before = NULL, changed_at = :now
    WHERE +state = 'held' AND id IN (
      SELECT m.id FROM messages m INDEXED BY messages_lane
      WHERE m.account_id = :account AND ${OPEN} AND m.state = 'held' AND m.campaign_id = :campaign AND ${ENDED}
      ORDER BY m.not_before, m.id LIMIT :limit)`);
  const late = `c.id, c.send_at, c.quiet, c.class`;
  const isLate = 'c.send_at < :before AND c.pause_reason IS NULL AND c.cancelled_at IS NULL';
  // Kept here, a message is in the queue before its time only until it is put back: the program ended first.
  const notPutBack = `c.held_by = 'here' AND (SELECT m.changed_at FROM messages m INDEXED BY messages_lane
      WHERE m.account_id = :account AND ${OPEN} AND m.state = 'queued' AND m.campaign_id = c.id AND m.not_before IS NULL
        AND m.uncertain_since IS NULL
      ORDER BY m.id LIMIT 1) < c.send_at`;
  const overdue = db.prepare(`
    WITH RECURSIVE ${campaignsIn('held', 'held')}, ${campaignsIn('queued', 'queued')}
    SELECT ${late} FROM held CROSS JOIN campaigns c ON c.id = held.campaign WHERE ${isLate}
    UNION SELECT ${late} FROM queued CROSS JOIN campaigns c ON c.id = queued.campaign WHERE ${isLate}
      AND (c.held_by = 'gateway' OR ${notPutBack})`);
  // One for now has no time: it could leave when its undo time had ended. What was begun goes on, whatever its age.
  const lateNow = `c.send_at IS NULL AND c.held_until < :before AND c.pause_reason IS NULL AND c.cancelled_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM messages m INDEXED BY messages_campaign_order
      WHERE m.campaign_id = c.id AND m.attempt_at IS NOT NULL)`;
  const overdueNow = db.prepare(`
    WITH RECURSIVE ${campaignsIn('held', 'held')}, ${campaignsIn('queued', 'queued')},
      unsent (campaign) AS (SELECT campaign FROM held UNION SELECT campaign FROM queued WHERE :queued = 1)
    SELECT c.id, c.held_until AS send_at, c.quiet, c.class
    FROM unsent CROSS JOIN campaigns c ON c.id = unsent.campaign WHERE ${lateNow}`);
  const keptQuiet = db.prepare(`
    WITH RECURSIVE ${campaignsIn('queued', 'queued')}
    SELECT c.id, c.quiet, c.class, MAX(c.created_at, COALESCE(c.send_at, 0), COALESCE((SELECT MAX(m.attempt_at)
      FROM messages m INDEXED BY messages_campaign_order WHERE m.campaign_id = c.id), 0)) AS send_at
    FROM queued CROSS JOIN campaigns c ON c.id = queued.campaign
    WHERE c.quiet = 1 AND c.pause_reason IS NULL AND c.cancelled_at IS NULL`);
  const pauseOverdue = db.prepare("UPDATE campaigns SET pause_reason = 'overdue' WHERE id = ?");
  const holdHere = db.prepare("UPDATE campaigns SET held_by = 'here' WHERE id = ? AND send_at IS NOT NULL");
  const holdQueued = db.prepare(`
    UPDATE messages SET state = 'held', not_before = :now, changed_at = :now
    WHERE id IN (SELECT m.id FROM messages m INDEXED BY messages_campaign
        WHERE m.campaign_id = :campaign AND m.state = 'queued' AND m.uncertain_since IS NULL LIMIT ${KEPT_AT_ONCE})
      AND EXISTS (SELECT 1 FROM campaigns c WHERE c.id = :campaign AND c.held_by = 'here' AND c.send_at > :now)`);
  const nextHeld = db.prepare(`
    WITH RECURSIVE ${campaignsIn('held', 'held')}
    SELECT MIN(MAX(
      (SELECT MIN(m.not_before) FROM messages m INDEXED BY messages_lane
        WHERE m.account_id = :account AND ${OPEN} AND m.state = 'held' AND m.campaign_id = c.id),
      c.held_until, CASE WHEN c.held_by = 'here' THEN COALESCE(c.send_at, 0) ELSE 0 END)) AS at
    FROM held CROSS JOIN campaigns c ON c.id = held.campaign WHERE c.pause_reason IS NULL AND c.cancelled_at IS NULL`);
  const openAccounts = db.prepare(`
    SELECT a.id FROM accounts a WHERE EXISTS (
      SELECT 1 FROM messages m INDEXED BY messages_lane WHERE m.account_id = a.id AND ${OPEN})`);
  const openCampaigns = db.prepare(`
    WITH RECURSIVE ${campaignsIn('held', 'held')}, ${campaignsIn('queued', 'queued')}
    SELECT campaign AS id FROM held WHERE campaign IS NOT NULL
    UNION SELECT campaign FROM queued WHERE campaign IS NOT NULL
    UNION SELECT m.campaign_id FROM messages m INDEXED BY messages_lane
      WHERE m.account_id = :account AND ${OPEN} AND m.state = 'submitting'`);
  const atGateway = db.prepare(`
    SELECT bulk_id, MAX(state = 'accepted') AS taken, MIN(id) AS first, MAX(id) AS last
    FROM messages INDEXED BY messages_campaign_order
    WHERE campaign_id = :campaign AND bulk_id IS NOT NULL
    GROUP BY bulk_id HAVING MAX(state = 'accepted' AND sent_at > :now OR state = 'uncertain' AND :later = 1) = 1 ORDER BY bulk_id`);
  const calledBack = db.prepare(`
    UPDATE messages INDEXED BY messages_campaign_order
    SET state = 'cancelled', reason = 'user', uncertain_since = NULL, not_before = NULL, changed_at = :now
    WHERE campaign_id = :campaign AND id BETWEEN :first AND :last AND state IN ('accepted', 'uncertain') AND bulk_id = :bulk
    RETURNING id`);
  const moved = db.prepare(`
    UPDATE messages INDEXED BY messages_campaign_order SET sent_at = :sendAt, changed_at = :now
    WHERE campaign_id = :campaign AND id BETWEEN :first AND :last AND state = 'accepted' AND bulk_id = :bulk`);

  return {
    /**
     * Campaigns with messages whose undo window has ended, urgent ones first. One that would end more than `hold` ms from now, because
     * the clock was set back, counts as ended.
     */
    dueHeld: (account: string, now: number, hold: number) =>
      (dueHeld.all({ account, now, hold }) as { id: number }[]).map(({ id }) => id),
    /** Ends the undo window of messages of campaigns, some thousands at a time; gives the campaigns concerned. */
    release(account: string, campaigns: readonly number[], now: number, hold: number): number[] {
      let left = RELEASED_AT_ONCE;
      return campaigns.filter((campaign) => {
        const released = left && Number(release.run({ account, campaign, now, hold, limit: left }).changes);
        left -= released;
        return released > 0;
      });
    },
    /** Sendings whose time passed before `before` while nobody was there to send them. */
    overdue: (account: string, before: number) => overdue.all({ account, before }) as OverdueRow[],
    /**
     * Sendings for now of which nothing was begun and whose undo time ended before `before`; `queued`: also those that waited only
     * for their turn.
     */
    overdueNow: (account: string, before: number, queued: boolean) =>
      overdueNow.all({ account, before, queued: queued ? 1 : 0 }) as OverdueRow[],
    /** Campaigns with queued messages for which quiet hours count; `send_at`: when they last could have moved. */
    keptQuiet: (account: string) => keptQuiet.all({ account }) as OverdueRow[],
    pauseOverdue: (campaignId: number) => void pauseOverdue.run(campaignId),
    /** When the next undo window or time of held messages ends, or null. */
    nextHeld: (account: string) => (nextHeld.get({ account }) as { at: number | null }).at,
    /** Keeps a scheduled campaign here until its time, because its gateway cannot: from then on nothing of it leaves before. */
    holdHere: (campaignId: number) => void holdHere.run(campaignId),
    /** Puts some of its messages back among those that wait; gives whether there may be more. */
    holdQueued: (campaign: number, now: number) =>
      Number(holdQueued.run({ campaign, now }).changes) === KEPT_AT_ONCE,
    /**
     * The gateway's bulks that hold messages of a campaign until a time after `now`, or that may hold them because an answer was
     * lost (`later`: the campaign's time is ahead); `taken` where it said that it does.
     */
    atGateway: (campaign: number, now: number, later: boolean) =>
      (
        atGateway.all({ campaign, now, later: later ? 1 : 0 }) as {
          bulk_id: string;
          taken: number;
          first: number;
          last: number;
        }[]
      ).map(({ bulk_id: id, taken, first, last }): HeldBulk => ({ id, taken: taken === 1, first, last })),
    /** The gateway has let a bulk go: its messages will not be sent. Gives them. */
    calledBack: (campaign: number, { id: bulk, first, last }: HeldBulk, now: number) =>
      (calledBack.all({ campaign, bulk, first, last, now }) as { id: number }[]).map(({ id }) => id),
    /** The gateway sends a bulk at another time. */
    moved: (campaign: number, { id: bulk, first, last }: HeldBulk, sendAt: number, now: number) =>
      void moved.run({ campaign, bulk, first, last, sendAt, now }),
    openAccounts: () => (openAccounts.all() as { id: string }[]).map(({ id }) => id),
    /** Campaigns of an account that still have something to send. */
    openCampaigns: (account: string) =>
      (openCampaigns.all({ account }) as { id: number }[]).map(({ id }) => id),
  };
}
