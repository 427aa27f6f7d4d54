import type { groups as en } from '../en/groups.ts';
import { translates } from '../translation.ts';

/** Words of groups, smart groups and the do-not-message list. */
export const groups = translates<typeof en>()({});
