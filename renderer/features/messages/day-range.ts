/** A period given as calendar days of the computer's time zone, both inclusive; an empty string leaves that side open. */
export type DayRange = { readonly from: string; readonly until: string };

/** The periods that one press chooses. */
export const PRESETS = ['today', 'week', 'month', 'all'] as const;
/** One of {@link PRESETS}. */
export type Preset = (typeof PRESETS)[number];

const DAYS: Readonly<Record<Exclude<Preset, 'all'>, number>> = { today: 1, week: 7, month: 30 };

/** The days of a preset, counted back from the day of `now` (ms). `week` is today and the six days before it. */
export function daysOf(preset: Preset, now: number): DayRange {
  if (preset === 'all') return { from: '', until: '' };
  const first = new Date(now);
  first.setDate(first.getDate() - DAYS[preset] + 1);
  return { from: dayOf(first), until: '' };
}

/** The preset that a range is, or null when the user chose other days. */
export function presetOf(range: DayRange, now: number): Preset | null {
  return (
    PRESETS.find((preset) => {
      const days = daysOf(preset, now);
      return days.from === range.from && days.until === range.until;
    }) ?? null
  );
}

/** The instants (ms) of a range: from the first moment of `from` to the first moment after `until`. */
export function instantsOf(range: DayRange): { since?: number; until?: number } {
  const since = midnight(range.from, 0);
  const until = midnight(range.until, 1);
  return { ...(since === null ? {} : { since }), ...(until === null ? {} : { until }) };
}

/** The first moment (ms) of a day of a range; null for an open side. */
export const momentOf = (day: string): number | null => midnight(day, 0);

/** The day of a range that an instant (ms) is in; open for null. */
export const dayText = (at: number | null): string => (at === null ? '' : dayOf(new Date(at)));

/** `YYYY-MM-DD` of a date in the computer's time zone, as a date field writes it. */
function dayOf(date: Date): string {
  const month = String(date.getMonth() + 1).padStart(2, '0');
  const day = String(date.getDate()).padStart(2, '0');
  return `${date.getFullYear()}-${month}-${day}`;
}

/** The first moment of a day, `later` days on; null when `day` is not a day. */
function midnight(day: string, later: number): number | null {
  const [, year, month, date] = /^(\d{4,6})-(\d{2})-(\d{2})$/.exec(day) ?? [];
  if (!year || !month || !date) return null;
  return new Date(Number(year), Number(month) - 1, Number(date) + later).getTime();
}
