import type { templates as en } from '../en/templates.ts';
import { translates } from '../translation.ts';

/** Words of templates. */
export const templates = translates<typeof en>()({});
