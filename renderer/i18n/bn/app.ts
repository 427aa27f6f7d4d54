import type { app as en } from '../en/app.ts';
import { translates } from '../translation.ts';

/** Words of app. */
export const app = translates<typeof en>()({ title: '' });
