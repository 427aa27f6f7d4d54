/**
 * The GSM 7-bit default alphabet (3GPP TS 23.038 §6.2.1) without its escape code, in code order.
 * Each character costs one septet.
 */
const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
  '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';

/** The extension table (TS 23.038 §6.2.1.1): each character is sent as an escape and a code, two septets. */
const EXTENSION = '\f^{}\\[~]|€';

/**
 * Septets a UTF-16 code unit costs in GSM-7: 1, 2, or 0 when the character is not in the alphabet. Indexed by every
 * possible code unit (64 KB), so that the counting loop needs no range check. Read only.
 */
export const SEPTETS: Uint8Array = new Uint8Array(0x10000);
for (let i = 0; i < BASIC.length; i++) SEPTETS[BASIC.charCodeAt(i)] = 1;
for (let i = 0; i < EXTENSION.length; i++) SEPTETS[EXTENSION.charCodeAt(i)] = 2;

/** Whether every character of the text can be sent in GSM-7. True for an empty text. */
export function isGsm7(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    if (!SEPTETS[text.charCodeAt(i)]) return false;
  }
  return true;
}
