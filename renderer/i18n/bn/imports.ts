import type { imports as en } from '../en/imports.ts';
import { translates } from '../translation.ts';

/** Words of importing and its history. */
export const imports = translates<typeof en>()({});
