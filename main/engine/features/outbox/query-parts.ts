import { OPEN } from '../../store/open-messages.ts';

/** Whether the campaign of a row of `messages` was cancelled. */
export const CANCELLED = '(SELECT cancelled_at FROM campaigns WHERE id = messages.campaign_id) IS NOT NULL';

/**
 * Where a message goes that did not leave: into the queue, or, when the user has cancelled its campaign, nowhere. One whose
 * earlier attempt may have arrived is not cancelled: the user is asked about it. `since` NULL: no earlier attempt counts.
 */
export const back = (since: 'uncertain_since' | 'NULL') => `
      state = CASE WHEN NOT ${CANCELLED} THEN 'queued' WHEN ${since} IS NULL THEN 'cancelled' ELSE 'uncertain' END,
      reason = CASE WHEN NOT ${CANCELLED} THEN NULL WHEN ${since} IS NULL THEN 'user' ELSE 'undecided' END`;
/** {@link back}, where an earlier attempt counts. */
export const BACK = back('uncertain_since');

/**
 * The campaigns of an account that have messages in a state, as `name (campaign)`, found with one step in the index for each: there may
 * be hundreds of thousands of such messages, and they are asked about whenever anything happens.
 */
export const campaignsIn = (name: string, state: 'held' | 'queued') => `${name} (campaign) AS (
      SELECT MIN(m.campaign_id) FROM messages m INDEXED BY messages_lane
      WHERE m.account_id = :account AND ${OPEN} AND m.state = '${state}'
      UNION ALL SELECT (SELECT MIN(m.campaign_id) FROM messages m INDEXED BY messages_lane
        WHERE m.account_id = :account AND ${OPEN} AND m.state = '${state}' AND m.campaign_id > ${name}.campaign)
      FROM ${name} WHERE ${name}.campaign IS NOT NULL)`;

/** Ids as one bound value, for `json_each`. */
export const asIds = (ids: readonly number[]) => JSON.stringify(ids);
