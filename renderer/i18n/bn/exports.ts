import type { exports as en } from '../en/exports.ts';
import { translates } from '../translation.ts';

/** Words of exporting contacts. */
export const exports = translates<typeof en>()({});
