import { foldDigits } from './phone/digits.ts';

/**
 * The form in which texts and queries are compared: composed the same way (NFC), Bangla and Arabic digits as Latin ones,
 * lower case. For searching only; never for counting or sending, because NFC changes Bangla texts.
 */
export const foldForSearch = (text: string): string => foldDigits(text.normalize('NFC')).toLowerCase();

/**
 * The folded form of a text where a search without regard to the case of Latin letters (as SQLite's LIKE) would miss it in the text
 * itself; `null` where it would not, so that nothing need be stored twice.
 */
export const foldedApart = (text: string): string | null =>
  /^\p{ASCII}*$/u.test(text) ? null : foldForSearch(text);
