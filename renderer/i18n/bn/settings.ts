import type { settings as en } from '../en/settings.ts';
import { translates } from '../translation.ts';

/** Words of settings. */
export const settings = translates<typeof en>()({ title: '' });
