import type { RejectReason } from './msisdn.ts';
import { readNumbers } from './tokens.ts';

/** What became of every number in a typed or pasted list. `input` is the text as it was written. */
export type ParsedRecipients = {
  /** Each number once, in the order of first appearance. */
  readonly accepted: readonly {
    readonly msisdn: string;
    readonly input: string;
    readonly operator: string | null;
  }[];
  /** Later appearances of a number that is already accepted. */
  readonly duplicates: readonly { readonly msisdn: string; readonly input: string }[];
  /** What cannot be sent to, and why. */
  readonly rejected: readonly { readonly input: string; readonly reason: RejectReason }[];
};

/**
 * Reads a list of recipients: any mix of separators and digits, Bangladesh numbers in any form, other countries with their
 * code. Every piece of the list ends up in exactly one of the three results.
 */
export function parseRecipients(input: string): ParsedRecipients {
  const accepted: { msisdn: string; input: string; operator: string | null }[] = [];
  const duplicates: { msisdn: string; input: string }[] = [];
  const rejected: { input: string; reason: RejectReason }[] = [];
  const seen = new Set<string>();
  for (const { input: written, number } of readNumbers(input)) {
    if (!number.ok) rejected.push({ input: written, reason: number.error });
    else if (seen.has(number.value.msisdn)) duplicates.push({ msisdn: number.value.msisdn, input: written });
    else {
      seen.add(number.value.msisdn);
      accepted.push({ ...number.value, input: written });
    }
  }
  return { accepted, duplicates, rejected };
}
