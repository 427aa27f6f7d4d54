import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { campaignsIn } from '../../store/open-messages.ts';
import { ACCOUNTS_OF_LOGIN } from '../../store/same-login.ts';
import { OPEN_STATES, TAKEN_STATES, type MessageState } from '#shared/sms/message-state.ts';

/** A campaign of which something has to be paid for, or lately had, with what decides how much that is. */
export type WaitingCampaign = {
  readonly id: number;
  /** When it is planned for (ms); `null`: at once. */
  readonly send_at: number | null;
  readonly cancelled: 0 | 1;
  readonly price_micros: number | null;
  readonly price_currency: string | null;
  readonly parts_per_message: number;
};

/** What messages come to: the sum of those with an estimate (millionths), and how many have none. */
export type Estimated = { readonly micros: number; readonly without: number };

/** A campaign that began so long before the balance was known, and has ended since, is not looked for (ms). */
const REACH_MS = 7 * 24 * 3_600_000;

/** The gateway has charged for a message by so long after the request at the latest (ms). */
const ANSWER_MS = 60_000;

/** Of a message that has left, or may have, when that was (ms). What the gateway took for later has that time as its own, and is charged for at once. */
const CHARGED_AT = `COALESCE(MIN(m.sent_at, m.attempt_at + ${ANSWER_MS}), m.sent_at, m.attempt_at)`;

const TIME = 'COALESCE(c.send_at, c.created_at)';

const list = (states: readonly MessageState[]) => states.map((state) => `'${state}'`).join(', ');
const ESTIMATED =
  'COALESCE(SUM(m.estimate_micros), 0) AS micros, COALESCE(SUM(m.estimate_micros IS NULL), 0) AS without';

/** SQL of what the balance has to pay for already. */
export function waitingQueries(db: DatabaseSyncInstance) {
  const accounts = db.prepare(`SELECT id FROM accounts WHERE id IN ${ACCOUNTS_OF_LOGIN}`);
  const campaigns = db.prepare(`
    WITH RECURSIVE ${OPEN_STATES.map((state) => campaignsIn(state, state)).join(', ')},
      unpaid (campaign) AS (${OPEN_STATES.map((state) => `SELECT campaign FROM ${state}`).join(' UNION ')}
        UNION SELECT c.id FROM campaigns c INDEXED BY campaigns_time
          WHERE ${TIME} >= :since - ${REACH_MS} AND c.account_id = :account AND (c.told_at IS NULL OR c.told_at >= :since))
    SELECT c.id, c.send_at, c.price_micros, c.price_currency, c.parts_per_message, c.cancelled_at IS NOT NULL AS cancelled
    FROM unpaid CROSS JOIN campaigns c ON c.id = unpaid.campaign
    WHERE c.pause_reason IS NOT 'writing'`);
  const unsent = db.prepare(`
    SELECT ${ESTIMATED} FROM messages m INDEXED BY messages_campaign
    WHERE m.campaign_id = ? AND m.state IN (${list(OPEN_STATES)})`);
  const mayHaveLeft = list(['submitting', 'uncertain']);
  const hasLeft = db.prepare(`
    SELECT 1 FROM messages m INDEXED BY messages_campaign
    WHERE m.campaign_id = ? AND m.state IN (${list(TAKEN_STATES)}, ${mayHaveLeft}) LIMIT 1`);
  const left = db.prepare(`
    SELECT ${ESTIMATED} FROM messages m INDEXED BY messages_campaign_order
    WHERE m.campaign_id = :id AND m.id > :after AND m.id <= :upTo AND ${CHARGED_AT} > :since
      AND (m.state IN (${list(TAKEN_STATES)}) OR :cancelled = 1 AND m.state IN (${mayHaveLeft}))`);
  const pageEnd = db.prepare(`
    SELECT MAX(id) AS id FROM (SELECT m.id FROM messages m INDEXED BY messages_campaign_order
      WHERE m.campaign_id = ? AND m.id > ? ORDER BY m.id LIMIT ?)`);
  return {
    /** The accounts that share a login with one, itself included. */
    accounts: (account: string) => (accounts.all({ account }) as { id: string }[]).map(({ id }) => id),
    /** Campaigns of an account that have something open, or may have sent something since a time (ms; `null`: whenever). */
    campaigns: (account: string, since: number | null) =>
      campaigns.all({ account, since }) as WaitingCampaign[],
    /** Its messages that have not left, or are not known to have. */
    unsent: (campaignId: number) => unsent.get(campaignId) as Estimated,
    /** Some of its messages have left already, or may have. */
    hasLeft: (campaignId: number) => hasLeft.get(campaignId) !== undefined,
    /** The last of the next messages after one, at most `limit`; `null` behind the last. */
    pageEnd: (campaignId: number, after: number, limit: number) =>
      (pageEnd.get(campaignId, after, limit) as { id: number | null }).id,
    /** Its messages of a page that were taken after a time (ms); of a cancelled one also those that may have been. */
    left: (page: {
      readonly id: number;
      readonly after: number;
      readonly upTo: number;
      readonly since: number;
      readonly cancelled: 0 | 1;
    }) => left.get(page) as Estimated,
  };
}
