import { dateTextOf, readDateText } from '../../ui/date-text.ts';

/**
 * The instant of a date as it is stored (`2026-11-29`) or as somebody wrote it; null when it is none. A date whose century is not written
 * is none: the year of a birth must not be guessed.
 */
export const dateOf = (value: string): number | null =>
  /[\d০-৯]{4}/u.test(value) ? readDateText(value, 'date', 0) : null;

/** An instant as it is stored: `2026-11-29`, in the computer's time zone. */
export function storedDate(at: number): string {
  const [day = '', month = '', year = ''] = dateTextOf(at, 'date').split('/');
  return `${year}-${month}-${day}`;
}

/** A value as it is shown: dates day first, everything else as it stands. */
export function shownValue(value: string, kind: 'text' | 'number' | 'date'): string {
  const at = kind === 'date' ? dateOf(value) : null;
  return at === null ? value : dateTextOf(at, 'date');
}
