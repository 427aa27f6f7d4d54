import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { OPEN } from '../../store/open-messages.ts';
import { ACCOUNTS_OF_LOGIN } from '../../store/same-login.ts';
import { TAKEN_STATES } from '#shared/sms/message-state.ts';

/** A campaign of which something still has to leave, with what decides how much that costs. */
export type WaitingCampaign = {
  readonly id: number;
  readonly price_micros: number | null;
  readonly price_currency: string | null;
  readonly parts_per_message: number;
};

/** What messages come to: the sum of those with an estimate (millionths), and how many have none. */
export type Estimated = { readonly micros: number; readonly without: number };

const UNSENT = ['held', 'queued', 'submitting'] as const;
const ESTIMATED =
  'COALESCE(SUM(m.estimate_micros), 0) AS micros, COALESCE(SUM(m.estimate_micros IS NULL), 0) AS without';

/** Campaigns of an account by state, one step in the index for each: they may have hundreds of thousands of messages. */
const campaignsIn = (state: (typeof UNSENT)[number]) => `${state} (campaign) AS (
      SELECT MIN(m.campaign_id) FROM messages m INDEXED BY messages_lane
      WHERE m.account_id = :account AND ${OPEN} AND m.state = '${state}'
      UNION ALL SELECT (SELECT MIN(m.campaign_id) FROM messages m INDEXED BY messages_lane
        WHERE m.account_id = :account AND ${OPEN} AND m.state = '${state}' AND m.campaign_id > ${state}.campaign)
      FROM ${state} WHERE ${state}.campaign IS NOT NULL)`;

/** SQL of what sendings that still have to leave will cost. */
export function waitingQueries(db: DatabaseSyncInstance) {
  const accounts = db.prepare(`SELECT id FROM accounts WHERE id IN ${ACCOUNTS_OF_LOGIN}`);
  const campaigns = db.prepare(`
    WITH RECURSIVE ${UNSENT.map(campaignsIn).join(', ')},
      unsent (campaign) AS (${UNSENT.map((state) => `SELECT campaign FROM ${state}`).join(' UNION ')})
    SELECT c.id, c.price_micros, c.price_currency, c.parts_per_message
    FROM unsent CROSS JOIN campaigns c ON c.id = unsent.campaign
    WHERE c.cancelled_at IS NULL AND c.pause_reason IS NOT 'writing'`);
  const unsent = db.prepare(`
    SELECT ${ESTIMATED} FROM messages m INDEXED BY messages_campaign
    WHERE m.campaign_id = ? AND m.state IN (${UNSENT.map((state) => `'${state}'`).join(', ')})`);
  const taken = `m.state IN (${TAKEN_STATES.map((state) => `'${state}'`).join(', ')})`;
  const hasLeft = db.prepare(
    `SELECT 1 FROM messages m INDEXED BY messages_campaign WHERE m.campaign_id = ? AND ${taken} LIMIT 1`,
  );
  const left = db.prepare(`
    SELECT ${ESTIMATED} FROM messages m INDEXED BY messages_campaign_order
    WHERE m.campaign_id = :id AND m.id > :after AND m.id <= :upTo AND m.sent_at > :since AND m.sent_at <= :now
      AND ${taken}`);
  const pageEnd = db.prepare(`
    SELECT MAX(id) AS id FROM (SELECT m.id FROM messages m INDEXED BY messages_campaign_order
      WHERE m.campaign_id = ? AND m.id > ? ORDER BY m.id LIMIT ?)`);
  return {
    /** The accounts that share a login with one, itself included. */
    accounts: (account: string) => (accounts.all({ account }) as { id: string }[]).map(({ id }) => id),
    /** Campaigns of an account that have something to send. */
    campaigns: (account: string) => campaigns.all({ account }) as WaitingCampaign[],
    /** Its messages that have not left. */
    unsent: (campaignId: number) => unsent.get(campaignId) as Estimated,
    /** Some of its messages were taken already. */
    hasLeft: (campaignId: number) => hasLeft.get(campaignId) !== undefined,
    /** The last of the next messages after one, at most `limit`; `null` behind the last. */
    pageEnd: (campaignId: number, after: number, limit: number) =>
      (pageEnd.get(campaignId, after, limit) as { id: number | null }).id,
    /** Its messages of a page that left after a time (ms) and were taken. */
    left: (page: {
      readonly id: number;
      readonly after: number;
      readonly upTo: number;
      readonly since: number;
      readonly now: number;
    }) => left.get(page) as Estimated,
  };
}
