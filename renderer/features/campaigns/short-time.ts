import { i18n } from '../../i18n/i18n.svelte.ts';
import { withZone, type PlannedTime } from '../../lib/planned-time.ts';
import { dateTextOf } from '../../ui/date-text.ts';

/** A planned time where there is little room: `29/11/2026 20:00 (Dubai)`. */
export const shortTime = ({ at, zone }: PlannedTime): string =>
  withZone(i18n.digits(dateTextOf(at, 'date-time', zone ?? undefined)), zone);
