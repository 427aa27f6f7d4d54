import type { OPEN_STATES } from '#shared/sms/message-state.ts';

/**
 * SQL: whether a row `m` of `messages` is still open; the condition of the partial index `messages_lane`. SQLite uses such an index only
 * where this very expression stands in the query, beside the narrower one that is meant. ORs and no IN: see where the index is made.
 */
export const OPEN =
  "(m.state = 'held' OR m.state = 'queued' OR m.state = 'submitting' OR m.state = 'uncertain')";

/**
 * SQL: the campaigns of an account (`:account`) that have messages in an open state, as `name (campaign)` of a `WITH RECURSIVE`, with a
 * NULL at its end. They are found with one step in the index for each: there may be hundreds of thousands of such messages, and they are
 * asked about whenever anything happens.
 */
export const campaignsIn = (name: string, state: (typeof OPEN_STATES)[number]) => `${name} (campaign) AS (
      SELECT MIN(m.campaign_id) FROM messages m INDEXED BY messages_lane
      WHERE m.account_id = :account AND ${OPEN} AND m.state = '${state}'
      UNION ALL SELECT (SELECT MIN(m.campaign_id) FROM messages m INDEXED BY messages_lane
        WHERE m.account_id = :account AND ${OPEN} AND m.state = '${state}' AND m.campaign_id > ${name}.campaign)
      FROM ${name} WHERE ${name}.campaign IS NOT NULL)`;
