import { createHash } from 'node:crypto';

/** Stands for the words of a campaign: the same for texts that differ by blanks and line breaks only. */
export const fingerprintOf = (text: string): string =>
  createHash('sha256')
    .update(text.normalize('NFC').trim().replace(/\s+/gu, ' '))
    .digest('base64url')
    .slice(0, 22);
