/** Words of drafts. */
export const drafts = {};
