import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { AWAITING_REPORT_STATES, OPEN_STATES, type MessageState } from '#shared/sms/message-state.ts';
import { FAILED_STATES, LIVE_RETRY } from './retry-parts.ts';

/** A message that failed, with why. */
export type FailedRow = {
  readonly id: number;
  readonly msisdn: string;
  readonly input: string | null;
  readonly own_text: string | null;
  readonly parts: number | null;
  readonly state: MessageState;
  readonly reason: string | null;
  readonly status_id: number | null;
  readonly status_group: number | null;
  readonly status_name: string | null;
  readonly error_id: number | null;
  readonly error_name: string | null;
  /** The report's own word; `null` where it had none. */
  readonly error_permanent: 0 | 1 | null;
  /** What it was charged; `null` where no charge was told. */
  readonly price_micros: number | null;
  readonly price_currency: string | null;
};

const list = (states: readonly MessageState[]) => states.map((state) => `'${state}'`).join(', ');

/** SQL of what failed and may be sent again. */
export function retryQueries(db: DatabaseSyncInstance) {
  const failed = db.prepare(`
    SELECT json_group_array(m.id) AS ids FROM messages m INDEXED BY messages_campaign
    WHERE m.campaign_id = ? AND m.state = ?`);
  const rows = db.prepare(`
    SELECT m.id, m.msisdn, m.input, m.own_text, m.parts, m.state, m.reason, m.status_id, m.status_group, m.status_name, m.error_id,
      m.error_name, m.error_permanent, m.price_micros, m.price_currency
    FROM json_each(?) AS asked CROSS JOIN messages m ON m.id = asked.value WHERE m.state IN (${list(FAILED_STATES)})
      AND NOT EXISTS (SELECT 1 FROM messages r WHERE r.retry_of = m.id AND ${LIVE_RETRY})`);
  const repeated = db.prepare(`
    WITH RECURSIVE chain (id) AS (
      SELECT asked.value FROM json_each(?) AS asked
      UNION SELECT m.retry_of FROM chain CROSS JOIN messages m ON m.id = chain.id WHERE m.retry_of IS NOT NULL)
    SELECT id FROM chain`);
  const unfinished = `EXISTS (SELECT 1 FROM messages m INDEXED BY messages_campaign
      WHERE m.campaign_id = campaigns.id AND m.state IN (${list([...OPEN_STATES, ...AWAITING_REPORT_STATES])}))`;
  const mayWatch = db.prepare(`
    SELECT 1 FROM campaigns WHERE id = ? AND retry_of IS NULL AND retry_when_over = 0 AND cancelled_at IS NULL AND ${unfinished}`);
  const watch = db.prepare('UPDATE campaigns SET retry_when_over = 1 WHERE id = ?');
  const since = db.prepare('SELECT id FROM campaigns WHERE created_at >= ? AND retry_of IS NULL');
  const watched = db.prepare('SELECT id FROM campaigns WHERE retry_when_over = 1');
  const over =
    db.prepare(`SELECT 1 FROM campaigns WHERE id = ? AND retry_when_over = 1 AND cancelled_at IS NULL
    AND pause_reason IS NOT 'writing' AND NOT ${unfinished}`);
  const unwatch = db.prepare('UPDATE campaigns SET retry_when_over = 0 WHERE id = ?');

  return {
    /** Messages of a campaign that failed in one way, also repeated ones, in no order. */
    failed: (campaignId: number, state: (typeof FAILED_STATES)[number]) =>
      JSON.parse((failed.get(campaignId, state) as { ids: string }).ids) as number[],
    /** Some of them, those that still count as failed and that nothing repeats. */
    rows: (ids: readonly number[]) => rows.all(JSON.stringify(ids)) as FailedRow[],
    /** Messages with those that they repeat, those that these repeat, and so on. */
    repeatedBy: (ids: readonly number[]) =>
      (repeated.all(JSON.stringify(ids)) as { id: number }[]).map(({ id }) => id),
    /** Whether a campaign can come under the rule that sends again: it is not over, nor does it yet. */
    mayWatch: (campaignId: number) => mayWatch.get(campaignId) !== undefined,
    /** A campaign is to be sent again to some by itself, once. */
    watch: (campaignId: number) => void watch.run(campaignId),
    /** Campaigns made since a time (ms) that repeat no other. */
    since: (at: number) => (since.all(at) as { id: number }[]).map(({ id }) => id),
    /** Campaigns that are to be sent again to some by themselves. */
    watched: () => (watched.all() as { id: number }[]).map(({ id }) => id),
    /** Whether such a campaign is over: nothing of it is open, and no report is awaited. */
    isOver: (campaignId: number) => over.get(campaignId) !== undefined,
    /** A campaign is not sent again by itself, or was. */
    unwatch: (campaignId: number) => void unwatch.run(campaignId),
  };
}

/** {@link retryQueries}, prepared. */
export type RetryQueries = ReturnType<typeof retryQueries>;
