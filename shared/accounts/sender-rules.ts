import { appError, type AppError } from '../errors.ts';
import { err, ok, type Result } from '../result.ts';

/** An alphanumeric sender is a name shown as it is; a numeric one can be answered. */
export type SenderKind = 'alphanumeric' | 'numeric';

/** What is wrong with a sender; the `detail` of `INVALID_SENDER`. */
export type SenderFault = 'empty' | 'too-short' | 'too-long' | 'characters';

/** Lengths of `from` by kind: alphanumeric 3 to 11 characters, numeric 3 to 14 digits (the platform's REST manual, single text message; API document, sender "Max. 11 Characters"). */
export const SENDER_LENGTHS: Readonly<Record<SenderKind, { readonly min: number; readonly max: number }>> = {
  alphanumeric: { min: 3, max: 11 },
  numeric: { min: 3, max: 14 },
};

/**
 * Letters, digits, the space and marks that cost one septet in GSM-7 (TS 23.038 §6.2.1) and that networks let through.
 * Accented letters are in the alphabet too, but are replaced or refused on the way.
 */
const NAME = /^[A-Za-z0-9 .,&'!+/#_-]*$/;

/**
 * Checks one sender as typed. Blanks around it go, and so does the plus of a number. Digits of other scripts are not
 * translated: a sender is registered letter by letter.
 *
 * Error: `INVALID_SENDER` with a {@link SenderFault} as `detail`, and for lengths `limit` and `actual`.
 */
export function readSender(
  typed: string,
): Result<{ readonly sender: string; readonly kind: SenderKind }, AppError> {
  const trimmed = typed.trim();
  const digits = /^\+?([0-9]+)$/.exec(trimmed)?.[1];
  const sender = digits ?? trimmed;
  const kind: SenderKind = digits === undefined ? 'alphanumeric' : 'numeric';
  if (sender === '') return invalid('empty');
  if (kind === 'alphanumeric' && !(NAME.test(sender) && /[A-Za-z]/.test(sender)))
    return invalid('characters');
  const { min, max } = SENDER_LENGTHS[kind];
  if (sender.length < min) return invalid('too-short', { limit: min, actual: sender.length });
  if (sender.length > max) return invalid('too-long', { limit: max, actual: sender.length });
  return ok({ sender, kind });
}

/**
 * Checks the senders of an account: each by {@link readSender}, repeated ones once. The error's `field` says which one
 * (`senders.2` is the third).
 */
export function readSenders(typed: readonly string[]): Result<readonly string[], AppError> {
  const senders = new Set<string>();
  for (const [at, text] of typed.entries()) {
    const read = readSender(text);
    if (!read.ok) return err(appError(read.error.code, { ...read.error.facts, field: `senders.${at}` }));
    senders.add(read.value.sender);
  }
  return ok([...senders]);
}

function invalid(
  detail: SenderFault,
  lengths: { readonly limit?: number; readonly actual?: number } = {},
): Result<never, AppError> {
  return err(appError('INVALID_SENDER', { field: 'senders', detail, ...lengths }));
}
