import { STATUS } from './catalogue.ts';

/** Removes the leading plus that international numbers may carry ("Phone numbers format" of the API document). */
export function bareNumber(to: string): string {
  return to.startsWith('+') ? to.slice(1) : to;
}

/**
 * Checks a destination. Gives `null` when a message may be sent there, otherwise the group 5 status id to answer:
 * 51 for an empty one, 8 for a number without country code, 52 for anything else that is no mobile number.
 * Bangladeshi numbers must be mobile (880, then 1 and 3 to 9, then eight digits); of other countries only the
 * E.164 length is checked.
 */
export function refuseDestination(to: string): number | null {
  if (to === '') return STATUS.missingTo;
  const digits = bareNumber(to);
  if (/^0[1-9]\d{5,13}$/.test(digits)) return STATUS.prefixMissing;
  if (!/^[1-9]\d{6,14}$/.test(digits)) return STATUS.invalidDestination;
  if (digits.startsWith('880') && !/^8801[3-9]\d{8}$/.test(digits)) return STATUS.invalidDestination;
  return null;
}

/**
 * Whether a sender is one the gateway takes: 3 to 14 digits, or 3 to 11 characters of which at least one is a
 * letter and the rest letters, digits, blanks or one of `.`, `-`, `_`, `&`.
 */
export function isSender(from: string): boolean {
  return /^\+?\d{3,14}$/.test(from) || (/^[A-Za-z0-9 ._&-]{3,11}$/.test(from) && /[A-Za-z]/.test(from));
}
