const SECOND_MS = 1_000;
const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * The longest time that is written in days alone, in ms: 31 of them. Months would be added by the gateway's calendar, on which no
 * two servers need to agree.
 */
export const LONGEST_RELATIVE_MS = 31 * DAY * SECOND_MS;

/** The relative time `YYMMDDhhmmss000R` (SMPP 3.4 §7.1.1) of a duration in ms, up to whole seconds and at most 31 days. */
export function relativeTime(ms: number): string {
  const seconds = Math.ceil(Math.min(Math.max(ms, 0), LONGEST_RELATIVE_MS) / SECOND_MS);
  const digits = [
    Math.floor(seconds / DAY),
    Math.floor((seconds % DAY) / HOUR),
    Math.floor((seconds % HOUR) / MINUTE),
    seconds % MINUTE,
  ];
  return `0000${digits.map((value) => String(value).padStart(2, '0')).join('')}000R`;
}
