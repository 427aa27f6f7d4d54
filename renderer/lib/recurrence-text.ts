import type { Recurrence } from '#shared/ipc/series.ts';
import { i18n } from '../i18n/i18n.svelte.ts';
import { dayText } from './day-text.ts';
import { zoneWord } from './zone-choices.ts';

/** When a sending is repeated, in words of the language in use: `every Monday at 10:00, Dhaka, until 31 March 2027`. */
export function recurrenceText({ pattern, time, zone, end }: Recurrence): string {
  const words = i18n.t.series;
  return words.when({
    every: patternText(pattern),
    time: i18n.digits(time),
    zone: zoneWord(zone),
    end: endText(end),
  });
}

function patternText(pattern: Recurrence['pattern']): string {
  const words = i18n.t.series.every;
  switch (pattern.kind) {
    case 'daily':
      return words.daily(pattern.every);
    case 'weekly':
      return words.weekly({
        every: pattern.every,
        days: i18n.list(
          [...pattern.days].sort((a, b) => a - b).map((day) => i18n.t.series.days[day - 1] ?? ''),
        ),
      });
    case 'monthly':
      return words.monthly({ every: pattern.every, day: pattern.day });
  }
}

function endText(end: Recurrence['end']): string | null {
  const words = i18n.t.series;
  switch (end.kind) {
    case 'never':
      return null;
    case 'until':
      return words.until(dayText(end.day, i18n.language));
    case 'times':
      return words.times(end.times);
  }
}
