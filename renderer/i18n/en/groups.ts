/** Words of groups, smart groups and the do-not-message list. */
export const groups = {};
