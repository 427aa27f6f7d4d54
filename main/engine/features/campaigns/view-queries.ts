import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { CampaignView } from '#shared/ipc/campaign-view.ts';
import { MESSAGE_STATES, type MessageState } from '#shared/sms/message-state.ts';
import { FAILED_STATES, LIVE_RETRY } from './retry-parts.ts';

/** What messages of a campaign were charged, and what the same ones were expected to cost. Money in millionths. */
type ChargedRow = {
  readonly charged: number | null;
  readonly expected: number | null;
  readonly currency: string | null;
  /** Another currency where there are several: such sums mean nothing. */
  readonly other: string | null;
};

const list = (states: readonly MessageState[]) => states.map((state) => `'${state}'`).join(', ');

/**
 * SQL of the head of a campaign's page. It is asked about ten times a second while messages leave, so that everything comes from one
 * index: what is counted is only counted, which is several times as quick as grouping, and sums look at what was charged alone.
 */
export function viewQueries(db: DatabaseSyncInstance) {
  const counts = db.prepare(`
    WITH states (state) AS (VALUES ${MESSAGE_STATES.map((state) => `('${state}')`).join(', ')})
    SELECT s.state, (SELECT COUNT(*) FROM messages m INDEXED BY messages_campaign
      WHERE m.campaign_id = ? AND m.state = s.state) AS count FROM states s`);
  const priced = `FROM messages m INDEXED BY messages_campaign
      WHERE m.campaign_id = :id AND m.state IN (${list(MESSAGE_STATES)}) AND m.price_micros >= 0`;
  const charged = db.prepare(`
    SELECT SUM(m.price_micros) AS charged, SUM(m.estimate_micros) AS expected,
      MIN(m.price_currency) AS currency, MAX(m.price_currency) AS other ${priced}`);
  const undecided = db.prepare(`
    SELECT COUNT(*) AS count FROM messages WHERE campaign_id = ? AND state = 'uncertain' AND reason = 'undecided'`);
  const whyCancelled = db.prepare(`
    SELECT reason FROM messages INDEXED BY messages_campaign WHERE campaign_id = ? AND state = 'cancelled' LIMIT 1`);
  const retried = db.prepare('SELECT 1 FROM campaigns WHERE retry_of = ? LIMIT 1');
  const left = (
    state: 'cancelled' | 'left-out',
  ) => `(SELECT COUNT(*) FROM messages m INDEXED BY messages_campaign
      WHERE m.campaign_id = c.id AND m.state = '${state}')`;
  const retries = db.prepare(`
    SELECT c.id, c.created_at AS createdAt, c.planned - ${left('cancelled')} - ${left('left-out')} AS messages
    FROM campaigns c INDEXED BY campaigns_retry WHERE c.retry_of = ? ORDER BY c.id`);
  const unrepeated = db.prepare(`
    SELECT COUNT(*) AS count FROM messages m INDEXED BY messages_campaign
    WHERE m.campaign_id = ? AND m.state IN (${list(FAILED_STATES)})
      AND NOT EXISTS (SELECT 1 FROM messages r WHERE r.retry_of = m.id AND ${LIVE_RETRY})`);

  return {
    /** Messages of a campaign by state, those states alone that occur. */
    counts: (id: number) =>
      (counts.all(id) as { state: MessageState; count: number }[]).filter(({ count }) => count > 0),
    charged: (id: number) => charged.get({ id }) as ChargedRow,
    /** Uncertain messages that no log could decide and that wait for the user. */
    undecided: (id: number) => (undecided.get(id) as { count: number }).count,
    /** Whether a campaign, whose messages are cancelled, was taken back in its undo window. */
    isUndone: (id: number) =>
      (whyCancelled.get(id) as { reason: string | null } | undefined)?.reason === 'undone',
    /** Whether something of a campaign was sent again, or was to be. */
    isRetried: (id: number) => retried.get(id) !== undefined,
    /** Campaigns that send failed messages of one again, oldest first; none of which nothing is to be sent. */
    retries: (id: number) =>
      (retries.all(id) as CampaignView['retries']).filter(({ messages }) => messages > 0),
    /** Failed messages that are not being sent again and were not. */
    unrepeated: (id: number) => (unrepeated.get(id) as { count: number }).count,
  };
}

/** {@link viewQueries}, prepared. */
export type ViewQueries = ReturnType<typeof viewQueries>;
