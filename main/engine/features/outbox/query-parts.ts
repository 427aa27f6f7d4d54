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

/** Ids as one bound value, for `json_each`. */
export const asIds = (ids: readonly number[]) => JSON.stringify(ids);
