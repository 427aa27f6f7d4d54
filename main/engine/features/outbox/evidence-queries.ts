import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { AccountId } from '#shared/ids.ts';
import { ACCOUNTS_OF_LOGIN } from '../../store/same-login.ts';

/** A message that the log showed and that no row of ours has. `sent_at` in ms since the epoch. */
export type LogEntry = {
  readonly id: number;
  readonly account_id: AccountId;
  readonly msisdn: string;
  /** Empty where the log did not say it, as `text`. */
  readonly sender: string;
  readonly text: string;
  readonly gateway_message_id: string;
  readonly bulk_id: string | null;
  readonly sent_at: number;
};

/** SQL of what tells our messages from those of another computer with the same login. */
export function evidenceQueries(db: DatabaseSyncInstance) {
  const unclaimed = db.prepare(`
    SELECT f.id, f.account_id, f.msisdn, f.own_sender AS sender, f.own_text AS text, f.gateway_message_id, f.bulk_id, f.sent_at
    FROM messages f INDEXED BY messages_newest
    WHERE f.created_at BETWEEN :from AND :until AND f.campaign_id IS NULL AND f.gateway_message_id IS NOT NULL
      AND f.account_id IN ${ACCOUNTS_OF_LOGIN} LIMIT :limit`);
  const request = db.prepare('SELECT exchange_id FROM messages WHERE id = ?');
  const ofRequest = db.prepare(`
    SELECT msisdn, CASE WHEN gateway_message_id IS NOT NULL THEN bulk_id END AS bulk
    FROM messages INDEXED BY messages_campaign_order
    WHERE campaign_id = :campaign
      AND CASE WHEN :exchange IS NULL THEN attempt_at = :attempt ELSE exchange_id = :exchange END`);
  const inCampaign = db.prepare('SELECT 1 FROM messages WHERE msisdn = ? AND campaign_id = ?');

  return {
    /** What the log showed of a period (ms since the epoch) that is of no row of ours. */
    unclaimed: (account: string, from: number, until: number, limit: number) =>
      unclaimed.all({ account, from, until, limit }) as LogEntry[],
    /** The exchange that a message left with last; null when no answer and no failure of it was written down. */
    exchangeOf: (id: number) =>
      (request.get(id) as { exchange_id: number | null } | undefined)?.exchange_id ?? null,
    /** The numbers that left together, and the bulks that the gateway told of them. */
    ofRequest: (campaign: number, exchange: number | null, attempt: number) =>
      ofRequest.all({ campaign, exchange, attempt }) as { msisdn: string; bulk: string | null }[],
    inCampaign: (msisdn: string, campaign: number) => inCampaign.get(msisdn, campaign) !== undefined,
  };
}
