import { i18n } from '../i18n/i18n.svelte.ts';
import { DHAKA, localZone } from './time-zones.ts';

/** Zones that offices in Bangladesh and their people abroad live in, nearest first. */
const ZONES = [
  DHAKA,
  'Asia/Kolkata',
  'Asia/Karachi',
  'Asia/Dubai',
  'Asia/Riyadh',
  'Asia/Qatar',
  'Asia/Kuwait',
  'Asia/Kuala_Lumpur',
  'Asia/Singapore',
  'Europe/London',
  'Europe/Rome',
  'America/New_York',
  'UTC',
];

/** The name of a zone (IANA) as people say it, in the language in use: `Dhaka`. */
export function zoneWord(zone: string): string {
  const words: Readonly<Record<string, string>> = i18n.t.schedule.zones;
  return words[zone] ?? (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
}

/** Zones to choose from: the usual ones, the computer's and the one in use (IANA). */
export function zoneChoices(inUse: string): { value: string; label: string; note?: string }[] {
  const local = localZone();
  const others = [local, inUse].filter((zone) => !ZONES.includes(zone));
  const notes: Readonly<Record<string, string>> = {
    [DHAKA]: i18n.t.schedule.gatewayZone,
    [local]: i18n.t.schedule.ownZone,
  };
  return [...ZONES, ...new Set(others)].map((value) => {
    const note = notes[value];
    return { value, label: zoneWord(value), ...(note !== undefined && { note }) };
  });
}

/** Which zone (IANA) times are written in, and why this one: the zone chosen last, else the computer's. */
export function zoneNote(zone: string): string {
  const words = i18n.t.schedule;
  const own = localZone();
  return zone === own ? words.zoneOwn : words.zoneChosen({ zone: zoneWord(zone), own: zoneWord(own) });
}
