import type { drafts as en } from '../en/drafts.ts';
import { translates } from '../translation.ts';

/** Words of drafts. */
export const drafts = translates<typeof en>()({});
