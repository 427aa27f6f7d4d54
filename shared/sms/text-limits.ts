import { err, ok, type Result } from '../result.ts';

/** Longest texts an account may send, in UTF-16 units (what the gateway's Java counts as characters). */
export type TextLimits = { readonly short: number; readonly long: number };

/** The API document's limits ("Short SMS", "Long SMS"); an account whose provider allows more can carry its own. */
export const DOCUMENT_TEXT_LIMITS: TextLimits = { short: 160, long: 1080 };

/** The text is longer than the account may send: `over` units have to go. */
export type TextTooLong = {
  readonly code: 'text-too-long';
  readonly length: number;
  readonly limit: number;
  readonly over: number;
};

/**
 * Checks a text against an account's limits: `short` fits the plain call, `long` needs `type=longSMS` there, and
 * anything longer is refused. This is about characters; what the text costs is in `countParts`.
 */
export function textLimits(
  text: string,
  limits: TextLimits = DOCUMENT_TEXT_LIMITS,
): Result<'short' | 'long', TextTooLong> {
  const length = text.length;
  if (length <= limits.short) return ok('short');
  if (length <= limits.long) return ok('long');
  return err({ code: 'text-too-long', length, limit: limits.long, over: length - limits.long });
}
