import type { Money } from '#shared/money.ts';
import { minuteClock } from '../lib/minute-clock.svelte.ts';
import { words as bn } from './bn/index.ts';
import { words as en } from './en/index.ts';
import { bangla, english, type Formats, type Language } from './format.ts';
import type { Translation } from './translation.ts';

/** Every word of the face. */
export type Catalogue = Translation<typeof en>;

const CATALOGUES: Readonly<Record<Language, Catalogue>> = { en, bn };
const FORMATS: Readonly<Record<Language, Formats>> = { en: english, bn: bangla };

/** Each language by its own name. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: 'English', bn: 'বাংলা' };

/** The words of one language whatever is in use, for where the user has not chosen yet. */
export const wordsIn = (language: Language): Catalogue => CATALOGUES[language];

/** The language in use and everything written in it. Reading any of it in a template follows a change of language. */
class I18n {
  #language: Language = $state('en');
  #t: Catalogue = $derived(CATALOGUES[this.#language]);
  #formats: Formats = $derived(FORMATS[this.#language]);

  /** The language in use. */
  get language(): Language {
    return this.#language;
  }

  /** Changes the language at once, everywhere, including the document's `lang`. */
  use(language: Language): void {
    this.#language = language;
    document.documentElement.lang = language;
  }

  /** The words: `i18n.t.compose.send({ count })`. */
  get t(): Catalogue {
    return this.#t;
  }

  /** A number; see {@link Formats.n}. */
  n(value: number): string {
    return this.#formats.n(value);
  }

  /** A share of one; see {@link Formats.percent}. */
  percent(share: number): string {
    return this.#formats.percent(share);
  }

  /** An amount; see {@link Formats.money}. */
  money(amount: Money): string {
    return this.#formats.money(amount);
  }

  /** An instant (ms since 1970); see {@link Formats.dateTime}. */
  dateTime(at: number): string {
    return this.#formats.dateTime(at);
  }

  /** A text with the language's digits; see {@link Formats.digits}. */
  digits(text: string): string {
    return this.#formats.digits(text);
  }

  /** An instant with its day of the week; see {@link Formats.longDateTime}. */
  longDateTime(at: number, timeZone?: string): string {
    return this.#formats.longDateTime(at, timeZone);
  }

  /** The time of day of an instant; see {@link Formats.time}. */
  time(at: number): string {
    return this.#formats.time(at);
  }

  /** A length of time in ms; see {@link Formats.duration}. */
  duration(ms: number): string {
    return this.#formats.duration(ms);
  }

  /** How long ago an instant was; keeps itself up to date. */
  age(at: number): string {
    return this.#formats.age(at, minuteClock.now);
  }

  /** Words joined as a list; see {@link Formats.list}. */
  list(words: readonly string[]): string {
    return this.#formats.list(words);
  }
}

/** The one language state of the page. */
export const i18n = new I18n();
