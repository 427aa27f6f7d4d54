import { MICROS, type Money } from '#shared/money.ts';

/** The languages of the face. */
export type Language = 'en' | 'bn';

/** Words by plural category; `other` is used where a category is not given. */
export type PluralForms = { readonly one?: string; readonly other: string };

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** English as written in Bangladesh groups by lakh and crore and writes the day before the month. */
const LOCALES = {
  en: { numbers: 'en-IN', dates: 'en-GB' },
  bn: { numbers: 'bn-BD', dates: 'bn-BD' },
} as const;

const UNIT_WORDS = {
  en: {
    second: 's',
    minute: 'min',
    hour: 'h',
    day: ['day', 'days'],
    now: 'just now',
    ago: (x: string) => `${x} ago`,
  },
  bn: {
    second: 'সেকেন্ড',
    minute: 'মিনিট',
    hour: 'ঘণ্টা',
    day: ['দিন', 'দিন'],
    now: 'এইমাত্র',
    ago: (x: string) => `${x} আগে`,
  },
} as const;

/** Symbols we write instead of the currency's code. */
const SYMBOLS: Readonly<Record<string, string>> = { BDT: '৳' };

/** Numbers, money and times as one language writes them. */
export type Formats = {
  /** A whole or decimal number with the language's digits, grouped by lakh. */
  n(value: number): string;
  /** A share of one as a percentage without decimals. */
  percent(share: number): string;
  /** Picks the word for a count (the count itself is not written). */
  plural(count: number, forms: PluralForms): string;
  /** `৳868.00`; two decimals, up to four where the amount needs them. Currencies without a symbol show their code. */
  money(amount: Money): string;
  /** Day, month, year, hour and minute of an instant (ms since 1970) in the computer's time zone. */
  dateTime(at: number): string;
  /** A text with its Latin digits written in the language's. */
  digits(text: string): string;
  /** Day of the week, date and time of an instant, in `timeZone` or the computer's. */
  longDateTime(at: number, timeZone?: string): string;
  /** Hour and minute, for instants of today. */
  time(at: number): string;
  /** A length of time in ms as its two largest units: `1 min 20 s`. */
  duration(ms: number): string;
  /** How long ago an instant was, seen from `now`: `5 min ago`. */
  age(at: number, now: number): string;
  /** Words joined as a list: `a, b and c`. */
  list(words: readonly string[]): string;
};

/** Builds a formatter when it is first needed: each costs milliseconds, and a start needs few of them. */
function lazily<T>(build: () => T): () => T {
  let built: T | undefined;
  return () => (built ??= build());
}

/** The formats of one language. */
function formatsFor(language: Language): Formats {
  const { numbers, dates } = LOCALES[language];
  const units = UNIT_WORDS[language];
  const number = lazily(() => new Intl.NumberFormat(numbers, { maximumFractionDigits: 2 }));
  const amount = lazily(
    () => new Intl.NumberFormat(numbers, { minimumFractionDigits: 2, maximumFractionDigits: 4 }),
  );
  const share = lazily(() => new Intl.NumberFormat(numbers, { style: 'percent', maximumFractionDigits: 0 }));
  const rules = lazily(() => new Intl.PluralRules(language));
  const dateTime = lazily(
    () => new Intl.DateTimeFormat(dates, { dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23' }),
  );
  const time = lazily(() => new Intl.DateTimeFormat(dates, { timeStyle: 'short', hourCycle: 'h23' }));
  const list = lazily(() => new Intl.ListFormat(language, { type: 'conjunction' }));
  const n = (value: number): string => number().format(value);

  function duration(ms: number): string {
    const seconds = Math.round(ms / SECOND);
    const parts: [number, string][] = [
      [Math.floor(seconds / 86_400), units.day[Math.floor(seconds / 86_400) === 1 ? 0 : 1]],
      [Math.floor(seconds / 3600) % 24, units.hour],
      [Math.floor(seconds / 60) % 60, units.minute],
      [seconds % 60, units.second],
    ];
    const first = parts.findIndex(([value]) => value > 0);
    if (first === -1) return `${n(0)} ${units.second}`;
    return parts
      .slice(first, first + 2)
      .filter(([value]) => value > 0)
      .map(([value, unit]) => `${n(value)} ${unit}`)
      .join(' ');
  }

  return {
    n,
    duration,
    percent: (value) => share().format(value),
    plural: (count, forms) => (rules().select(count) === 'one' ? (forms.one ?? forms.other) : forms.other),
    money({ micros, currency }) {
      const sign = micros < 0 ? '−' : '';
      const symbol = SYMBOLS[currency] ?? `${currency} `;
      return `${sign}${symbol}${amount().format(Math.abs(micros) / MICROS)}`;
    },
    dateTime: (at) => dateTime().format(at),
    digits: (text) => (language === 'bn' ? text.replace(/\d/g, (digit) => n(Number(digit))) : text),
    longDateTime: (at, timeZone) =>
      joined(
        new Intl.DateTimeFormat(dates, {
          weekday: 'long',
          day: 'numeric',
          month: 'long',
          hour: '2-digit',
          minute: '2-digit',
          hourCycle: 'h23',
          ...(timeZone === undefined ? {} : { timeZone }),
        }).formatToParts(at),
      ),
    time: (at) => time().format(at),
    age(at, now) {
      const passed = Math.max(0, now - at);
      if (passed < MINUTE) return units.now;
      const step = passed < HOUR ? MINUTE : passed < DAY ? HOUR : DAY;
      return units.ago(duration(Math.floor(passed / step) * step));
    },
    list: (words) => list().format(words),
  };
}

/** Formats for the English words of the catalogue. */
export const english: Formats = formatsFor('en');
/** Formats for the Bangla words of the catalogue. */
export const bangla: Formats = formatsFor('bn');

/** The parts of a date as one text. Between day and hour Bangla gets a comma: a case ending that stands alone is no Bangla. */
function joined(parts: readonly Intl.DateTimeFormatPart[]): string {
  return parts.map(({ type, value }) => (type === 'literal' && value.trim() === 'এ' ? ', ' : value)).join('');
}
