/**
 * The condition of the partial index `messages_open`. SQLite uses such an index only where this very expression stands
 * in the query, beside the narrower one that is meant.
 */
export const OPEN = "m.state IN ('held', 'queued', 'submitting', 'uncertain')";

const CANCELLED = '(SELECT cancelled_at FROM campaigns WHERE id = messages.campaign_id) IS NOT NULL';

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
 * A campaign whose messages may leave: not paused, its undo window over (one that would end later than any can counts as ended), and
 * its time has come where this computer holds it.
 */
export const MAY_LEAVE = `pause_reason IS NULL AND (held_until <= :now OR held_until > :now + :hold)
  AND (send_at IS NULL OR held_by = 'gateway' OR send_at <= :now)`;
/** A campaign's time has come, or its gateway waits for it. */
export const ITS_TIME = "(c.send_at IS NULL OR c.held_by = 'gateway' OR c.send_at <= :now)";

/**
 * The campaigns of an account that have messages whose undo window or time has not been ended yet, found with one step in the index for
 * each: there may be hundreds of thousands of such messages, and they are asked about whenever anything happens.
 */
export const HELD = `held (campaign) AS (
      SELECT MIN(m.campaign_id) FROM messages m INDEXED BY messages_held
      WHERE m.account_id = :account AND m.state = 'held'
      UNION ALL SELECT (SELECT MIN(m.campaign_id) FROM messages m INDEXED BY messages_held
        WHERE m.account_id = :account AND m.state = 'held' AND m.campaign_id > held.campaign)
      FROM held WHERE held.campaign IS NOT NULL)`;

/** Ids as one bound value, for `json_each`. */
export const asIds = (ids: readonly number[]) => JSON.stringify(ids);
