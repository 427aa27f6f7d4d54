import type { Catalogue } from '../../../renderer/i18n/i18n.svelte.ts';
import { words as bn } from '../../../renderer/i18n/bn/index.ts';
import { words as en } from '../../../renderer/i18n/en/index.ts';
import type { Language } from '../../../renderer/i18n/format.ts';

/** Everything a screen says, in one language. */
export type Words = Catalogue;

/** The app's own catalogue, so that a page object finds the same screen in both languages. */
export const wordsIn = (language: Language): Words => (language === 'en' ? en : bn);

/** A text as the beginning of an accessible name. */
export const startingWith = (text: string): RegExp =>
  new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`);
