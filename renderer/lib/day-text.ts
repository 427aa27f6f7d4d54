import type { Language } from '../i18n/format.ts';

const LOCALES = { en: 'en-GB', bn: 'bn-BD' } as const;

/** A day (`YYYY-MM-DD`) as the language writes it: `31 March 2027`. */
export const dayText = (day: string, language: Language): string =>
  new Intl.DateTimeFormat(LOCALES[language], {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(new Date(`${day}T00:00:00Z`));
