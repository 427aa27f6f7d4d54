/**
 * SQL: whether a row `m` of `messages` is still open; the condition of the partial index `messages_lane`. SQLite uses such an index only
 * where this very expression stands in the query, beside the narrower one that is meant. ORs and no IN: see where the index is made.
 */
export const OPEN =
  "(m.state = 'held' OR m.state = 'queued' OR m.state = 'submitting' OR m.state = 'uncertain')";
