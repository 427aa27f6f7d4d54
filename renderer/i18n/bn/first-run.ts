import type { firstRun as en } from '../en/first-run.ts';
import { translates } from '../translation.ts';

/** Words of first-run. */
export const firstRun = translates<typeof en>()({ title: '' });
