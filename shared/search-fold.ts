import { foldDigits } from './phone/digits.ts';

/**
 * The form in which texts and queries are compared: composed the same way (NFC), Bangla and Arabic digits as Latin ones,
 * lower case. For searching only; never for counting or sending, because NFC changes Bangla texts.
 */
export const foldForSearch = (text: string): string => foldDigits(text.normalize('NFC')).toLowerCase();
