import type { CampaignView } from '#shared/ipc/campaign-view.ts';
import { i18n } from '../i18n/i18n.svelte.ts';
import { localZone } from './time-zones.ts';
import { zoneWord } from './zone-choices.ts';

/** A moment (ms since 1970), and the zone (IANA) in which people think of it; `null`: the computer's. */
export type PlannedTime = { readonly at: number; readonly zone: string | null };

/** When a sending really goes out that waits: at its time, or when the quiet hours are over; `null`: as soon as it can. */
export function departureOf({
  sendAt,
  zone,
  quietUntil,
  quietZone,
}: Pick<CampaignView, 'sendAt' | 'zone' | 'quietUntil' | 'quietZone'>): PlannedTime | null {
  if (quietUntil !== null) return { at: quietUntil, zone: quietZone };
  return sendAt === null ? null : { at: sendAt, zone };
}

/** Names the zone of a time that is written as the clocks there show it, where they are not this computer's. */
export const withZone = (text: string, zone: string | null): string =>
  zone === null || zone === localZone() ? text : `${text} (${zoneWord(zone)})`;

/** A planned time with its day of the week: `Sunday 29 November at 20:00 (Dubai)`. */
export const plannedText = ({ at, zone }: PlannedTime): string =>
  withZone(i18n.longDateTime(at, zone ?? undefined), zone);
